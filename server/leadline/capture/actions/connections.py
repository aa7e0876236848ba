"""Open, change and close the doors of a workspace."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any
from uuid import UUID

from leadline.capture import policy, vault
from leadline.capture.actions.understanding import queue
from leadline.capture.models import Connection, Submission
from leadline.capture.rules import State
from leadline.infra import lookup
from leadline.kit import clock, signing
from leadline.kit.errors import Conflict
from leadline.workspaces import audit
from leadline.workspaces.actor import Actor
from leadline.workspaces.rules import Right

_AT_ONCE = 1000


def open_connection(
    actor: Actor,
    *,
    channel: str,
    name: str,
    settings: Mapping[str, Any],
    secrets: Mapping[str, str] | None = None,
    enabled: bool = True,
    connection_id: UUID | None = None,
) -> Connection:
    """A new door with a fresh token; secrets are stored encrypted."""
    actor.require(Right.CHANGE_CAPTURE)
    token = signing.random_token()
    made = Connection(
        channel=channel,
        name=name,
        token_digest=signing.token_digest(token),
        sealed_token=vault.seal(token),
        sealed_secrets=vault.seal_secrets(secrets or {}),
        settings=dict(settings),
        enabled=enabled,
    )
    if connection_id is not None:
        made.id = connection_id
    made.save(force_insert=True)
    audit.record(actor, "connection.opened", "connection", made.id, {"channel": channel, "name": name})
    return made


def change_connection(
    actor: Actor,
    connection_id: UUID,
    *,
    version: int | None = None,
    name: str | None = None,
    settings: Mapping[str, Any] | None = None,
    secrets: Mapping[str, str] | None = None,
    enabled: bool | None = None,
) -> Connection:
    """Change what is given; a secret given as empty text is removed, one not named stays.

    Whatever is changed may be the repair: the provider is asked again at once for what failed.
    """
    connection = lookup.lock(policy.changeable_connections(actor), connection_id)
    if version is not None and version != connection.version:
        raise Conflict("Somebody changed this connection. Reload it and apply your change again.")
    changes: dict[str, Any] = {}
    for field, value in (("name", name), ("settings", settings), ("enabled", enabled)):
        if value is not None and value != getattr(connection, field):
            changes[field] = [getattr(connection, field), value]
            setattr(connection, field, value)
    if secrets:
        kept = {**vault.unseal_secrets(connection.sealed_secrets), **secrets}
        connection.sealed_secrets = vault.seal_secrets({n: s for n, s in kept.items() if s})
        changes["secrets"] = sorted(secrets)
    if changes:
        connection.rests_until = None
        connection.save()
        _queue_failed(connection)
        audit.record(actor, "connection.changed", "connection", connection.id, changes)
    return connection


def renew_token(actor: Actor, connection_id: UUID) -> Connection:
    """A new address for the door; the old one stops working at once."""
    connection = lookup.lock(policy.changeable_connections(actor), connection_id)
    token = signing.random_token()
    connection.token_digest = signing.token_digest(token)
    connection.sealed_token = vault.seal(token)
    connection.save(update_fields=["token_digest", "sealed_token"])
    audit.record(actor, "connection.token_renewed", "connection", connection.id)
    return connection


def close_connection(actor: Actor, connection_id: UUID) -> None:
    """Close the door for good; what came through it stays."""
    connection = lookup.lock(policy.changeable_connections(actor), connection_id)
    connection.closed_at, connection.enabled = clock.now(), False
    connection.save(update_fields=["closed_at", "enabled"])
    audit.record(actor, "connection.closed", "connection", connection.id, {"name": connection.name})


def ask_again(connection: Connection) -> None:
    """The provider may answer again: what failed through this connection is tried at once."""
    Connection.objects.filter(id=connection.id).update(rests_until=None)
    _queue_failed(connection)


def _queue_failed(connection: Connection) -> None:
    failed = Submission.objects.filter(connection=connection, state=State.FAILED.value)
    oldest = failed.order_by("received_at").values_list("id", flat=True)
    queue(connection.workspace_id, list(oldest[:_AT_ONCE]))
