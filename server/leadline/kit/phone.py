"""Telephone numbers in every notation people and providers use, and the keys under which they meet."""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass
from functools import lru_cache

import phonenumbers
from phonenumbers import NumberParseException, PhoneNumber, PhoneNumberFormat

from leadline.kit.languages import languages_of_region

__all__ = [
    "Phone",
    "canonical",
    "languages_of_region",
    "match_keys",
    "national_digits",
    "parse",
    "region_of",
    "same_number",
    "search_digits",
]

_LABEL = re.compile(r"^\s*(?:p|tel|phone|whatsapp)\s*:\s*", re.IGNORECASE)
_SEVERAL = re.compile(r"\s*(?:[/;,|\n]|\bor\b)\s*")
_MAX_LENGTH = 100
_SHORTEST_INTERNATIONAL = 10
_SHORTEST_SEARCH = 3


@dataclass(frozen=True)
class Phone:
    """A number as it came and as it is dialled; `e164` is None when it cannot be a number at all."""

    raw: str
    e164: str | None
    country: str | None
    valid: bool


def parse(raw: str, region: str | None = None) -> Phone:
    """The number, read with the habits of the region; never raises, whatever the text."""
    return Phone(raw, *_parsed(raw[:_MAX_LENGTH], region))


@lru_cache(maxsize=4096)
def _parsed(raw: str, region: str | None) -> tuple[str | None, str | None, bool]:
    # Every inquiry asks for its number several times.
    text = _tidy(raw)
    number = _best_reading(text, region)
    if number is None:
        # "050-1234567 / 052-7654321": the first of several counts.
        readings = (_best_reading(part, region) for part in _SEVERAL.split(text)[:5])
        number = next((reading for reading in readings if reading is not None), None)
    if number is None:
        return None, None, False
    return _e164(number), _country(number), phonenumbers.is_valid_number(number)


def canonical(number: str) -> str | None:
    """The one key under which all ways to write this number meet; to compare with, not to dial."""
    digits = _digits(_tidy(number)).removeprefix("00")
    if not 5 <= len(digits) <= 20 or digits.startswith("0"):
        return None
    key = _modern("+" + digits)
    argentine = re.fullmatch(r"\+549(\d{10})", key)
    return f"+54{argentine[1]}" if argentine else key


def match_keys(number: str) -> set[str]:
    """Every E.164-like text under which this WhatsApp id or E.164 number may have been stored."""
    key = canonical(number)
    if key is None:
        return set()
    keys = {key}
    for pattern, older in _OLDER_FORMS:
        if pattern.fullmatch(key):
            keys.add(pattern.sub(older, key))
    return keys


def same_number(a: str, b: str) -> bool:
    """Whether two WhatsApp ids or E.164 numbers reach the same telephone."""
    key = canonical(a)
    return key is not None and key == canonical(b)


def region_of(e164: str) -> str | None:
    """The ISO country of a number in international form, None for numbers of no country."""
    number = _read("+" + _digits(e164), None)
    return None if number is None else _country(number)


def national_digits(number: str) -> str | None:
    """What to store beside a number for searching: its digits without country code and trunk zero."""
    key = canonical(number)
    parsed = _read(key, None) if key else None
    if parsed is None:
        return None
    return phonenumbers.national_significant_number(parsed)


def search_digits(text: str, region: str | None = None) -> list[str]:
    """Digit strings, best first, of which one is part of `national_digits` of the number meant."""
    tidy = _tidy(text)
    digits = _digits(tidy)
    if len(digits) < _SHORTEST_SEARCH or any(char.isalpha() for char in tidy):
        return []
    found: list[str] = []
    whole = parse(text, region).e164
    if whole:
        found.append(national_digits(whole) or "")
    # People search while they type: the beginning of a number has no valid reading yet.
    international = tidy.startswith(("+", "00"))
    bare = digits.lstrip("0")
    for code in _country_codes(bare, None if international else region):
        found.append(bare.removeprefix(code).lstrip("0"))
    if not international:
        found.append(bare)
    return [part for part in dict.fromkeys(found) if len(part) >= _SHORTEST_SEARCH]


