"""What a text shows that may tell spam from an inquiry: words, pairs of words, bits of words, shape. Pure."""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import pairwise

from leadline.kit import text
from leadline.kit.sentences import Sentence, Text, say, word

MAX_LETTERS = 5000
_GRAM = 4
_LINK = re.compile(
    r"(?:https?://|www\.)\S+|\b[\w-]+\.(?:com|net|org|info|biz|ru|cn|top|xyz|tk|co)\b\S*", re.I
)
_MAIL = re.compile(r"[\w.+-]+@([\w-]+(?:\.[\w-]+)+)")
_MONEY = re.compile(r"[$£€₪]\s?\d[\d.,]*|\b\d[\d.,]*\s?(?:usd|eur|gbp|ils)\b", re.I)
_NUMBER = re.compile(r"\+?\d[\d\s().-]{5,}\d")
_WORD = re.compile(r"[^\W_]+(?:'[^\W_]+)?|[^\w\s]")

# Shapes are signs too; these are the ones people can be told about.
_SHAPES = {
    "link": word("a link"),
    "links": word("several links"),
    "mail": word("a mail address in the text"),
    "money": word("an amount of money"),
    "number": word("a long number"),
    "shouting": word("many capital letters"),
    "calls": word("many exclamation marks"),
}


def signs(said: str) -> list[str]:
    """Every sign of the text once, in a fixed order; `w:` words, `b:` pairs, `c:` bits, `s:` shape."""
    raw = said[:MAX_LETTERS]
    plain, shapes = _replaced(raw)
    words = _WORD.findall(plain)
    found = dict.fromkeys(f"s:{shape}" for shape in (*shapes, *_outline(raw)))
    found.update(dict.fromkeys(f"w:{one}" for one in words))
    found.update(dict.fromkeys(f"b:{first} {second}" for first, second in pairwise(words)))
    found.update(dict.fromkeys(f"c:{bit}" for bit in _bits(plain)))
    return list(found)


def told(sign: str) -> Text | None:
    """The sign in words that people understand; None for one that means nothing to them."""
    kind, _, value = sign.partition(":")
    if kind == "s":
        return say(_SHAPES[value]) if value in _SHAPES else None
    if kind in ("w", "b") and any(char.isalpha() for char in value) and "#" not in value:
        return Sentence("“{text}”", {"text": value})
    return None


def _replaced(raw: str) -> tuple[str, list[str]]:
    """The folded text with links, addresses, amounts and numbers by their kind, and which of them it had."""
    shapes: list[str] = []
    links = len(_LINK.findall(raw))
    shapes += ["link"] if links else []
    shapes += ["links"] if links > 1 else []
    plain = raw
    for shape, pattern in (("mail", _MAIL), ("link", _LINK), ("money", _MONEY), ("number", _NUMBER)):
        if shape == "mail":
            # Where an address leads to says much, whose it is says little.
            replaced = pattern.sub(lambda found: f" mailat {found[1].replace('.', 'dot')} ", plain)
        else:
            replaced = pattern.sub(f" {shape}here ", plain)
        if replaced != plain and shape not in shapes:
            shapes.append(shape)
        plain = replaced
    return text.fold(plain), shapes


def _outline(raw: str) -> Iterator[str]:
    letters = [char for char in raw if char.isalpha()]
    capitals = sum(char.isupper() for char in letters)
    if len(letters) >= 12 and capitals > 0.3 * len(letters):
        yield "shouting"
    if raw.count("!") >= 3:
        yield "calls"
    yield f"length{min(len(raw) // 40, 8)}"
    digits = sum(char.isdecimal() for char in raw)
    yield f"digits{min(digits // 4, 6)}"


def _bits(plain: str) -> Iterator[str]:
    padded = f" {plain} "
    for start in range(len(padded) - _GRAM + 1):
        yield padded[start : start + _GRAM]
