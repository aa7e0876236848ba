"""Say things in the language of whoever reads them."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from contextlib import contextmanager

from django.conf import settings
from django.http import HttpRequest
from django.utils import translation

from leadline.kit.sentences import Sentence, Text, filled, sentence_of

_ISOLATE, _END = "\u2068", "\u2069"
_RIGHT_TO_LEFT = frozenset({"R", "AL"})
# Signs whose place a writing direction changes: +972 54-123 would be turned round.
_TURNS = re.compile(r"[0-9][^\w]|[^\w\s][0-9]")


def known(language: str | None) -> str:
    """The language we speak that is nearest to this one; English where there is none."""
    short = (language or "").replace("_", "-").split("-")[0].lower()
    return short if short in dict(settings.LANGUAGES) else "en"


@contextmanager
def speaking(language: str | None) -> Iterator[None]:
    """Everything is said in this language inside the block."""
    with translation.override(known(language)):
        yield


def speak(language: str) -> None:
    """Everything is said in this language from now on, to the end of the block that speaks another."""
    translation.activate(known(language))


def accepted(request: HttpRequest) -> str:
    """The language a stranger's browser asks for."""
    return known(translation.get_language_from_request(request))


def worded(text: Text) -> str:
    """The text in the language spoken now; a text of nobody's making, such as a name, stays as it is."""
    if isinstance(text, Sentence):
        return filled(text, _translated, isolated)
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


def _translated(sentence: Sentence) -> str:
    if sentence.many:
        return translation.ngettext(sentence.form, sentence.many, _number_in(sentence))
    return translation.gettext(sentence.form) if sentence.form else ""
