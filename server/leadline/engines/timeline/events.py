"""What the timeline tells browsers."""

from __future__ import annotations

from dataclasses import dataclass
from uuid import UUID

from leadline.infra.events import Event


@dataclass(frozen=True, kw_only=True)
class TimelineEntryAdded(Event):
    """Entries were added; one event per batch, each id and kind named once."""

    live = "timeline"
    about_ids: tuple[UUID, ...]
    with_ids: tuple[UUID, ...]
    kinds: tuple[str, ...]
