"""What a website tells about a visit, in the words of the product."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any
from uuid import UUID


@dataclass(frozen=True, kw_only=True)
class Site:
    """One website of the company, and which of its pages matter most."""

    id: UUID
    key_pages: Sequence[str] = ()


@dataclass(frozen=True, kw_only=True)
class PageSeen:
    """A page that was looked at, or with a `name` something that was done on it.

    A `counted` page was told before, without its visitor: it is kept and not counted again.
    """

    event_id: str
    at: datetime
    url: str = ""
    title: str = ""
    referrer: str = ""
    name: str = ""
    props: Mapping[str, Any] = field(default_factory=dict)
    counted: bool = False


@dataclass(frozen=True, kw_only=True)
class Stay:
    """How long a page was really looked at, in all."""

    page: str
    active_ms: int
    scroll: float | None = None


@dataclass(frozen=True, kw_only=True)
class Visited:
    """What one message of the script tells; without a visitor it is counted and nothing else."""

    visitor: str = ""
    session: str = ""
    pages: Sequence[PageSeen] = ()
    stays: Sequence[Stay] = ()
