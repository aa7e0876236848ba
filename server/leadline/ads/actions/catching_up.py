"""Ask a platform for leads whose deliveries never came; a run that is cut short goes on where it was."""

from __future__ import annotations

import logging
from datetime import timedelta
from uuid import UUID

from leadline.ads import ports, queries
from leadline.ads.models import CatchUp
from leadline.ads.ports import CatchesUp
from leadline.ads.rules.settings import HISTORY_DAYS
from leadline.capture import actions as capture
from leadline.capture import queries as doors
from leadline.capture.models import Connection
from leadline.capture.ports import DoorShut, TryAgain
from leadline.infra import tenancy
from leadline.infra.jobs import background
from leadline.kit import clock
from leadline.kit.errors import Invalid
from leadline.kit.sentences import say
from leadline.workspaces.actor import Actor
from leadline.workspaces.rules import Right

log = logging.getLogger(__name__)

# The platforms' clocks and their lists may lag behind.
OVERLAP = timedelta(hours=1)


_MOST_PAGES = 200


def catch_up_later(actor: Actor, connection_id: UUID) -> None:
    """Ask the platform soon; Invalid (422) when it cannot be asked."""
    actor.require(Right.CHANGE_CAPTURE)
    connection = doors.connection(actor, connection_id)
    if ports.list_of(connection.channel) is None:
        raise Invalid(say("This platform cannot be asked for leads that were missed."))
    catch_up.later(workspace_id=str(actor.workspace_id), connection_id=str(connection.id))


def queue_catching_up() -> int:
    """Queue a run for every connection whose platform can be asked; how many."""
    found = queries.listing_connections()
    for workspace_id, connection_id in found:
        with tenancy.workspace(workspace_id):
            catch_up.later(workspace_id=str(workspace_id), connection_id=str(connection_id))
    return len(found)


@background(retries=2)
def catch_up(*, workspace_id: str, connection_id: str) -> int:
    """Read the platform's list since the last run; how many leads that brought or completed."""
    with tenancy.workspace(UUID(workspace_id)):
        connection = Connection.objects.filter(id=connection_id, enabled=True, closed_at=None).first()
    platform = ports.list_of(connection.channel) if connection is not None else None
    if connection is None or platform is None or capture.resting(connection):
        return 0
    try:
        brought = _read_all(connection, platform)
    except DoorShut as problem:
        with tenancy.workspace(connection.workspace_id):
            capture.shut(connection, problem)
        return 0
    except TryAgain as problem:
        # The next run goes on at the same page.
        log.warning("catching up with connection %s stopped: %s", connection.id, problem)
        return 0
    with tenancy.workspace(connection.workspace_id):
        capture.works(connection)
    return brought


def _read_all(connection: Connection, platform: CatchesUp) -> int:
    brought = pages = 0
    for subject in platform.subjects(connection):
        state = _state(connection, subject)
        while pages < _MOST_PAGES:
            pages += 1
            page = platform.page(connection, subject, state.since - OVERLAP, state.cursor)
            brought += _keep(connection, state, page)
            if page.enough:
                return brought
            if not state.cursor:
                break
    return brought


def _state(connection: Connection, subject: str) -> CatchUp:
    with tenancy.workspace(connection.workspace_id):
        days = connection.settings.get("history_days", HISTORY_DAYS)
        first = connection.created_at - timedelta(days=days) + OVERLAP
        state, _ = CatchUp.objects.get_or_create(
            connection=connection, subject=subject[:200], defaults={"since": first}
        )
        if state.began_at is None:
            state.began_at = clock.now()
            state.save(update_fields=["began_at"])
    return state


def _keep(connection: Connection, state: CatchUp, page: ports.LeadPage) -> int:
    """Store a page and how far it goes in one transaction, so that neither is ever without the other."""
    with tenancy.workspace(connection.workspace_id):
        brought = capture.receive_found(connection, page.items)
        state.cursor = page.cursor
        if not page.cursor:
            state.since, state.began_at = state.began_at or clock.now(), None
        state.save(update_fields=["cursor", "since", "began_at"])
    return brought
