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


@background(retries=8, priority=10)
def deliver_webhook(*, workspace_id: str, connection_id: str, body: str) -> None:
    """Post one delivery to the workspace's webhook."""
    with tenancy.workspace(UUID(workspace_id)):
        connection = Connection.objects.filter(id=connection_id, closed_at=None).first()
        if connection is None:
            return
        token = capture.token_of(connection)
        secret = capture.secrets_of(connection).get("app_secret", "")
    raw = body.encode("ascii")
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
    bodies = [delivery(number, value) for value in values]
    if number.out_of_order:
        bodies.reverse()
    if number.duplicates:
        bodies = [body for body in bodies for _ in range(2)]
    deliver_webhook.later_many(
        {"workspace_id": str(number.workspace_id), "connection_id": str(number.connection_id), "body": body}
        for body in bodies
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
    metadata = {"display_phone_number": number.display_phone, "phone_number_id": number.phone_number_id}
    whole = {"messaging_product": "whatsapp", "metadata": metadata, **value}
    change = {"value": whole, "field": "messages"}
    entry = {"id": number.business_account_id, "changes": [change]}
    text = json.dumps({"object": "whatsapp_business_account", "entry": [entry]}, separators=(",", ":"))
    # As the provider writes it: non-ASCII and slashes escaped; the signature covers exactly that.
    return text.replace("/", "\\/")
