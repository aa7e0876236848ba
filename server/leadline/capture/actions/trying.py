"""Try a door, which may call its provider."""

from __future__ import annotations

from collections.abc import Sequence
from uuid import UUID

from leadline.capture import queries
from leadline.capture.ports import Door, Step, door_for
from leadline.infra import tenancy
from leadline.kit.errors import Invalid
from leadline.kit.sentences import say
from leadline.workspaces.actor import Actor


def door_of(channel: str) -> Door:
    """How connections of the channel are made; Invalid (422) when they are not made in the settings."""
    door = door_for(channel)
    if door is None:
        raise Invalid(
            say("Connections of “{channel}” are not made here.", channel=channel[:30]), field="channel"
        )
    return door


def try_connection(actor: Actor, connection_id: UUID) -> Sequence[Step]:
    """What trying the door found; call it outside every transaction, for the door may call its provider."""
    with tenancy.workspace(actor.workspace_id):
        connection = queries.connection(actor, connection_id)
    return door_of(connection.channel).test(connection)
