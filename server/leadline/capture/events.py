"""What happened to submissions."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from leadline.infra.events import Event


@dataclass(frozen=True, kw_only=True)
class SubmissionsHeldBack(Event):
    """Submissions that are not leads: in quarantine, or failing and tried again."""

    live = "capture"

    submission_ids: tuple[UUID, ...]
    at: datetime


@dataclass(frozen=True, kw_only=True)
class SubmissionsLetIn(Event):
    """Submissions that were held back before and are understood at last."""

    live = "capture"

    submission_ids: tuple[UUID, ...]
    at: datetime


@dataclass(frozen=True, kw_only=True)
class SubmissionsJudged(Event):
    """Somebody marked submissions as spam, or let in what was held back as spam."""

    live = "capture"

    submission_ids: tuple[UUID, ...]
    spam: bool
    by: str
    at: datetime
