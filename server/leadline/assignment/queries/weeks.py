"""The hours of a week as they are stored, as a calendar."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date, time
from typing import Any

from leadline.kit.business_hours import Calendar
from leadline.kit.errors import Invalid
from leadline.kit.sentences import say

WEEKDAYS = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")


def calendar_of(timezone: str, weekly: Mapping[str, Any], holidays: Sequence[str]) -> Calendar | None:
    """The calendar of stored hours; None without a single hour. Invalid (422) for hours that cannot be."""
    days: dict[int, list[tuple[time, time]]] = {}
    for name, spans in weekly.items():
        if name not in WEEKDAYS:
            raise Invalid(
                say("“{name}” is not a day; use {days}.", name=name, days=", ".join(WEEKDAYS)), field="weekly"
            )
        try:
            days[WEEKDAYS.index(name)] = [(_time(opens), _time(closes)) for opens, closes in spans]
        except (ValueError, TypeError) as error:
            raise Invalid('Write hours as ["09:00", "17:00"].', field=f"weekly.{name}") from error
    try:
        free = frozenset(date.fromisoformat(day) for day in holidays)
    except (ValueError, TypeError) as error:
        raise Invalid("Write holidays as 2026-04-02.", field="holidays") from error
    made = Calendar(timezone, days, free)
    return None if made.never_opens else made


def _time(text: str) -> time:
    if text == "24:00":
        return time(0, 0)
    found = time.fromisoformat(text)
    if found.tzinfo is not None:
        raise ValueError("Hours have no time zone.")
    return found
