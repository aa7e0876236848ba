"""Visitors who come back: what they have told before, so that they are asked for something else.

Known is only what the same browser has sent through our forms, and it says so itself with a token that we
signed: nobody learns from a form what we know about a person.
"""

from __future__ import annotations

import base64
import binascii
from collections.abc import Collection, Mapping
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any

from django.conf import settings

from leadline.capture import queries as capture
from leadline.capture.models import Connection
from leadline.channels.webforms.filled import plain, record
from leadline.channels.webforms.said import OWN_FORM, read
from leadline.kit import json, signing
from leadline.kit.errors import Invalid, LeadlineError

COOKIE = "leadline_told"
FIELD = "_told"
REMEMBERED = timedelta(days=90)
REACH = ("email", "phone")
_NAMES = ("name", "first_name", "last_name")
_MAX_LETTERS = 3000
_MAX_KEYS = 60


@dataclass(frozen=True, kw_only=True)
class Told:
    """The fields a browser has answered, and under which key the submission is in which it said who it is."""

    keys: frozenset[str] = frozenset()
    natural_key: str = ""
    who: Mapping[str, Any] = field(default_factory=dict)

    @property
    def reachable(self) -> bool:
        """Whether the earlier submission is still there and says how to answer."""
        return any(self.who.get(key) for key in REACH)


NOTHING = Told()


def secret_of(connection: Connection) -> str:
    """What the tokens of a company's forms are signed with."""
    return f"{settings.SECRET_KEY}:{connection.workspace_id}"


def token(secret: str, keys: Collection[str], natural_key: str, now: datetime) -> str:
    """What the browser keeps."""
    told = {"k": sorted(keys)[:_MAX_KEYS], "n": natural_key, "e": int((now + REMEMBERED).timestamp())}
    body = base64.urlsafe_b64encode(json.dumps(told)).decode("ascii").rstrip("=")
    return f"{body}.{_signature(secret, body)}"


def told(secret: str, given: str, now: datetime) -> Told:
    """What a token says; NOTHING for one that is forged, old, or whose submission is gone.

    One statement in the running workspace, none without a token.
    """
    body, _, signature = given[:_MAX_LETTERS].partition(".")
    if not signature or not signing.equal(_signature(secret, body), signature):
        return NOTHING
    try:
        found = record(json.loads(base64.urlsafe_b64decode(body + "=" * (-len(body) % 4))))
    except (binascii.Error, ValueError, Invalid):
        return NOTHING
    keys, natural_key, expires = found.get("k"), found.get("n"), found.get("e")
    if not isinstance(keys, list) or not isinstance(expires, int) or expires <= now.timestamp():
        return NOTHING
    who = _who(plain(natural_key))
    return Told(keys=frozenset(map(plain, keys)), natural_key=plain(natural_key), who=who) if who else NOTHING


def _who(natural_key: str) -> dict[str, Any]:
    earlier = capture.submission_by_key(OWN_FORM, natural_key)
    if earlier is None:
        return {}
    try:
        _, filled = read(earlier)
    except LeadlineError:
        return {}
    answers = filled[0].answers if filled else {}
    return {key: answers[key] for key in (*_NAMES, *REACH) if answers.get(key)}


def _signature(secret: str, body: str) -> str:
    return signing.hmac_sha256_hex(f"form told {secret}", body.encode())[:32]
