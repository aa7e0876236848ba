"""Ask the Graph API, the real one or the sandbox, and read its refusals."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta
from typing import Any
from urllib.parse import urlencode

from leadline.ads.rules import plain, record, records
from leadline.capture.ports import DoorShut, NotUnderstood, TryAgain
from leadline.channels.meta_ads.access import Access
from leadline.infra import http
from leadline.kit import json
from leadline.kit.errors import Invalid
from leadline.kit.sentences import say

USAGE_HEADER = "x-business-use-case-usage"
# From here on a run leaves the rest of the quota to the leads that are delivered.
NEARLY_USED_UP = 80
_RATE = frozenset({4, 17, 32, 613, 80005})
_PERMISSION = frozenset({3, 10, *range(200, 300)})
_ASK_AGAIN = timedelta(hours=1)
_SHORT_WAIT = timedelta(minutes=5)
_LONGEST_WAIT = timedelta(hours=24)


@dataclass(frozen=True)
class Said:
    """An answer, and how many percent of the page's quota are used."""

    body: dict[str, Any]
    used: int


class Refused(Exception):
    """Meta said no to this one question; the code says why."""

    def __init__(self, code: int, subcode: int, status: int, message: str) -> None:
        super().__init__(f"{message} ({code})" if code else f"HTTP {status}")
        self.code = code
        self.subcode = subcode
        self.status = status

    @property
    def is_permission(self) -> bool:
        """Whether the token may not ask this."""
        return self.code in _PERMISSION


def get(access: Access, path: str, **query: str) -> Said:
    """GET below the version. Raises Refused, TryAgain or DoorShut."""
    return _call(access, "GET", f"{path}?{urlencode(query)}" if query else path)


def post(access: Access, path: str, **query: str) -> Said:
    """POST below the version. Raises Refused, TryAgain or DoorShut."""
    return _call(access, "POST", f"{path}?{urlencode(query)}" if query else path)


def consequence(problem: Refused) -> Exception:
    """What a refusal means for the lead that was asked for."""
    if problem.is_permission:
        return DoorShut(
            say(
                "Meta says that a permission is missing. Give the token the permissions leads_retrieval, "
                "pages_manage_metadata, pages_read_engagement and pages_show_list, and your app access to "
                "leads in the Leads Access Manager. Meta's words: {said}",
                said=str(problem),
            ),
            after=_ASK_AGAIN,
            alarm=True,
        )
    if problem.code in (100, 803):
        return NotUnderstood(
            say(
                "Meta does not show this lead: it was deleted, it is older than 90 days, or the Leads Access "
                "Manager hides it from your app. Meta's words: {said}",
                said=str(problem),
            )
        )
    return NotUnderstood(say("Meta refused to hand out this lead: {said}", said=str(problem)))


def _call(access: Access, verb: str, path: str) -> Said:
    url = f"{access.base_url}/{access.version}/{path}"
    try:
        answer = http.call(verb, url, headers={"Authorization": f"Bearer {access.token}"})
    except http.CallRefused as problem:
        wait = timedelta(seconds=problem.retry_after or 60)
        raise TryAgain(say("Meta does not answer: {trouble}", trouble=str(problem)), after=wait) from problem
    except http.CallFailed as problem:
        raise TryAgain(say("Meta does not answer: {trouble}", trouble=str(problem))) from problem
    body = _read(answer.body)
    if not answer.ok:
        raise _refusal(answer, record(record(body).get("error")))
    if body is None:
        raise TryAgain("Meta's answer makes no sense.")
    return Said(record(body), _usage(answer)[0])


def _read(raw: bytes) -> Any:
    try:
        return json.loads(raw)
    except Invalid:
        return None


def _refusal(answer: http.Answer, error: dict[str, Any]) -> Exception:
    code, subcode = _number(error.get("code")), _number(error.get("error_subcode"))
    said = plain(error.get("message"))[:300]
    if code == 190 or (not code and answer.status == 401):
        return DoorShut(
            say("Meta no longer accepts the access token. Enter a new one. Meta's words: {said}", said=said),
            after=_ASK_AGAIN,
            alarm=True,
        )
    if code in _RATE or answer.status == 429:
        wait = _usage(answer)[1] or _SHORT_WAIT
        minutes = max(1, round(wait.total_seconds() / 60))
        why = say("Meta limits our questions. Leadline asks again in {minutes} minutes.", minutes=minutes)
        return DoorShut(why, after=wait)
    if code in (1, 2) or error.get("is_transient") is True or answer.status >= 500:
        return TryAgain(say("Meta has a passing problem: {said}", said=said or f"HTTP {answer.status}"))
    return Refused(code, subcode, answer.status, said)


def _usage(answer: http.Answer) -> tuple[int, timedelta]:
    """How many percent of the quota are used, and how long until there is some again."""
    header = next((v for k, v in answer.headers.items() if k.lower() == USAGE_HEADER), "")
    parts = [part for one in record(_read(header.encode())).values() for part in records(one)]
    used = [_number(part.get(n)) for part in parts for n in ("call_count", "total_cputime", "total_time")]
    minutes = [_number(part.get("estimated_time_to_regain_access")) for part in parts]
    return max(used, default=0), min(timedelta(minutes=max(minutes, default=0)), _LONGEST_WAIT)


def _number(value: object) -> int:
    words = plain(value)
    return int(words) if words.isascii() and words.isdigit() and len(words) < 10 else 0
