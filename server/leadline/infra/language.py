"""Say things in the language of whoever reads them."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from datetime import UTC, tzinfo
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from django.conf import settings
from django.http import HttpRequest
from django.utils import translation

from leadline.kit.sentences import Sentence, Text, filled, sentence_of

# The time that clocks show to whoever is spoken to.
_zone: ContextVar[tzinfo] = ContextVar("leadline_zone_spoken", default=UTC)
_ISOLATE, _END = "\u2068", "\u2069"
_RIGHT_TO_LEFT = frozenset({"R", "AL"})
# Signs whose place a writing direction changes: +972 54-123 would be turned round.
_TURNS = re.compile(r"[0-9][^\w]|[^\w\s][0-9]")


def known(language: str | None) -> str:
    """The language we speak that is nearest to this one; English where there is none."""
    short = (language or "").replace("_", "-").split("-")[0].lower()
    return short if short in dict(settings.LANGUAGES) else "en"


def spoken() -> str:
    """The language spoken now."""
    return known(translation.get_language())


@contextmanager
def speaking(language: str | None, zone: str = "") -> Iterator[None]:
    """Everything is said in this language inside the block, and moments in the time of this zone."""
    token = _zone.set(_zone_named(zone))
    try:
        with translation.override(known(language)):
            yield
    finally:
        _zone.reset(token)


def speak(language: str, zone: str = "") -> None:
    """Everything is said in this language and time from now on, to the end of the block around it."""
    translation.activate(known(language))
    _zone.set(_zone_named(zone))


def accepted(request: HttpRequest) -> str:
    """The language a stranger's browser asks for."""
    return known(translation.get_language_from_request(request))


def worded(text: Text) -> str:
    """The text in the language spoken now; a text of nobody's making, such as a name, stays as it is."""
    if isinstance(text, Sentence):
        return filled(text, _translated, isolated, _zone.get())
    return translation.gettext(text) if text else ""


def in_language(language: str | None, text: Text) -> str:
    """The text in this language; for names of data, which are written once."""
    with speaking(language):
        return worded(text)


def told(stored: object, text: str) -> str:
    """The stored sentence in the language spoken now; of what was written before there were any, the text."""
    sentence = sentence_of(stored)
    return worded(sentence or text)


def isolated(text: str) -> str:
    """A name or number that keeps its own direction inside a sentence of the language spoken now."""
    rightward = translation.get_language_bidi()
    kinds = {unicodedata.bidirectional(char) for char in text}
    strange = "L" in kinds or bool(_TURNS.search(text)) if rightward else bool(kinds & _RIGHT_TO_LEFT)
    return f"{_ISOLATE}{text}{_END}" if strange else text


def _number_in(sentence: Sentence) -> int:
    number = sentence.values.get("n")
    return number if isinstance(number, int) else 0


def _zone_named(name: str) -> tzinfo:
    try:
        return UTC if name in ("", "UTC") else ZoneInfo(name)
    except (ZoneInfoNotFoundError, ValueError):
        return UTC


def _translated(sentence: Sentence) -> str:
    if sentence.many:
        return translation.ngettext(sentence.form, sentence.many, _number_in(sentence))
    return translation.gettext(sentence.form) if sentence.form else ""
