"""Ask LinkedIn, the real one or the sandbox, and read its refusals."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import timedelta
from typing import Any

from leadline.ads.rules import plain, record
from leadline.capture.ports import DoorShut, TryAgain
from leadline.channels.linkedin.access import Access
from leadline.infra import http
from leadline.kit import json
from leadline.kit.errors import Invalid
from leadline.kit.sentences import say, word

_ASK_AGAIN = timedelta(hours=1)
_LONGEST_WAIT = timedelta(hours=24)
_REPAIRS = {
    401: word("LinkedIn no longer accepts the access token; it lives 60 days. Enter a new one."),
    403: word(
        "LinkedIn refuses. The token needs the scopes r_marketing_leadgen_automation and r_ads, and its "
        "member a role in the account."
    ),
    426: word("LinkedIn has withdrawn this API version. Enter a newer one, as YYYYMM."),
}


class Refused(Exception):
    """LinkedIn said no to this one question."""

    def __init__(self, status: int, message: str) -> None:
        super().__init__(f"{message} (HTTP {status})" if message else f"HTTP {status}")
        self.status = status


def get(access: Access, path: str) -> dict[str, Any]:
    """GET below /rest. Raises Refused, TryAgain or DoorShut."""
    return _call(access, "GET", path)[0]


def post(access: Access, path: str, body: Mapping[str, Any]) -> str:
    """POST below /rest; the id of what was made. Raises Refused, TryAgain or DoorShut."""
    return _call(access, "POST", path, json=dict(body))[1]


def _call(access: Access, verb: str, path: str, **rest: Any) -> tuple[dict[str, Any], str]:
    headers = {
        "Authorization": f"Bearer {access.token}",
        "LinkedIn-Version": access.version,
        "X-Restli-Protocol-Version": "2.0.0",
    }
    try:
        answer = http.call(verb, f"{access.base_url}/{path}", headers=headers, **rest)
    except http.CallRefused as problem:
        wait = timedelta(seconds=problem.retry_after or 60)
        raise TryAgain(
            say("LinkedIn does not answer: {trouble}", trouble=str(problem)), after=wait
        ) from problem
    except http.CallFailed as problem:
        raise TryAgain(say("LinkedIn does not answer: {trouble}", trouble=str(problem))) from problem
    if not answer.ok:
        raise _refusal(answer)
    if verb == "POST":
        return {}, _header(answer, "x-restli-id")
    try:
        return record(json.loads(answer.body)), ""
    except Invalid:
        raise TryAgain("LinkedIn's answer makes no sense.") from None


def _refusal(answer: http.Answer) -> Exception:
    try:
        said = plain(record(json.loads(answer.body)).get("message"))[:300]
    except Invalid:
        said = ""
    if answer.status in _REPAIRS:
        repair = say(_REPAIRS[answer.status])
        words = say("{repair} LinkedIn's words: {said}", repair=repair, said=said) if said else repair
        return DoorShut(words, after=_ASK_AGAIN, alarm=True)
    if answer.status == 429:
        seconds = _header(answer, "retry-after")
        wait = timedelta(seconds=int(seconds)) if seconds.isascii() and seconds.isdigit() else _ASK_AGAIN
        return DoorShut(say("LinkedIn limits our questions of today."), after=min(wait, _LONGEST_WAIT))
    if answer.status >= 500:
        return TryAgain(say("LinkedIn has a passing problem: {said}", said=said or f"HTTP {answer.status}"))
    return Refused(answer.status, said)


def _header(answer: http.Answer, name: str) -> str:
    return next((value for key, value in answer.headers.items() if key.lower() == name), "")
