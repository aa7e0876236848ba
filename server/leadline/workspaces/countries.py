"""What a country sets: language, time zone, currency, phone region."""

from __future__ import annotations

import json
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

# Languages whose interface is complete; another country language falls back to English.
LANGUAGES = {"en": "English", "he": "עברית"}


@dataclass(frozen=True)
class Country:
    """The presets of one country."""

    code: str
    name: str
    language: str
    timezone: str
    currency: str

    @property
    def phone_region(self) -> str:
        """The region in which national phone numbers are read."""
        return self.code


@lru_cache(maxsize=1)
def countries() -> dict[str, Country]:
    """Every country by its ISO 3166 code; names and facts from Unicode CLDR and the IANA zone table."""
    rows = json.loads((Path(__file__).parent / "countries.json").read_text())["countries"]
    return {
        code: Country(code, name, language if language in LANGUAGES else "en", timezone, currency)
        for code, name, language, timezone, currency in rows
    }
