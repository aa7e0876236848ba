"""Hand a text to a gateway: one POST with JSON and a bearer token, as most gateways understand it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta
from typing import Any
from uuid import UUID

from django.conf import settings

from leadline.capture import queries as capture
from leadline.capture.models import Connection
from leadline.infra import http, tenancy
from leadline.kit import json
from leadline.kit.errors import Invalid
from leadline.kit.sentences import word

KEY = "sms"
_NAMES = {"to": "to", "sender": "from", "text": "text", "reference": "reference", "id": "id"}
_RECONNECT = word("The SMS gateway refuses our access. An administrator must enter the token again.")


@dataclass(frozen=True)
class Access:
    """Where and how a connection sends; `names` are the gateway's words for our fields."""

    url: str
    token: str
    sender: str
    names: dict[str, str]


class Refused(Exception):
    """The gateway did not take the text; with `again` it may later."""

    def __init__(self, code: str, text: str, *, again: timedelta | None = None, stops: bool = False) -> None:
        super().__init__(text)
        self.code = code
        self.text = text
        self.again = again
        self.stops = stops


class Uncertain(Exception):
    """The gateway may have taken the text."""


def open_connection(account_id: UUID | None) -> Connection | None:
    """The given gateway while it is open, else the oldest one; call it inside the workspace."""
    rows = list(Connection.objects.filter(channel=KEY, closed_at=None).order_by("created_at"))
    return next((row for row in rows if row.id == account_id), None) or next(iter(rows), None)


def access(workspace_id: UUID, account_id: UUID | None) -> Access:
    """The access of a connection; raises Refused when there is none to send by."""
    with tenancy.workspace(workspace_id):
        connection = open_connection(account_id)
        if connection is None or not connection.enabled:
            raise Refused("no_account", word("SMS is not connected. Connect a gateway in Settings."))
        return access_of(connection)


def access_of(connection: Connection) -> Access:
    """The access of a connection; call it inside its workspace."""
    chosen = connection.settings
    sandbox = f"{str(settings.LOCAL_URL).rstrip('/')}/sandbox/sms/messages"
    names = chosen.get("names")
    return Access(
        url=str(chosen.get("url")) if chosen.get("mode") == "live" else sandbox,
        token=capture.secrets_of(connection).get("token", ""),
        sender=str(chosen.get("sender") or ""),
        names={**_NAMES, **(names if isinstance(names, dict) else {})},
    )


def send(to: str, text: str, reference: str, using: Access) -> str:
    """The gateway's id of the text; raises Refused or Uncertain. Never repeated here."""
    values = {"to": to, "sender": using.sender, "text": text, "reference": reference}
    body = {using.names[key]: value for key, value in values.items() if value}
    try:
        answer = http.call("POST", using.url, headers={"Authorization": f"Bearer {using.token}"}, json=body)
    except http.CallRefused as problem:
        raise Refused("no_answer", str(problem), again=timedelta(seconds=30)) from problem
    except http.CallFailed as problem:
        if problem.sent:
            raise Uncertain(str(problem)) from problem
        raise Refused("no_answer", str(problem), again=timedelta(seconds=30)) from problem
    if answer.ok:
        return _id_in(answer, using.names["id"]) or reference
    if answer.status in {401, 403}:
        raise Refused(str(answer.status), _RECONNECT, stops=True)
    if answer.status == 429:
        raise Refused("429", word("The SMS gateway is busy."), again=timedelta(seconds=30))
    if answer.status >= 500:
        raise Uncertain(f"HTTP {answer.status}")
    raise Refused(str(answer.status), word("The SMS gateway did not accept the text. Check the number."))


def _id_in(answer: http.Answer, path: str) -> str:
    try:
        found: Any = json.loads(answer.body)
    except Invalid:
        return ""
    for key in path.split("."):
        if isinstance(found, list):
            found = found[int(key)] if key.isdigit() and int(key) < len(found) else None
        else:
            found = found.get(key) if isinstance(found, dict) else None
    return str(found) if isinstance(found, str | int) else ""
