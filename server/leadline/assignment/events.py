"""What the clocks say."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import ClassVar
from uuid import UUID

from leadline.infra.events import Event


@dataclass(frozen=True, kw_only=True)
class AnswerDueSoon(Event):
    """Half, or most, of the time for the first human answer is gone."""

    live: ClassVar[str | None] = "leads"
    lead_id: UUID
    mark: str
    due_at: datetime
    at: datetime


@dataclass(frozen=True, kw_only=True)
class AnswerOverdue(Event):
    """Nobody answered a lead in time."""

    live: ClassVar[str | None] = "leads"
    lead_id: UUID
    band: str
    due_at: datetime
    at: datetime
