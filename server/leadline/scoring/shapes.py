"""What the API of scores shows and takes."""

from __future__ import annotations

from datetime import datetime
from typing import Annotated, Any, Literal
from uuid import UUID

from pydantic import Field

from leadline.infra.web import Shape, one_of
from leadline.leads.rules import Answer, Band
from leadline.scoring.rules import Group, Template

BandWord = Annotated[str, one_of(Band)]
GroupWord = Annotated[str, one_of((Group.FIT, Group.ENGAGEMENT))]
TemplateWord = Annotated[str, one_of(Template)]


class ReasonOut(Shape):
    """A line of the explanation; all lines add up to the score."""

    label: str
    points: int
    group: Annotated[str, one_of(Group)]
    at: datetime | None


class ScorePointOut(Shape):
    """One change of the score."""

    at: datetime
    score: int
    label: str
    points: int


class ScoreOut(Shape):
    """The score of a lead, why, and how it came there."""

    score: int
    fit: int
    engagement: int
    band: BandWord
    band_overridden: bool
    band_reason: str
    poor_fit: bool
    ready_at: datetime | None
    threshold: int
    reasons: list[ReasonOut]
    history: list[ScorePointOut]


class BandIn(Shape):
    """A band set by hand, with the reason; no band lets the score decide again."""

    band: Band | None
    reason: str = ""


class ScoringNumbers(Shape):
    """Caps, half-life, thresholds, the usual price (0: unknown), and the least budget in percent of it."""

    fit_cap: int
    engagement_cap: int
    opens_cap: int
    half_life_days: int
    hot: int
    warm: int
    ready: int
    price_minor: int
    least_budget: int


class ScoringSettingsOut(ScoringNumbers):
    """The numbers in force, and which questions qualify a lead."""

    id: UUID
    version: int
    template: TemplateWord


class ScoringSettingsIn(Shape):
    """Numbers to change, and the questions."""

    version: int | None = None
    fit_cap: int | None = None
    engagement_cap: int | None = None
    opens_cap: int | None = None
    half_life_days: int | None = None
    hot: int | None = None
    warm: int | None = None
    ready: int | None = None
    price_minor: int | None = None
    least_budget: int | None = None
    template: Template | None = None


class NewScoreRule(Shape):
    """A rule to create.

    For `fit` its `when` is a filter, for `engagement` {event, window?, within?, about?}.
    """

    group: Literal["fit", "engagement"]
    name: str
    when: dict[str, Any]
    points: int
    enabled: bool = True
    position: int | None = None


class ScoreRuleIn(Shape):
    """What to change in a rule."""

    version: int | None = None
    name: str | None = None
    when: dict[str, Any] | None = None
    points: int | None = None
    enabled: bool | None = None
    position: int | None = None


class DraftRuleIn(Shape):
    """A rule of a draft; without an id it is a new one, its place is that in the list."""

    id: UUID | None = None
    group: Literal["fit", "engagement"]
    name: str
    when: dict[str, Any]
    points: int
    enabled: bool = True


class DraftRuleOut(Shape):
    """A rule, and when it gives its points in words."""

    id: UUID
    group: GroupWord
    name: str
    when: dict[str, Any]
    points: int
    enabled: bool
    position: int
    sentence: str


class ScoreRuleOut(DraftRuleOut):
    """A rule in force."""

    version: int


class ScoringOut(Shape):
    """How leads are scored."""

    settings: ScoringSettingsOut
    rules: list[ScoreRuleOut]


class ScoringDraftIn(Shape):
    """The whole draft, or the key of a shipped set of rules, or the id of an earlier edition."""

    version: int | None = None
    numbers: ScoringNumbers | None = None
    rules: list[DraftRuleIn] | None = None
    preset: str | None = None
    edition_id: UUID | None = None


class ScoringDraftOut(Shape):
    """What is being tried; while nothing is, the numbers and rules in force with version 0."""

    version: int
    numbers: ScoringNumbers
    rules: list[DraftRuleOut]
    changes: int


class MovedLeadOut(Shape):
    """A lead that would move to another band."""

    lead_id: UUID
    name: str
    score: int
    band: BandWord
    new_score: int
    new_band: BandWord


class BandCounts(Shape):
    """A number of leads for each band."""

    hot: int
    warm: int
    cold: int


class DryRunOut(Shape):
    """What publishing the draft now would do to the open leads."""

    leads: int
    scores_changed: int
    bands_moved: int
    became: BandCounts
    bands: BandCounts
    ready: int
    no_longer_ready: int
    examples: list[MovedLeadOut]


class NewEdition(Shape):
    """Publish the draft; the version says which one was looked at."""

    version: int | None = None


class ScoringEditionOut(Shape):
    """Numbers and rules that came into force, and how many leads are counted by them already."""

    id: UUID
    number: int
    created_at: datetime
    by_name: str
    rules: int
    total: int
    counted: int
    done_at: datetime | None


class ScoringPresetOut(Shape):
    """A shipped set of rules."""

    key: str
    name: str
    rules: int


class LeadTypeVisitOut(Shape):
    """When a lead became what; set by a rule, or by hand."""

    lead_type: str
    at: datetime
    by_rule: bool
    why: str


class AnswerPointsOut(Shape):
    """What an answer to a question is worth by the rules in force."""

    state: Annotated[str, one_of(Answer)]
    points: int


class QuestionOut(Shape):
    """A question that qualifies a lead, what is known, and what each answer gives."""

    key: str
    label: str
    hint: str
    state: Annotated[str, one_of(("", *Answer))]
    note: str
    points: int
    worth: list[AnswerPointsOut]


class QualificationOut(Shape):
    """How far a lead is qualified: in percent how much is known and how much of it is a yes.

    `price_minor` is what the stated budget is compared with; 0 when nobody knows a price.
    """

    template: TemplateWord
    questions: list[QuestionOut]
    complete: int
    positive: int
    missing: list[str]
    budget_minor: int | None
    price_minor: int
    currency: str
    least_budget: int
    poor_fit: bool


class HappeningIn(Shape):
    """Something a person did elsewhere, told for a lead or for whoever has this e-mail address.

    `what` names the page, file or part of the product; the same `ref` told again counts once.
    """

    lead_id: UUID | None = None
    email: Annotated[str, Field(max_length=320)] = ""
    kind: Literal["visit", "click", "download", "product"]
    what: Annotated[str, Field(max_length=500)] = ""
    at: datetime | None = None
    ref: Annotated[str, Field(max_length=60)] = ""


class HappenedOut(Shape):
    """The lead it happened with, as it stands now."""

    lead_id: UUID
    score: int
    band: BandWord
    lead_type: str
