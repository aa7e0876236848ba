"""The learned spam filter of forms."""

from __future__ import annotations

from datetime import datetime
from typing import Annotated
from uuid import UUID

from ninja import Router, Status
from pydantic import Field

from leadline.channels.webforms.spam import actions, queries
from leadline.channels.webforms.spam.learning import Quality
from leadline.channels.webforms.spam.models import SpamMark
from leadline.channels.webforms.spam.signs import told
from leadline.infra.language import worded
from leadline.infra.web import Page, Shape, showing_current
from leadline.workspaces.requests import ActorRequest

router = Router(tags=["form spam"])


class SpamQualityOut(Shape):
    """How the filter did on texts it had not learned from."""

    spam: int
    good: int
    caught: int
    false_alarms: int
    recall: float


class SpamFilterOut(Shape):
    """The filter: what it learns from, and how good it is. Without quality there is nothing learned yet."""

    version: int
    enabled: bool
    spam: int
    good: int
    answered: int
    needed_each: int
    learned_at: datetime | None
    waiting: bool
    quality: SpamQualityOut | None


class SpamFilterPatch(Shape):
    """Switch the filter on or off."""

    version: int | None = None
    enabled: bool


class SpamMarkOut(Shape):
    """Somebody's word on a submission."""

    id: UUID
    submission_id: UUID
    lead_id: UUID | None
    form: str
    said: str
    spam: bool
    by: str
    at: datetime


class SpamMarksPage(Page[SpamMarkOut]):
    """What was marked, newest first."""


class SpamTrialIn(Shape):
    """A text to try."""

    text: str = Field(min_length=1, max_length=5000)


class SpamTrialOut(Shape):
    """What the filter says; nothing while it has not learned."""

    learned: bool
    spam: bool
    chance: float | None
    signs: list[str]


@router.get("/form-spam", response=SpamFilterOut)
def read_spam_filter(request: ActorRequest) -> SpamFilterOut:
    """How far the filter is, and how good."""
    return _filter(request)


@router.patch("/form-spam", response=SpamFilterOut)
def change_spam_filter(request: ActorRequest, body: SpamFilterPatch) -> SpamFilterOut:
    """Switch the filter on or off."""
    with showing_current(lambda: _filter(request)):
        actions.change_filter(request.auth, enabled=body.enabled, version=body.version)
    return _filter(request)


@router.post("/form-spam/trials", response=SpamTrialOut)
def try_spam_filter(request: ActorRequest, body: SpamTrialIn) -> SpamTrialOut:
    """What the filter would say of a text; nothing is kept."""
    found = queries.tried(request.auth, body.text)
    if found is None:
        return SpamTrialOut(learned=False, spam=False, chance=None, signs=[])
    words = [worded(text) for text in map(told, found.signs) if text is not None]
    return SpamTrialOut(learned=True, spam=found.spam, chance=found.chance, signs=words)


@router.get("/form-spam/marks", response=SpamMarksPage)
def list_spam_marks(
    request: ActorRequest, cursor: str | None = None, limit: Annotated[int, Field(ge=1, le=200)] = 50
) -> SpamMarksPage:
    """What was marked, newest first."""
    rows, following = queries.marks(request.auth, cursor=cursor, limit=limit)
    return SpamMarksPage(items=[_mark(row) for row in rows], next_cursor=following)


@router.delete("/form-spam/marks/{mark_id}", response={204: None})
def take_back_spam_mark(request: ActorRequest, mark_id: UUID) -> Status[None]:
    """Forget a mark, and learn without it."""
    actions.take_back(request.auth, mark_id)
    return Status(204, None)


def _filter(request: ActorRequest) -> SpamFilterOut:
    found = queries.standing(request.auth)
    quality = Quality(**found.quality) if found.quality else None
    return SpamFilterOut(
        version=found.version,
        enabled=found.enabled,
        spam=found.spam,
        good=found.good,
        answered=found.answered,
        needed_each=found.needed_each,
        learned_at=found.learned_at,
        waiting=found.waiting,
        quality=SpamQualityOut(**vars(quality), recall=quality.recall) if quality else None,
    )


def _mark(row: SpamMark) -> SpamMarkOut:
    return SpamMarkOut(
        **{name: getattr(row, name) for name in SpamMarkOut.model_fields} | {"said": row.said[:300]}
    )
