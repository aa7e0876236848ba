"""Call the Graph API, the real one or the sandbox, and read its errors."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import timedelta
from typing import Any
from urllib.parse import urlencode, urlsplit

from django.conf import settings

from leadline.capture import queries as capture
from leadline.capture.models import Connection
from leadline.channels.whatsapp.contents import Trouble
from leadline.channels.whatsapp.reading import as_dict, as_list, trouble
from leadline.infra import http
from leadline.kit import json
from leadline.kit.errors import Invalid

LIVE_URL = "https://graph.facebook.com"
DEFAULT_VERSION = "v25.0"
MOST_MEDIA_BYTES = 32 * 1024 * 1024
# The token is shown to these hosts only, whatever address a delivery names.
_MEDIA_HOSTS = (".fbsbx.com", ".facebook.com", ".fbcdn.net", ".whatsapp.net")


@dataclass(frozen=True)
class Access:
    """What is needed to call the API for one number."""

    base_url: str
    version: str
    token: str
    phone_number_id: str
    business_account_id: str


class GraphError(Exception):
    """The API said no: the call had no effect."""

    def __init__(self, trouble: Trouble, status: int, retry_after: timedelta | None = None) -> None:
        super().__init__(f"{trouble.code} {trouble.title} {trouble.details}".strip())
        self.trouble = trouble
        self.status = status
        self.retry_after = retry_after


class NoAnswer(Exception):
    """No usable answer; with `reached` the call may have had its effect."""

    def __init__(self, why: str, *, reached: bool) -> None:
        super().__init__(why)
        self.reached = reached


def sandbox_url() -> str:
    """Where the sandbox of this installation answers its own server."""
    return str(settings.LOCAL_URL).rstrip("/")


def access_of(connection: Connection) -> Access:
    """The access of a connection; call it inside its workspace."""
    chosen = connection.settings
    live = chosen.get("mode") == "live"
    return Access(
        base_url=LIVE_URL if live else f"{sandbox_url()}/sandbox/whatsapp/graph",
        version=str(chosen.get("api_version") or DEFAULT_VERSION),
        token=capture.secrets_of(connection).get("access_token", ""),
        phone_number_id=str(chosen.get("phone_number_id") or ""),
        business_account_id=str(chosen.get("business_account_id") or ""),
    )


def get(access: Access, path: str, **query: str) -> dict[str, Any]:
    """GET below the version; raises GraphError or NoAnswer."""
    return _call(access, "GET", f"{path}?{urlencode(query)}" if query else path)


def post(access: Access, path: str, body: Mapping[str, Any]) -> dict[str, Any]:
    """POST JSON below the version; raises GraphError or NoAnswer."""
    return _call(access, "POST", path, json=dict(body))


def upload(access: Access, path: str, name: str, mime: str, content: bytes) -> dict[str, Any]:
    """POST a file below the version; raises GraphError or NoAnswer."""
    fields = {"messaging_product": "whatsapp", "type": mime}
    return _call(access, "POST", path, data=fields, files={"file": (name, content, mime)})


def download(access: Access, url: str) -> bytes:
    """The bytes at a media address; raises GraphError or NoAnswer."""
    host = urlsplit(url).hostname or ""
    own = url.startswith(f"{access.base_url}/")
    trusted = own or host.endswith(_MEDIA_HOSTS)
    answer = _answer("GET", url, headers=_headers(access) if trusted else {}, max_bytes=MOST_MEDIA_BYTES)
    if answer.status != 200:
        raise _refusal(answer, sends=False)
    return bytes(answer.body)


def _call(access: Access, verb: str, path: str, **rest: Any) -> dict[str, Any]:
    url = f"{access.base_url}/{access.version}/{path}"
    answer = _answer(verb, url, headers=_headers(access), **rest)
    if not 200 <= answer.status < 300:
        raise _refusal(answer, sends=verb == "POST")
    try:
        return as_dict(json.loads(answer.body))
    except Invalid:
        raise NoAnswer("The answer makes no sense.", reached=True) from None


def _headers(access: Access) -> dict[str, str]:
    return {"Authorization": f"Bearer {access.token}"}


def _answer(verb: str, url: str, **rest: Any) -> http.Answer:
    try:
        return http.call(verb, url, **rest)
    except http.CallRefused as problem:
        raise NoAnswer(str(problem), reached=False) from problem
    except http.CallFailed as problem:
        raise NoAnswer(str(problem), reached=problem.sent) from problem


def _refusal(answer: http.Answer, *, sends: bool) -> GraphError | NoAnswer:
    try:
        error = as_dict(as_dict(json.loads(answer.body)).get("error"))
    except Invalid:
        error = {}
    if not error and answer.status >= 500 and sends:
        # A gateway gave up waiting: what it stood in front of may have taken the message.
        return NoAnswer(f"HTTP {answer.status}", reached=True)
    wait = next((v for k, v in answer.headers.items() if k.lower() == "retry-after"), "")
    pause = timedelta(seconds=min(int(wait), 3600)) if wait.isascii() and wait.isdigit() else None
    return GraphError(trouble(error) if error else Trouble(code=0), answer.status, pause)


def ids_in(answer: Mapping[str, Any]) -> list[str]:
    """The ids of the messages an answer names."""
    return [str(one["id"]) for one in map(as_dict, as_list(answer.get("messages"))) if one.get("id")]
