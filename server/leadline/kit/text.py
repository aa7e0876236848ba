"""Text from people and machines: safe to store, foldable for search, and honest about its language."""

from __future__ import annotations

import re
import unicodedata

from leadline.kit.language_of_text import detect_language

__all__ = ["clean", "detect_language", "fold", "slug"]

# Letters that look like a base letter with a stroke but do not decompose into one.
_PLAIN = str.maketrans(
    {
        "ø": "o", "ł": "l", "đ": "d", "ð": "d", "ħ": "h", "ı": "i", "ŧ": "t", "þ": "th", "æ": "ae", "œ": "oe",
        "ى": "ي", "ی": "ي", "ک": "ك", "ة": "ه", "ـ": None,
        "’": "'", "‘": "'", "`": "'", "´": "'", "׳": "'", "“": '"', "”": '"', "״": '"',
        "‐": "-", "‑": "-", "‒": "-", "–": "-", "—": "-", "־": "-",
    }
)  # fmt: skip
_LINE_ENDS = re.compile(r"\r\n?|\u2028|\u2029|\x85")
# Overrides make a text read other than it is; plain direction marks are part of Hebrew and Arabic.
_OVERRIDES = {"\u202d", "\u202e"}


def fold(text: str) -> str:
    """The form under which texts meet in a search: no case, accents, vowel points, width or double spaces."""
    if text.isascii() and text.isprintable():
        return " ".join(text.lower().replace("`", "'").split())
    folded = _fold_once(text)
    # Folding one letter may yield another that folds again, so that one pass is not always the end.
    while (again := _fold_once(folded)) != folded:
        folded = again
    return folded


def clean(text: str, limit: int | None = None) -> str:
    """Text that every layer can store and show: no control characters or lone surrogates, cut at `limit`."""
    # Most texts hold nothing but printable letters, all of which may stay.
    kept = (text if text.isprintable() else _kept(text)).strip()
    if limit is None or len(kept) <= limit:
        return kept
    return _cut(kept, limit).rstrip()


def _kept(text: str) -> str:
    whole = text.encode("utf-16-le", "surrogatepass").decode("utf-16-le", "ignore")
    return "".join(char for char in _LINE_ENDS.sub("\n", whole) if _may_stay(char))


def slug(text: str, *, separator: str = "-", limit: int = 60) -> str:
    """ASCII letters and digits joined by the separator, for keys and addresses; may be empty."""
    words = re.findall(r"[a-z0-9]+", fold(text).replace("'", ""))
    short = separator.join(words)[:limit]
    return short.strip(separator)


def _fold_once(text: str) -> str:
    decomposed = unicodedata.normalize("NFKD", text.casefold())
    bare = "".join(char for char in decomposed if not _is_ignored(char))
    plain = unicodedata.normalize("NFKC", bare.translate(_PLAIN)).casefold()
    return " ".join(plain.split())


def _is_ignored(char: str) -> bool:
    # Accents (above and below) and the vowel points of Hebrew and Arabic; never the vowel signs of India or
    # the voicing marks of Japan, which are letters in their own right.
    combining = unicodedata.combining(char)
    if combining:
        return 10 <= combining <= 35 or combining >= 200
    return unicodedata.category(char) in {"Cf", "Cs"} or (char < " " and not char.isspace())


def _may_stay(char: str) -> bool:
    if char in "\n\t":
        return True
    return (
        unicodedata.category(char) not in {"Cc", "Cs"}
        and char not in _OVERRIDES
        and not _is_noncharacter(char)
    )


def _is_noncharacter(char: str) -> bool:
    return ord(char) & 0xFFFE == 0xFFFE or 0xFDD0 <= ord(char) <= 0xFDEF


def _cut(text: str, limit: int) -> str:
    # Do not tear an accent from its letter or a family of emoji apart.
    end = limit
    while end > max(0, limit - 20) and _belongs_to_previous(text, end):
        end -= 1
    return text[:end] if not _belongs_to_previous(text, end) else text[:limit]


def _belongs_to_previous(text: str, at: int) -> bool:
    char = text[at]
    joined = char == "\u200d" or (at > 0 and text[at - 1] == "\u200d")
    return joined or unicodedata.category(char) in {"Mn", "Me"} or 0x1F3FB <= ord(char) <= 0x1F3FF
