"""What other rooms hand to search and tell it about their records."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID


@dataclass(frozen=True, kw_only=True)
class Row:
    """One record that can be found: by its title, subtitle, other words (names, mails) and phone numbers.

    `phones` are E.164 numbers or WhatsApp ids. A shared row is found by everybody in the workspace,
    any other only by those whose scope holds its owner or team.
    """

    object_type: str
    object_id: UUID
    title: str
    subtitle: str = ""
    words: Sequence[str] = ()
    phones: Sequence[str] = ()
    owner_id: UUID | None = None
    team_id: UUID | None = None
    shared: bool = False
    rank_at: datetime | None = None


# What a room adds to hits of its object (lead_id, score, band, stage), for a handful of ids at once.
Details = Callable[[Sequence[UUID]], Mapping[UUID, Mapping[str, Any]]]
details: dict[str, Details] = {}
