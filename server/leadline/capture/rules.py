"""Pure decisions of capture: states, keys, back-off, what a log may show."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Mapping
from datetime import timedelta
from enum import StrEnum

from leadline.kit.text import fold

NATURAL_KEY_LENGTH = 300
MAX_ATTEMPTS = 12
UNDERSTAND_JOB = "capture.understand"
STRANDED_AFTER = timedelta(seconds=60)

_NO_WORD = re.compile(r"[\W_]+")
_UNSTORABLE = re.compile("[\x00\ud800-\udfff]")
_SECRET_HEADER = re.compile(r"authorization|cookie|signature|token|secret|api-?key|password", re.IGNORECASE)
_SECRET_FIELD = re.compile(
    r"(?P<name>[\"']?(?:google_key|access_token|verify_token|token|secret|api_key|apikey|password)[\"']?\s*[:=]\s*)"
    r"(?P<value>\"(?:[^\"\\]|\\.)*\"|[^&\s,}\"]+)",
    re.IGNORECASE,
)
REDACTED = "•••"


class State(StrEnum):
    """How far a submission is: failed ones are tried again, quarantined ones wait for a person."""

    RECEIVED = "received"
    UNDERSTOOD = "understood"
    IGNORED = "ignored"
    QUARANTINED = "quarantined"
    FAILED = "failed"


def storable(text: str) -> str:
    """The text without what PostgreSQL cannot hold: NUL and lone surrogates are replaced."""
    return _UNSTORABLE.sub("\ufffd", text)


def natural_key(text: str) -> str:
    """The key as it is stored; a long one is replaced by its digest, so that it still meets itself."""
    clean = storable(text)
    if len(clean) <= NATURAL_KEY_LENGTH:
        return clean
    return "sha256:" + hashlib.sha256(clean.encode()).hexdigest()


def source_key(named: str) -> str:
    """The name of a source as a key: lower case words joined by underscores; empty when it names none."""
    return _NO_WORD.sub("_", fold(named)).strip("_")[:60]


def back_off(attempts: int) -> timedelta:
    """How long to wait after so many failed attempts: 10 s doubled each time, at most six hours."""
    return timedelta(seconds=min(10 * 2 ** max(attempts - 1, 0), 6 * 3600))


def kept_headers(headers: Mapping[str, str]) -> dict[str, str]:
    """Headers as they may be stored: secrets hidden, everything else as it came."""
    return {
        storable(name)[:200]: REDACTED if _SECRET_HEADER.search(name) else storable(value)[:2000]
        for name, value in headers.items()
    }


def shown_body(body: bytes, limit: int = 100_000) -> str:
    """The bytes as text for the integration log, with secrets hidden."""
    text = storable(body[:limit].decode("utf-8", "replace"))
    hidden = _SECRET_FIELD.sub(lambda found: f"{found['name']}{REDACTED}", text)
    return hidden if len(body) <= limit else f"{hidden}\n… {len(body) - limit} more bytes"
