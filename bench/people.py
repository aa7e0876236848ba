"""The people of the benchmarks: a thousand of them, made so that the database can copy them by rule.

Every name, phone and mail holds a mark that names the copy; the first thousand are copy 0.
"""

from __future__ import annotations

from typing import Any

TEMPLATE = 1000
_FIRST = [
    "Dana",
    "Yael",
    "Omer",
    "Noa",
    "Lior",
    "Tamar",
    "Avi",
    "Maya",
    "Ron",
    "Shira",
    "Adam",
    "Eva",
    "Luca",
    "Ines",
    "Marc",
    "Sofia",
    "Jonas",
    "Lea",
    "Paul",
    "Nina",
]
_LAST = [
    "Levi",
    "Cohen",
    "Mizrahi",
    "Peretz",
    "Biton",
    "Dahan",
    "Katz",
    "Azulay",
    "Ohana",
    "Segal",
    "Rossi",
    "Weber",
    "Novak",
    "Silva",
    "Dubois",
    "Larsen",
    "Moreno",
    "Fischer",
    "Kowalski",
    "Ivanov",
]
_SOURCES = ("website", "google_ads", "facebook", "referral", "whatsapp", "phone")
_CITIES = ("Haifa", "Tel Aviv", "Jerusalem", "Eilat", "Ashdod")
# A syllable per digit: copy 042 is called “Cohen-Babedi”; no name contains another copy's mark by chance.
SYLLABLES = ("ba", "da", "fe", "ge", "ki", "li", "mo", "no", "pu", "ru")


def mark(copy: int) -> str:
    """The part of a surname that names the copy."""
    return "qu" + "".join(SYLLABLES[int(digit)] for digit in f"{copy:03d}")


def person(number: int, copy: int = 0) -> dict[str, Any]:
    """Lead `number` of a copy, as it is handed in."""
    first, last = _FIRST[number % 20], _LAST[number // 20 % 20]
    company = f"Company {number % 97}"
    return {
        "name": f"{first} {last}-{mark(copy).title()}",
        "phone": f"+972500{copy:03d}{number:03d}",
        "email": f"{first}.{last}.c{copy:03d}x{number:03d}@gmail.com".lower(),
        "company": company,
        "source": _SOURCES[number % len(_SOURCES)],
        "city": _CITIES[number % len(_CITIES)],
        "campaign": f"campaign {number % 7}",
        "interest": "kitchen",
        "text": "Hello, how much would a new kitchen of 12 square metres cost, and when could you begin?",
        "value_minor": 100_000 + number * 731,
        "utm": {"utm_source": "google", "utm_medium": "cpc"},
    }


def passer_by(number: int, series: str) -> dict[str, Any]:
    """Somebody new who is in no copy; `series` keeps the runs apart."""
    lead = person(number % TEMPLATE)
    lead["name"] = f"{lead['name'].split('-')[0]} {number}"
    lead["phone"] = f"+97252{series}{number:06d}"
    lead["email"] = f"new.{series}.{number}@gmail.com"
    return lead
