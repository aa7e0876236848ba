"""Dry runs, tests and editions as the API takes and shows them."""

from __future__ import annotations

from datetime import datetime
from typing import Annotated, Any
from uuid import UUID

from pydantic import Field

from leadline.engines.automation import rules
from leadline.engines.automation.shapes import SubjectOut, TriggerIn
from leadline.infra.web import Shape, one_of


class AutomationDraft(Shape):
    """What is not saved yet; what is left out is as it is saved."""

    trigger: TriggerIn | None = None
    conditions: dict[str, Any] | None = None
    steps: list[dict[str, Any]] | None = Field(None, max_length=60)
    ends_on: list[str] | None = Field(None, max_length=40)


class AutomationDryRunIn(AutomationDraft):
    """Over how many days back from now."""

    days: int = Field(30, ge=1, le=90)


class AutomationTestIn(AutomationDraft):
    """The record to test on, such as a lead."""

    record_id: UUID


class RehearsedStepOut(Shape):
    """A step as it would be; `outside` is one that reaches out of the house and was therefore not taken."""

    position: int
    action: str
    label: str
    outcome: Annotated[str, one_of(rules.StepOutcome)]
    outside: bool
    input: dict[str, Any]
    result: dict[str, Any]
    error: str
    at: datetime


class RehearsedRunOut(Shape):
    """A run as it would be; `skipped` where the conditions do not hold, and then which."""

    subject: SubjectOut
    at: datetime
    state: Annotated[str, one_of(rules.RunState)]
    reason: str
    resume_at: datetime | None
    failed: list[str]
    steps: list[RehearsedStepOut]


class FailedConditionOut(Shape):
    """A condition and for how many it did not hold."""

    condition: str
    count: int


class StepCountOut(Shape):
    """What would have become of one step in all runs together."""

    position: int
    action: str
    label: str
    done: int
    refused: int
    failed: int


class AutomationDryRunOut(Shape):
    """What would have happened; `happened` counts the starts, of which `total` are played through."""

    id: UUID
    state: Annotated[str, one_of(rules.DryRunState)]
    days: int
    done: int
    total: int | None
    since: datetime | None
    happened: int
    started: int
    held_back: int
    failed: list[FailedConditionOut]
    steps: list[StepCountOut]
    runs: list[RehearsedRunOut]
    created_at: datetime
    finished_at: datetime | None


class EditionOut(Shape):
    """An automation as it was; `changes` says what differs from the one before."""

    number: int
    made_at: datetime
    made_by: str
    sentence: str
    changes: list[str]
    restorable: bool


class RestorationIn(Shape):
    """The number of the edition."""

    number: int = Field(ge=1)


class RunChange(Shape):
    """Whether the run is held."""

    paused: bool
