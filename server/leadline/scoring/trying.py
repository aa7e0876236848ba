"""What a draft would do to the open leads, without writing anything."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from leadline.kit import clock
from leadline.leads.rules import Band
from leadline.scoring import policy, queries
from leadline.scoring.counted import Counted, counted
from leadline.scoring.queries import Rule, Scoring
from leadline.scoring.rules import Weights
from leadline.workspaces.actor import Actor

_EXAMPLES = 10


@dataclass(frozen=True, kw_only=True)
class Example:
    """A lead that would move."""

    lead_id: UUID
    name: str
    score: int
    band: str
    new_score: int
    new_band: str


@dataclass(frozen=True, kw_only=True)
class DryRun:
    """How many open leads would move, and where to."""

    leads: int
    scores_changed: int
    bands_moved: int
    became: Mapping[str, int]
    bands: Mapping[str, int]
    ready: int
    no_longer_ready: int
    examples: Sequence[Example]


def dry_run(actor: Actor, content: Mapping[str, Any]) -> DryRun:
    """What publishing this content now would do; nothing is written and nobody is told. Two statements."""
    policy.require_can_set_up(actor)
    tally: Counter[str] = Counter()
    bands: Counter[str] = Counter({band.value: 0 for band in Band})
    became: Counter[str] = Counter({band.value: 0 for band in Band})
    shown: list[Counted] = []
    for one in counted(scoring_of(content), actor, clock.now()):
        was, now = one.was, one.now
        tally["leads"] += 1
        tally["scores"] += was.score != now.score
        tally["ready"] += was.ready_at is None and now.ready_at is not None
        tally["unready"] += was.ready_at is not None and now.ready_at is None
        bands[now.band] += 1
        if was.band != now.band:
            tally["bands"] += 1
            became[now.band] += 1
            if len(shown) < _EXAMPLES:
                shown.append(one)
    return DryRun(
        leads=tally["leads"],
        scores_changed=tally["scores"],
        bands_moved=tally["bands"],
        became=became,
        bands=bands,
        ready=tally["ready"],
        no_longer_ready=tally["unready"],
        examples=_examples(shown),
    )


def scoring_of(content: Mapping[str, Any]) -> Scoring:
    """The numbers and enabled rules of a draft or an edition."""
    names = ("id", "group", "name", "when", "points")
    rules = [{name: rule[name] for name in names} for rule in content["rules"] if rule["enabled"]]
    return Scoring(
        weights=Weights(**content["numbers"]),
        rules=[Rule(**{**rule, "id": UUID(rule["id"])}) for rule in rules],
    )


def _examples(shown: Sequence[Counted]) -> list[Example]:
    names = queries.names_of([one.lead_id for one in shown])
    return [
        Example(
            lead_id=one.lead_id,
            name=names.get(one.lead_id, ""),
            score=one.was.score,
            band=one.was.band,
            new_score=one.now.score,
            new_band=one.now.band,
        )
        for one in shown
    ]
