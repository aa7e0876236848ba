"""Read what the script of a website tells. Pure; bounded in every way; nothing is believed without proof."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Any

from leadline.kit import json, text
from leadline.kit.errors import Invalid
from leadline.tracking.ports import PageSeen, Stay, Visited
from leadline.tracking.rules import corrected, kept_address

MAX_BYTES = 16 * 1024
_MAX_EVENTS = 50
_MAX_PROPS = 20
_KEY = re.compile(r"[\w.-]{4,64}")
_EVENT_KEY = re.compile(r"[\w.-]{1,64}")
_LONGEST_STAY_MS = 4 * 3600 * 1000


@dataclass(frozen=True, kw_only=True)
class Message:
    """What was visited, and the links of ours that led there."""

    visited: Visited
    links: tuple[str, ...] = ()


def read(raw: bytes, *, refused: bool, now: datetime) -> Message:
    """What a message says; `refused` by a signal of the browser is stronger than consent in the body.

    Without consent no visitor and no link is read. Invalid (422) for what is no message.
    """
    body = json.loads(raw, max_bytes=MAX_BYTES)
    told = body.get("events") if isinstance(body, dict) else None
    if not isinstance(body, dict) or not isinstance(told, list):
        raise Invalid("A message has events.", field="events")
    events = [event for event in told[:_MAX_EVENTS] if isinstance(event, dict)]
    agreed = body.get("consent") == "granted" and not refused
    visitor = _key(body.get("vid")) if agreed else ""
    skew = _skew(body, events, now)
    return Message(
        visited=Visited(
            visitor=visitor,
            session=_key(body.get("sid")) if visitor else "",
            pages=[page for event in events if (page := _page(event, skew, now, agreed=bool(visitor)))],
            stays=[stay for event in events if visitor and (stay := _stay(event))],
        ),
        links=tuple(_links(events)) if visitor else (),
    )


def site_in(raw: bytes) -> str:
    """The token of the website a message names; empty for none."""
    body = json.loads(raw, max_bytes=MAX_BYTES)
    return _key(body.get("site")) if isinstance(body, dict) else ""


def _skew(body: Mapping[str, Any], events: list[dict[str, Any]], now: datetime) -> timedelta:
    """How far our clock is ahead of the browser's."""
    sent = _moment(body.get("now"))
    if sent is not None:
        return now - sent
    last = max((at for event in events if (at := _moment(event.get("at")))), default=now)
    # Without the time of sending only a clock that is ahead gives itself away.
    return min(now - last, timedelta())


def _page(event: Mapping[str, Any], skew: timedelta, now: datetime, *, agreed: bool) -> PageSeen | None:
    kind, key, said = event.get("type"), _event_key(event.get("id")), _moment(event.get("at"))
    at = corrected(said, skew, now) if said else None
    if kind not in ("page", "event") or not key or at is None:
        return None
    name = text.clean(str(event.get("name") or ""), 100) if kind == "event" else ""
    if kind == "event" and not (name and agreed):
        return None
    url = kept_address(str(event.get("url") or ""))
    if kind == "page" and not url:
        return None
    return PageSeen(
        event_id=key,
        at=at,
        url=url,
        title=text.clean(str(event.get("title") or ""), 300) if agreed else "",
        referrer=kept_address(str(event.get("ref") or "")) if agreed else "",
        name=name,
        props=_props(event.get("props")),
        counted=bool(event.get("counted")),
    )


def _stay(event: Mapping[str, Any]) -> Stay | None:
    active, scroll = event.get("active_ms"), event.get("scroll")
    page = _event_key(event.get("page"))
    if event.get("type") != "engage" or not page or not isinstance(active, int) or active <= 0:
        return None
    depth = float(scroll) if isinstance(scroll, int | float) and 0 <= scroll <= 1 else None
    return Stay(page=page, active_ms=min(active, _LONGEST_STAY_MS), scroll=depth)


def _links(events: list[dict[str, Any]]) -> list[str]:
    """Only a signed link identifies: a form says itself who filled it in, a bare address says nothing."""
    said = [event for event in events if event.get("type") == "identify" and event.get("method") == "link"]
    return [event["token"] for event in said if isinstance(event.get("token"), str)][:1]


def _props(given: Any) -> dict[str, Any]:
    if not isinstance(given, dict):
        return {}
    kept: dict[str, Any] = {}
    for name, value in list(given.items())[:_MAX_PROPS]:
        if isinstance(value, bool | int | float):
            kept[text.clean(name, 60)] = value
        elif isinstance(value, str) and "@" not in value:
            kept[text.clean(name, 60)] = text.clean(value, 200)
    return kept


def _key(value: Any) -> str:
    return value if isinstance(value, str) and _KEY.fullmatch(value) else ""


def _event_key(value: Any) -> str:
    return value if isinstance(value, str) and _EVENT_KEY.fullmatch(value) else ""


def _moment(value: Any) -> datetime | None:
    try:
        said = datetime.fromisoformat(str(value)) if isinstance(value, str) else None
        return None if said is None else said.replace(tzinfo=said.tzinfo or UTC).astimezone(UTC)
    except (ValueError, OverflowError):
        return None
