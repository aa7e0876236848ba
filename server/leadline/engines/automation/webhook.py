"""The action that calls somebody's server: a signed POST of the record, at least once, with a stable id."""

from __future__ import annotations

import json
from collections.abc import Mapping
from datetime import date, datetime
from typing import Any
from urllib.parse import urlsplit

from django.conf import settings

from leadline.engines.automation import wording
from leadline.engines.automation.actions.signing import secret_of_workspace, signed_headers
from leadline.engines.automation.ports import (
    Action,
    Errand,
    Outcome,
    Reach,
    StepContext,
    StepFailed,
    StepRefused,
    offer_action,
    offers,
)
from leadline.engines.schema import queries as schema
from leadline.engines.schema.ports import Field, FieldType
from leadline.engines.schema.rules import IDS
from leadline.infra import http
from leadline.infra.http import addresses
from leadline.kit import clock
from leadline.kit.errors import Invalid
from leadline.kit.sentences import say

_SHOWN = 500
_LARGEST_ANSWER = 100_000
# Answers that say "not now"; every other 4xx says "never".
_LATER = {408, 409, 425, 429}


def call_webhook(step: StepContext) -> Errand:
    """Post the record to the address of the step; the same step always under the same id."""
    url, event_id, secret = (
        str(step.given["url"]).strip(),
        step.our_ref.replace(":", "_"),
        secret_of_workspace(),
    )
    body = json.dumps(_told(step, event_id), ensure_ascii=False, default=_plain).encode()
    return Errand(lambda: _post(url, event_id, secret, body))


def check_address(given: Mapping[str, Any]) -> None:
    """Invalid (422) unless the address is a whole one that calls may go to."""
    url = str(given.get("url") or "").strip()
    try:
        parts = urlsplit(url)
        whole = bool(parts.hostname) and (parts.port is None or parts.port > 0) and "{{" not in url
    except ValueError:
        whole = False
    if not whole or any(sign.isspace() for sign in url):
        raise Invalid("Write the whole address, such as https://example.com/hooks/leads.", field="url")
    inside = settings.ENV.allow_private_addresses or addresses.is_own(url)
    if parts.scheme != "https" and not (parts.scheme == "http" and inside):
        raise Invalid(
            "The address must begin with https://, so that nobody on the way can read it.", field="url"
        )


def _told(step: StepContext, event_id: str) -> dict[str, Any]:
    told = offers.subjects[step.subject_type].told
    described = schema.fields_named(step.subject_type, told)
    names = wording.readable(step.record, step.subject_type, told)
    record: dict[str, Any] = {"id": step.subject_id}
    for key in told:
        value = step.record.get(key)
        named = value is not None and described[key].type in IDS
        record[key] = {"id": value, "name": names.get(key)} if named else value
    return {
        "type": "automation.step",
        "id": event_id,
        "timestamp": step.now,
        "data": {
            "automation": {"id": step.automation_id, "name": step.automation_name},
            "run_id": step.run_id,
            step.subject_type: record,
        },
    }


def _post(url: str, event_id: str, secret: str, body: bytes) -> Outcome:
    signed = signed_headers(secret, event_id=event_id, at=clock.now(), body=body)
    headers = {**signed, "Content-Type": "application/json", "User-Agent": "Leadline"}
    try:
        answer = http.call("POST", url, headers=headers, content=body, max_bytes=_LARGEST_ANSWER)
    except http.CallRefused as problem:
        if problem.retry_after is not None:
            raise StepFailed(problem.detail, url=url, event_id=event_id) from problem
        raise StepRefused(problem.detail, url=url, event_id=event_id) from problem
    except http.CallFailed as problem:
        raise StepFailed(problem.detail, url=url, event_id=event_id) from problem
    shown = answer.body.decode("utf-8", "replace").replace("\x00", "")[:_SHOWN]
    facts = {"url": url, "status": answer.status, "answer": shown, "event_id": event_id}
    if answer.ok:
        return facts
    if answer.status >= 500 or answer.status in _LATER:
        raise StepFailed(f"The server answered {answer.status}; it is called again later.", **facts)
    raise StepRefused(
        say("The server answered {status} and does not want this call.", status=answer.status), **facts
    )


def _plain(value: Any) -> Any:
    return value.isoformat() if isinstance(value, datetime | date) else str(value)


def offer() -> None:
    """Offer the action; called once, from the door plate."""
    url = Field(key="url", type=FieldType.URL, label="Address", required=True)
    offer_action(
        Action(
            "webhook.call", "Call a webhook", [url], call_webhook, reach=Reach.REPEATABLE, check=check_address
        )
    )
