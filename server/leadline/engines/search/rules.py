"""How text is folded so that what people type meets what is stored."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable

from leadline.kit import phone

MAX_WORDS = 6
_MAX_QUERY = 100
_MAX_TEXT = 4000
_APART = re.compile(r"[^\w@.+'\-]+")


def fold(text: str) -> str:
    """Lower case without accents, points of Hebrew and Arabic, and marks of width and direction."""
    plain = unicodedata.normalize("NFKD", text).casefold()
    kept = "".join(
        char for char in plain if unicodedata.category(char) not in {"Mn", "Cf", "Cc", "Cs"} or char.isspace()
    )
    return unicodedata.normalize("NFKC", kept)


def words(text: str) -> list[str]:
    """The folded words of a text, in order, each once."""
    found = (word.strip("'.-") for word in _APART.split(fold(text)))
    return [word for word in dict.fromkeys(found) if word]


def text_of(parts: Iterable[str], phones: Iterable[str]) -> str:
    """What is stored to be searched: all folded words, and every phone number as national digits."""
    numbers = [digits for number in phones for digits in _digit_forms(number)]
    every = dict.fromkeys([word for part in parts for word in words(part)])
    return f" {' '.join([*every, *dict.fromkeys(numbers)])} "[:_MAX_TEXT]


def _digit_forms(number: str) -> list[str]:
    national = phone.national_digits(number)
    if national:
        return [national]
    digits = "".join(char for char in number if char.isdecimal()).lstrip("0")
    return [digits] if digits else []


def patterns(query: str, region: str | None) -> tuple[list[str], list[str]]:
    """LIKE patterns: all of the first must match, or one of the second (readings as a phone number)."""
    asked = query[:_MAX_QUERY]
    every = [_like(word) for word in words(asked)[:MAX_WORDS]]
    digits = [f"%{part}%" for part in phone.search_digits(asked, region)[:4]]
    return every, digits


def _like(word: str) -> str:
    escaped = re.sub(r"([\\%_])", r"\\\1", word)
    # Fewer than three letters have no trigram: they must begin a word.
    return f"% {escaped}%" if len(word) < 3 else f"%{escaped}%"
