"""Pure decisions of tracking: what may be kept of a visit, and who is a robot."""

from __future__ import annotations

import re
from collections.abc import Sequence
from datetime import datetime, timedelta
from urllib.parse import parse_qsl, urlencode, urlsplit, urlunsplit

OLDEST = timedelta(days=1)
# Who stays this long on a website reads.
LONG_STAY = timedelta(minutes=2)
LINKS_GOOD_FOR = timedelta(days=90)
KEPT_UNKNOWN = timedelta(days=90)
MAX_URL = 2000
KEY_PAGES = ("/pricing", "/price", "/plans", "/preise", "/tarifs", "/precios", "/מחירים", "/מחירון")

# Only what tells where a visitor came from stays in an address; anything else may be a secret.
_KEPT_QUERY = re.compile(
    r"utm_\w+|gclid|gbraid|wbraid|fbclid|msclkid|ttclid|li_fat_id|twclid|q|p|page|id|lang"
)
_LOOKS_PRIVATE = re.compile(r"@|%40|^[\w-]{40,}$")
_ROBOT = re.compile(
    r"bot\b|bot[/_;-]|crawl|spider|slurp|fetch|scan|monitor|preview|archiv|headless|phantom|lighthouse|inspect"
    r"|pingdom|insights|checker|validator|externalhit|scrap|google(?:other|-)|favicon|dareboost|compatible"
    r"|https?:|@|python|curl|wget|java/|okhttp|axios|node|\bseo|verif|probe|analy|render/|synthetic|selenium"
    r"|puppeteer|playwright|uptime|speed|search|siteimprove|electron",
    re.IGNORECASE,
)


def is_robot(user_agent: str) -> bool:
    """Whether a program that is no browser of a person visits; an unknown one counts as a program."""
    return not user_agent.startswith("Mozilla/5.0 (") or _ROBOT.search(user_agent) is not None


def kept_address(url: str) -> str:
    """The address without fragment, log-in and query values that may be private; empty for no address."""
    try:
        parts = urlsplit(url[: 4 * MAX_URL].strip())
        host, port = parts.hostname or "", parts.port
        query = parse_qsl(parts.query, max_num_fields=100)
    except ValueError:
        return ""
    if parts.scheme not in ("http", "https") or not host:
        return ""
    kept = [(name, value) for name, value in query if _may_stay(name, value)]
    place = f"{host}:{port}" if port else host
    return urlunsplit((parts.scheme, place, parts.path, urlencode(kept), ""))[:MAX_URL]


def path_of(url: str) -> str:
    """The path of an address, without its end slash."""
    try:
        return urlsplit(url).path.rstrip("/")[:500] or "/"
    except ValueError:
        return "/"


def is_key_page(path: str, fragments: Sequence[str]) -> bool:
    """Whether a page is one that only people look at who may buy, such as the prices."""
    folded = path.casefold()
    return any(one.casefold() in folded for one in fragments if one.strip("/ "))


def corrected(said: datetime, skew: timedelta, now: datetime) -> datetime | None:
    """When it happened by our clock; None when that is more than a day ago. Nothing happens in the future."""
    at = said + skew
    return None if at < now - OLDEST else min(at, now)


def _may_stay(name: str, value: str) -> bool:
    if name.startswith("utm_") or name.endswith(("clid", "braid")) or name == "li_fat_id":
        return not re.search(r"@|%40", value)
    return _KEPT_QUERY.fullmatch(name) is not None and _LOOKS_PRIVATE.search(value) is None
