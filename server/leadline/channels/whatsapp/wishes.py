"""Recognise the words with which people stop and resume messages."""

from __future__ import annotations

import re
import unicodedata
from enum import StrEnum

from leadline.channels.whatsapp.contents import Written


class Wish(StrEnum):
    """What somebody wants from now on."""

    STOP = "stop"
    RESUME = "resume"


# Whole messages only: "please stop by at five" is an appointment, not a wish to be left alone.
_STOP_WORDS = """
stop, stop all, stopall, stop promotions, stop messages, unsubscribe, opt out, optout, remove me,
no more messages, do not contact me, baja, darse de baja, stopp, abmelden, desabonner, désabonner, sair,
הסר, הסירו, הסירו אותי, הסר אותי, הפסק, הפסיקו, תפסיקו, стоп, отписаться, توقف, إيقاف, الغاء الاشتراك
"""
_RESUME_WORDS = "start, unstop, subscribe, resume, התחל, הצטרף, старт, ابدأ"
_STOP = frozenset(word.strip() for word in _STOP_WORDS.split(","))
_RESUME = frozenset(word.strip() for word in _RESUME_WORDS.split(","))
_STOP_PAYLOAD = re.compile(r"^(stop|opt[_\- ]?out|unsubscribe)", re.IGNORECASE)
_EDGES = re.compile(r"^[\W_]+|[\W_]+$")
_SPACES = re.compile(r"\s+")


def wish_of(text: str, payload: str = "") -> Wish | None:
    """The wish a whole message or a tapped button expresses, if any."""
    if payload and _STOP_PAYLOAD.match(payload):
        return Wish.STOP
    words = _SPACES.sub(" ", _EDGES.sub("", unicodedata.normalize("NFKC", text[:60]))).casefold()
    if words in _STOP:
        return Wish.STOP
    return Wish.RESUME if words in _RESUME else None


def wish_in(written: Written) -> Wish | None:
    """The wish of a written message or a tapped button, if any."""
    button = written.details.get("button")
    return wish_of(written.text, str(button.get("payload", "")) if isinstance(button, dict) else "")
