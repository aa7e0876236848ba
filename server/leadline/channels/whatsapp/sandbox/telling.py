"""Deliver the sandbox's events to the workspace's webhook: signed, over HTTP, as the provider does."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from typing import Any
from uuid import UUID

from leadline.capture import queries as capture
from leadline.capture.models import Connection
from leadline.channels.whatsapp import graph
from leadline.channels.whatsapp.models import SandboxMessage, SandboxNumber, SandboxPerson
from leadline.infra import http, tenancy
from leadline.infra.jobs import background
from leadline.kit import clock, signing


class WebhookFailed(Exception):
    """The webhook did not answer 200; the delivery is tried again."""


@background(retries=8, priority=10, gathers="changes")
def deliver_webhook(
    *,
    workspace_id: str,
    connection_id: str,
    account_id: str = "",
    changes: Sequence[Mapping[str, Any]] = (),
    body: str = "",
) -> None:
    """Post what changed at the provider to the workspace's webhook, all that waits in one delivery, as the
    provider does under load. `body` is a delivery written by an earlier version."""
    with tenancy.workspace(UUID(workspace_id)):
        connection = Connection.objects.filter(id=connection_id, closed_at=None).first()
        if connection is None:
            return
        token = capture.token_of(connection)
        secret = capture.secrets_of(connection).get("app_secret", "")
    raw = (body or _written(account_id, changes)).encode("ascii")
    answer = http.call(
        "POST",
        f"{graph.sandbox_url()}/hooks/whatsapp/{token}",
        headers={
            "Content-Type": "application/json",
            "User-Agent": "Webhooks/1.0 (sandbox)",
            "X-Hub-Signature-256": "sha256=" + signing.hmac_sha256_hex(secret, raw),
        },
        content=raw,
    )
    if answer.status != 200:
        raise WebhookFailed(f"HTTP {answer.status}")


def tell(number: SandboxNumber, values: Sequence[Mapping[str, Any]]) -> None:
    """Queue deliveries of `messages` values, twice or turned round if the switches say so."""
    changes = [_change(number, value) for value in values]
    if number.out_of_order:
        changes.reverse()
    if number.duplicates:
        changes = [change for change in changes for _ in range(2)]
    deliver_webhook.later_many(
        {
            "workspace_id": str(number.workspace_id),
            "connection_id": str(number.connection_id),
            "account_id": number.business_account_id,
            "changes": [change],
        }
        for change in changes
    )


def contact_of(person: SandboxPerson) -> dict[str, Any]:
    """The person as `contacts[]` names them."""
    profile = {"name": person.name, **({"username": person.username} if person.username else {})}
    return {
        "profile": profile,
        "user_id": person.user_id,
        **({"wa_id": person.wa_id} if person.wa_id else {}),
    }


def message_value(person: SandboxPerson, message: SandboxMessage) -> dict[str, Any]:
    """A message of the person as the provider delivers it."""
    written = {
        **({"from": person.wa_id} if person.wa_id else {}),
        "from_user_id": person.user_id,
        "id": message.provider_id,
        "timestamp": str(int(message.at.timestamp())),
        "type": message.kind,
        **message.content,
    }
    return {"contacts": [contact_of(person)], "messages": [written]}


def status_value(
    message: SandboxMessage, status: str, error: Mapping[str, Any] | None = None
) -> dict[str, Any]:
    """What became of a message of ours, as the provider tells it."""
    person = message.person
    told = {
        "id": message.provider_id,
        "status": status,
        "timestamp": str(int(clock.now().timestamp())),
        **({"recipient_id": person.wa_id} if person.wa_id else {}),
        "recipient_user_id": person.user_id,
        **({"biz_opaque_callback_data": message.callback_data} if message.callback_data else {}),
        **({"errors": [dict(error)]} if error else {}),
    }
    return {"statuses": [told]}


def delivery(number: SandboxNumber, value: Mapping[str, Any]) -> str:
    """The body of one delivery, to the byte as the provider writes it."""
    return _written(number.business_account_id, [_change(number, value)])


def _change(number: SandboxNumber, value: Mapping[str, Any]) -> dict[str, Any]:
    metadata = {"display_phone_number": number.display_phone, "phone_number_id": number.phone_number_id}
    return {"value": {"messaging_product": "whatsapp", "metadata": metadata, **value}, "field": "messages"}


def _written(account_id: str, changes: Sequence[Mapping[str, Any]]) -> str:
    entries = [{"id": account_id, "changes": [change]} for change in changes]
    text = json.dumps({"object": "whatsapp_business_account", "entry": entries}, separators=(",", ":"))
    # As the provider writes it: non-ASCII and slashes escaped; the signature covers exactly that.
    return text.replace("/", "\\/")