def _tidy(raw: str) -> str:
    # Width variants and other digits become plain; direction marks come along when numbers are copied.
    text = unicodedata.normalize("NFKC", raw[:_MAX_LENGTH])
    if not text.isascii() or not text.isprintable():
        text = "".join(char for char in text if unicodedata.category(char) not in {"Cf", "Cc", "Cs"})
    return _LABEL.sub("", text).strip()


def _digits(text: str) -> str:
    return "".join(str(unicodedata.decimal(char)) for char in text if char.isdecimal())


def _best_reading(text: str, region: str | None) -> PhoneNumber | None:
    national = _read_modern(text, region)
    if national is not None and phonenumbers.is_valid_number(national):
        return national
    # Providers send international numbers without the plus.
    digits = _digits(text)
    if not text.startswith("+") and len(digits) >= _SHORTEST_INTERNATIONAL and digits[0] != "0":
        international = _read_modern("+" + digits, None)
        if international is not None and phonenumbers.is_valid_number(international):
            return international
        national = national or international
    return national if national is not None and phonenumbers.is_possible_number(national) else None


def _read_modern(text: str, region: str | None) -> PhoneNumber | None:
    number = _read(text, region)
    if number is None or number.country_code not in _RENUMBERED_COUNTRIES:
        return number
    e164 = _e164(number)
    modern = _modern(e164)
    return number if modern == e164 else _read(modern, None)


def _read(text: str, region: str | None) -> PhoneNumber | None:
    try:
        return phonenumbers.parse(text, region.upper() if region else None)
    except NumberParseException:
        return None


def _e164(number: PhoneNumber) -> str:
    return phonenumbers.format_number(number, PhoneNumberFormat.E164)


def _country(number: PhoneNumber) -> str | None:
    region = phonenumbers.region_code_for_number(number)
    if region is None:
        # A number that is not assigned still tells its country by its prefix.
        region = phonenumbers.region_code_for_country_code(number.country_code or 0)
    return None if region in {"001", "ZZ"} else region


# How numbers were written before their country renumbered, which WhatsApp ids still show.
_RENUMBERED = (
    (re.compile(r"\+521(\d{10})"), r"+52\1"),  # Mexico dropped the mobile 1 in 2019
    (re.compile(r"\+55([1-9]\d)([6-9]\d{7})"), r"+55\g<1>9\2"),  # Brazil put a ninth digit before mobiles
    (re.compile(r"\+229(\d{8})"), r"+22901\1"),  # Benin put 01 before all numbers in November 2024
)
_RENUMBERED_COUNTRIES = {52, 55, 229}
_OLDER_FORMS = (
    (re.compile(r"\+52(\d{10})"), r"+521\1"),
    (re.compile(r"\+55([1-9]\d)9([6-9]\d{7})"), r"+55\1\2"),
    (re.compile(r"\+22901(\d{8})"), r"+229\1"),
    # Argentine mobiles carry a 9 from abroad; without it the number may be a landline, so none is "modern".
    (re.compile(r"\+54(\d{10})"), r"+549\1"),
)


def _modern(e164: str) -> str:
    for pattern, newer in _RENUMBERED:
        if pattern.fullmatch(e164):
            return pattern.sub(newer, e164)
    return e164


def _country_codes(digits: str, region: str | None) -> list[str]:
    """The country codes these digits may begin with: of this region only, or of the whole world."""
    if region:
        code = str(phonenumbers.country_code_for_region(region.upper()))
        return [code] if digits.startswith(code) else []
    prefixes = (digits[:length] for length in (1, 2, 3))
    return [
        prefix for prefix in prefixes if prefix and int(prefix) in phonenumbers.COUNTRY_CODE_TO_REGION_CODE
    ]
