"""The platforms as the sandbox plays them: accounts, filled forms, and deliveries signed and over HTTP."""

from __future__ import annotations

import logging
from collections.abc import Collection
from uuid import UUID

from django.conf import settings

from leadline.ads import ports, queries
from leadline.ads.models import SandboxAccount, SandboxLead
from leadline.ads.ports import Filled
from leadline.capture import actions as capture
from leadline.capture import queries as doors
from leadline.capture.models import Connection
from leadline.capture.ports import door_for
from leadline.infra import http, tenancy
from leadline.infra.jobs import background
from leadline.kit import signing
from leadline.kit.errors import Conflict, Invalid, NotFound
from leadline.kit.sentences import say
from leadline.workspaces.actor import Actor

log = logging.getLogger(__name__)

TWICE, LOST = "twice", "lost"


class DeliveryFailed(Exception):
    """The webhook could not take the delivery now; it is tried again."""


def open_account(connection: Connection) -> str:
    """An account for a new connection; the answer is its access token."""
    token = signing.random_token()
    SandboxAccount.objects.create(connection=connection, token_digest=signing.token_digest(token))
    return token


def fill_in(actor: Actor, account_id: UUID, filled: Filled) -> SandboxLead:
    """Somebody fills in the platform's form; the platform keeps it, and delivers what it delivers."""
    account = queries.account(actor, account_id)
    if account.connection.settings.get("mode") != "sandbox":
        raise Conflict(say("“{name}” is live. Switch it to the sandbox first.", name=account.connection.name))
    desk = _desk(account)
    if not any(filled.answers.values()) and not filled.test:
        raise Invalid(say("Fill in the form first."))
    noted = desk.note(account, filled)
    lead = SandboxLead.objects.create(
        account=account,
        lead_id=noted.lead_id,
        natural_key=noted.natural_key,
        name=_name(filled),
        body=dict(noted.body),
    )
    if LOST not in account.switches:
        times = 2 if TWICE in account.switches else 1
        deliver.later_many(
            {"workspace_id": str(actor.workspace_id), "connection_id": str(account.connection_id), "body": b}
            for b in noted.deliveries
            for _ in range(times)
        )
    return lead


def switch(actor: Actor, account_id: UUID, *, fault: str, switches: Collection[str]) -> SandboxAccount:
    """Let the platform misbehave, or behave again: then it is asked at once for what failed meanwhile."""
    account = queries.account(actor, account_id)
    desk = _desk(account)
    if fault and fault not in {key for key, _ in desk.faults}:
        raise Invalid(say("There is no such fault."), field="fault")
    account.fault = fault
    account.switches = [key for key, _ in desk.switches if key in switches]
    account.save(update_fields=["fault", "switches"])
    if not fault:
        capture.ask_again(account.connection)
    return account


@background(retries=8, priority=10)
def deliver(*, workspace_id: str, connection_id: str, body: str) -> None:
    """Post one delivery to the connection's webhook, signed as the platform signs."""
    with tenancy.workspace(UUID(workspace_id)):
        connection = Connection.objects.filter(id=connection_id, closed_at=None).first()
    desk = ports.desk_for(connection.channel) if connection is not None else None
    door = door_for(connection.channel) if connection is not None else None
    if connection is None or desk is None or door is None:
        return
    raw = body.encode()
    answer = http.call(
        "POST",
        f"{settings.LOCAL_URL}{door.path.replace('{token}', doors.token_of(connection))}",
        headers={"Content-Type": "application/json", **desk.headers(connection, raw)},
        content=raw,
    )
    if answer.status >= 500:
        raise DeliveryFailed(f"HTTP {answer.status}")
    if not answer.ok:
        # Refused for good; the settings page of the connection says why.
        log.warning("a sandbox delivery was refused: HTTP %s", answer.status)


def _desk(account: SandboxAccount) -> ports.Desk:
    desk = ports.desk_for(account.connection.channel)
    if desk is None:
        raise NotFound(say("This platform is not installed."))
    return desk


def _name(filled: Filled) -> str:
    if filled.test:
        return "Test lead"
    parts = [
        value for key in ("full_name", "first_name", "last_name") for value in filled.answers.get(key, ())
    ]
    return " ".join(parts)[:200] or "Somebody"
