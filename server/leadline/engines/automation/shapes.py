"""Automations and runs as the API takes and shows them."""

from __future__ import annotations

from datetime import datetime
from typing import Annotated, Any
from uuid import UUID

from pydantic import Field

from leadline.engines.automation import rules
from leadline.infra.web import Shape, one_of


class TriggerIn(Shape):
    """What starts an automation."""

    key: str = Field(max_length=80)
    options: dict[str, Any] = {}


class TriggerOut(TriggerIn):
    """What starts an automation, with what people read."""

    label: str


class AutomationIn(Shape):
    """A new automation; with `copy_of` or `recipe` everything else may be left out.

    A recipe is followed with `choices`, the others as suggested, and switched on unless `enabled` is false.
    """

    id: UUID | None = None
    copy_of: UUID | None = None
    recipe: str | None = Field(None, max_length=60)
    choices: dict[str, Any] | None = None
    name: str | None = Field(None, max_length=200)
    enabled: bool | None = None
    trigger: TriggerIn | None = None
    conditions: dict[str, Any] | None = None
    steps: list[dict[str, Any]] | None = Field(None, max_length=60)
    ends_on: list[str] | None = Field(None, max_length=40)


class AutomationChange(Shape):
    """What to change of an automation, and the version it was read in."""

    version: int | None = None
    name: str | None = Field(None, max_length=200)
    enabled: bool | None = None
    paused: bool | None = None
    trigger: TriggerIn | None = None
    conditions: dict[str, Any] | None = None
    steps: list[dict[str, Any]] | None = Field(None, max_length=60)
    ends_on: list[str] | None = Field(None, max_length=40)


class AutomationOut(Shape):
    """An automation with its sentence and how it did in seven days."""

    id: UUID
    version: int
    name: str
    recipe: str
    enabled: bool
    paused: bool
    edition: int
    trigger: TriggerOut
    conditions: dict[str, Any]
    steps: list[dict[str, Any]]
    ends_on: list[str]
    sentence: str
    runs_7d: int
    failures_7d: int
    last_run_at: datetime | None


class SubjectOut(Shape):
    """What a run was about."""

    object: str
    id: UUID
    title: str


class RunStepOut(Shape):
    """One attempt at one step."""

    position: int
    action: str
    label: str
    outcome: Annotated[str, one_of(rules.StepOutcome)]
    input: dict[str, Any]
    result: dict[str, Any]
    error: str
    at: datetime
    took_ms: int


class RunOut(Shape):
    """One run and its steps so far."""

    id: UUID
    version: int
    automation_id: UUID
    automation_name: str
    subject: SubjectOut
    state: Annotated[str, one_of(rules.RunState)]
    paused: bool
    edition: int
    reason: str
    started_at: datetime
    finished_at: datetime | None
    resume_at: datetime | None
    steps: list[RunStepOut]


class OfferedField(Shape):
    """An option of a trigger, or a parameter of an action."""

    key: str
    type: str
    label: str
    required: bool
    choices: list[dict[str, str]]


class OfferOut(Shape):
    """A trigger or an action to choose from."""

    key: str
    label: str
    kind: str
    subjects: list[str]
    fields: list[OfferedField]


class OffersOut(Shape):
    """Everything an automation can be made of."""

    triggers: list[OfferOut]
    actions: list[OfferOut]
    variables: list[dict[str, str]]


class RecipeOut(Shape):
    """An automation ready to be taken over: what it is good for, and what it does with the choices suggested
    for this workspace. `automation_id` is the one that was made from it."""

    key: str
    name: str
    purpose: str
    sentence: str
    fields: list[OfferedField]
    choices: dict[str, Any]
    automation_id: UUID | None
    enabled: bool


class SigningSecretOut(Shape):
    """The secret a receiver checks our calls with, as Standard Webhooks writes it."""

    secret: str
