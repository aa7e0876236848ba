"""Shapes of drafts, dry runs and editions."""

from __future__ import annotations

from datetime import datetime
from typing import Annotated, Any, Literal
from uuid import UUID

from leadline.infra.web import Shape, one_of
from leadline.leads.rules import Band


class ScoringNumbers(Shape):
    """Caps, half-life and thresholds."""

    fit_cap: int
    engagement_cap: int
    opens_cap: int
    half_life_days: int
    hot: int
    warm: int
    ready: int


class DraftRuleIn(Shape):
    """A rule of a draft; without an id it is a new one, its place is that in the list."""

    id: UUID | None = None
    group: Literal["fit", "engagement"]
    name: str
    when: dict[str, Any]
    points: int
    enabled: bool = True


class DraftRuleOut(Shape):
    """A rule of a draft, and when it gives its points in words."""

    id: UUID
    group: Annotated[str, one_of(("fit", "engagement"))]
    name: str
    when: dict[str, Any]
    points: int
    enabled: bool
    position: int
    sentence: str


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
    band: Annotated[str, one_of(Band)]
    new_score: int
    new_band: Annotated[str, one_of(Band)]


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
