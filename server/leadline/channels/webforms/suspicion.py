"""Layers against spam: a honeypot, the time it took, and what the text looks like. Pure."""

from __future__ import annotations

import re
from collections.abc import Mapping
from datetime import datetime
from typing import Any

from leadline.channels.webforms.filled import plain
from leadline.kit import email, signing, text
from leadline.kit.sentences import Text, joined, say, sentence_from, word

QUICKEST_SECONDS = 2
OLDEST_SECONDS = 24 * 3600
ENOUGH = 2
_LINK = re.compile(r"https?://|www\.|\[url", re.IGNORECASE)
_PHRASES = (
    "buy links", "backlinks", "seo services", "rank your website", "first page of google", "guest post",
    "crypto investment", "casino", "viagra", "payday loan", "make money fast", "click here to claim",
)  # fmt: skip


def signed_start(secret: str, form_id: str, now: datetime) -> tuple[str, str]:
    """The time a form was shown and its signature; only the time is signed, so pages may be cached."""
    started = str(int(now.timestamp()))
    return started, _signature(secret, form_id, started)


def honeypot_filled(answers: Mapping[str, Any]) -> bool:
    """Whether the field people cannot see was filled in."""
    return any(name.startswith("_hp_") and plain(value).strip() for name, value in answers.items())


def reasons(
    answers: Mapping[str, Any], *, secret: str, form_id: str, now: datetime, work: str = ""
) -> list[str]:
    """Why this looks like spam, each worth one or two points; nothing for most people.

    `work` is what is wrong with the calculation of the visitor's browser, where one was asked for.
    """
    found = [work] if work else []
    found += _haste(plain(answers.get("_ts")), plain(answers.get("_sig")), secret, form_id, now)
    said = " ".join(
        plain(value) for name, value in answers.items() if not name.startswith(("_", "page", "ref"))
    )
    folded = text.fold(said[:20_000])
    if len(_LINK.findall(said)) >= 3:
        found.append(_LINKS)
    if any(phrase in folded for phrase in _PHRASES):
        found.append(_SPAM)
    domain = email.domain(plain(answers.get("email")))
    if domain and email.is_disposable(domain):
        found.append(_THROW_AWAY)
    return found


def verdict(found: list[str]) -> Text:
    """The reason to keep it in quarantine, empty when there is too little against it."""
    if sum(2 if reason in _HEAVY or "calculation" in reason else 1 for reason in found) < ENOUGH:
        return ""
    reasons = joined([sentence_from(reason) for reason in found], word("{first}, {second}"))
    return say("It looks like spam: {reasons}.", reasons=reasons)


_LINKS = word("many links")
_SPAM = word("a phrase of spam")
_THROW_AWAY = word("a throw-away address")
_TOO_FAST = word("filled in faster than people can")
_FORGED = word("a forged start time")
_TOO_OLD = word("the page was open for more than a day")
_HEAVY = {_TOO_FAST, _FORGED}


def _haste(started: str, signature: str, secret: str, form_id: str, now: datetime) -> list[str]:
    # A form pasted into a page has no signature; that alone says nothing.
    if not signature or not started:
        return []
    if not started.isascii() or not started.isdecimal() or len(started) > 12:
        return [_FORGED]
    if not signing.equal(signature, _signature(secret, form_id, started)):
        return [_FORGED]
    took = now.timestamp() - int(started)
    if took < QUICKEST_SECONDS:
        return [_TOO_FAST]
    return [_TOO_OLD] if took > OLDEST_SECONDS else []


def _signature(secret: str, form_id: str, started: str) -> str:
    return signing.hmac_sha256_hex(f"form start {secret}", f"{form_id}:{started}".encode())[:32]
