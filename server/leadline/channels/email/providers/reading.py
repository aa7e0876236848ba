"""Read values of services that may be missing or of another kind than promised."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Any


def as_dict(value: Any) -> dict[str, Any]:
    """The object, or an empty one."""
    return value if isinstance(value, dict) else {}


def as_list(value: Any) -> list[Any]:
    """The list, or an empty one."""
    return value if isinstance(value, list) else []


def as_text(value: Any) -> str:
    """The text, a number as text; empty for anything else."""
    return str(value) if isinstance(value, str | int | float) and not isinstance(value, bool) else ""


def as_time(value: Any) -> datetime | None:
    """Seconds since 1970 or an ISO date as a time; None when it is neither."""
    told = as_text(value)
    try:
        if told.replace(".", "", 1).isdigit():
            return datetime.fromtimestamp(float(told), UTC)
        read = datetime.fromisoformat(told)
        return read if read.tzinfo else read.replace(tzinfo=UTC)
    except (ValueError, OverflowError, OSError):
        return None
