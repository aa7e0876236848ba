"""Where a visitor came from: UTM values, click ids, pages; case kept, lengths bounded."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any
from urllib.parse import parse_qsl, urlsplit

from leadline.channels.webforms.filled import plain, record

UTM = ("utm_source", "utm_medium", "utm_campaign", "utm_term", "utm_content", "utm_id")
CLICK_IDS = ("gclid", "gbraid", "wbraid", "fbclid", "fbc", "fbp", "msclkid", "ttclid", "li_fat_id", "twclid")
PAGES = ("page_url", "landing_url", "referrer")
OTHER = ("vid", "page_title", "timezone")
_LIMITS = {**dict.fromkeys(UTM, 500), **dict.fromkeys(CLICK_IDS, 1000), **dict.fromkeys(PAGES, 2000)}
NAMES = frozenset({*UTM, *CLICK_IDS, *PAGES, *OTHER, "_fbc", "_fbp"})

_BY_CLICK = (
    (("gclid", "gbraid", "wbraid"), "google_ads"),
    (("fbclid", "fbc"), "facebook"),
    (("ttclid",), "tiktok"),
    (("li_fat_id",), "linkedin"),
)
_BY_UTM = {
    "google": "google_ads", "google_ads": "google_ads", "adwords": "google_ads", "facebook": "facebook",
    "fb": "facebook", "meta": "facebook", "instagram": "instagram", "ig": "instagram", "linkedin": "linkedin",
    "tiktok": "tiktok", "whatsapp": "whatsapp", "email": "email", "newsletter": "email", "partner": "partner",
    "referral": "referral",
}  # fmt: skip
_UNPAID = {"organic", "referral", "none", "(none)"}
_SEARCH = ("google.", "bing.", "duckduckgo.", "yahoo.", "ecosia.")


@dataclass(frozen=True)
class Attribution:
    """The last touch as flat values, the first touch apart, and the page and referrer."""

    utm: Mapping[str, str] = field(default_factory=dict)
    first: Mapping[str, str] = field(default_factory=dict)
    page: str = ""
    referrer: str = ""

    @property
    def source(self) -> str:
        """The source these values speak of; empty when they speak of none."""
        for names, source in _BY_CLICK:
            if any(self.utm.get(name) for name in names):
                return source
        named = self.utm.get("utm_source", "").strip().lower()
        if named == "google" and self.utm.get("utm_medium", "").lower() in _UNPAID:
            return "organic"
        if named:
            return _BY_UTM.get(named, "other")
        host = urlsplit_host(self.referrer)
        return "organic" if any(part in f"{host}." for part in _SEARCH) else ""


def read(given: Mapping[str, Any], *, page: str = "", referrer: str = "") -> Attribution:
    """The attribution in hidden fields, in nested first and last touches, or in the page's own address."""
    first, last = record(given.get("first")), record(given.get("last"))
    flat = {**{k: v for k, v in given.items() if k not in ("first", "last")}, **last}
    values = _known(flat)
    page_url = values.pop("page_url", "") or page[:2000]
    seen_at = values.pop("referrer", "") or referrer[:2000]
    landing = values.get("landing_url", "")
    for address in (page_url, landing):
        found = {name: value for name, value in _query(address).items() if name in (*UTM, *CLICK_IDS)}
        values = {**_known(found), **values}
    return Attribution(values, _known(first, times=True), page_url, seen_at)


def urlsplit_host(address: str) -> str:
    """The host of an address in lower case; empty when there is none."""
    try:
        return (urlsplit(address).hostname or "").lower()
    except ValueError:
        return ""


def _known(given: Mapping[str, Any], *, times: bool = False) -> dict[str, str]:
    names = {*NAMES, "at"} if times else NAMES
    found: dict[str, str] = {}
    for name, value in given.items():
        key = {"id": "vid"}.get(name, name.removeprefix("_") if name in ("_fbc", "_fbp") else name)
        if key in names and value not in (None, "") and not isinstance(value, dict | list):
            found[key] = plain(value)[: _LIMITS.get(key, 200)]
    return found


def _query(address: str) -> dict[str, str]:
    try:
        return dict(parse_qsl(urlsplit(address).query, max_num_fields=100))
    except ValueError:
        return {}
