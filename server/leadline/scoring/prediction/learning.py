"""Learn from closed leads, measure on leads that were not seen, and judge new ones with reasons.

Run as `python -m leadline.scoring.prediction.learning` it reads a lesson from its input and answers in
lines of JSON: learning has a process of its own, so that a worker's other jobs keep their pace.
"""

from __future__ import annotations

import json
import math
import os
import random
import sys
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from leadline.scoring.prediction import suspicion
from leadline.scoring.prediction.drifting import drift_of_inputs, drift_of_outcomes, shares
from leadline.scoring.prediction.encoding import Input, read_input
from leadline.scoring.prediction.forest import Column, Growth, Tree, grow
from leadline.scoring.prediction.measuring import Measures, measure
from leadline.scoring.prediction.suspicion import Refused

FEWEST_LEADS = 200
FEWEST_EACH = 30
_LEAST_CHANCE = 0.002
_NEWEST = 0.2
_LOWEST_AUC = 0.55
_LEAST_GAIN = 0.01
_FOLDS = 5
_LEAST_SHOWN = 5
_MOST_SHOWN = 6


@dataclass(kw_only=True)
class Lesson:
    """Closed leads, oldest first: what was known when they came in, what came out, who is the same person."""

    rows: list[dict[str, Any]]
    outcomes: list[bool]
    groups: list[int] = field(default_factory=list)
    rule_scores: list[float] = field(default_factory=list)
    labels: dict[str, str] = field(default_factory=dict)
    late: dict[str, int] = field(default_factory=dict)
    allowed: list[str] = field(default_factory=list)
    refused: list[str] = field(default_factory=list)
    trees: int = 300
    seed: int = 1


@dataclass(frozen=True, kw_only=True)
class Model:
    """What was learned: how inputs are read, the trees, and how their mean becomes a chance."""

    inputs: list[Input]
    trees: list[Tree]
    slope: float
    shift: float
    base: float

    def judge(self, values: Mapping[str, Any]) -> tuple[float, dict[str, float]]:
        """The chance of a lead, and what each input adds to or takes from the average chance."""
        row = [one.bucket(values.get(one.key)) for one in self.inputs]
        gains = [0.0] * len(row)
        raw = sum(tree.follow(row, gains) for tree in self.trees) / len(self.trees)
        chance = self._chance(raw)
        total = sum(gains) / len(self.trees)
        scale = (chance - self._chance(raw - total)) / total if abs(total) > 1e-9 else 0.0
        parts = [gain / len(self.trees) * scale for gain in gains]
        return chance, {one.key: part for one, part in zip(self.inputs, parts, strict=True)}

    def _chance(self, raw: float) -> float:
        return calibrated(raw, self.slope, self.shift)

    def as_json(self) -> dict[str, Any]:
        """Plain values to store."""
        return {
            "inputs": [one.as_json() for one in self.inputs],
            "trees": [tree.as_json() for tree in self.trees],
            "slope": self.slope,
            "shift": self.shift,
            "base": self.base,
        }

    @classmethod
    def from_json(cls, plain: Mapping[str, Any]) -> Model:
        """The model that was stored."""
        return cls(
            inputs=[Input.from_json(one) for one in plain["inputs"]],
            trees=[Tree.from_json(one) for one in plain["trees"]],
            slope=plain["slope"],
            shift=plain["shift"],
            base=plain["base"],
        )


@dataclass(frozen=True, kw_only=True)
class Learned:
    """A model with everything that has to be said about it; no model when nothing may be an input."""

    model: Model | None
    useful: bool
    measures: Measures | None
    rules: dict[str, float] | None
    factors: list[dict[str, Any]]
    refused: list[dict[str, str]]
    drift: dict[str, Any]
    typical: dict[str, list[float]]

    def as_json(self) -> dict[str, Any]:
        """Plain values to store and show."""
        return {
            "model": self.model.as_json() if self.model else None,
            "useful": self.useful,
            "measures": self.measures.as_json() if self.measures else None,
            "rules": self.rules,
            "factors": self.factors,
            "refused": self.refused,
            "drift": self.drift,
            "typical": self.typical,
        }


def learn(lesson: Lesson, told: Callable[[float], None] = lambda share: None) -> Learned:
    """Learn from a lesson; every measure is about leads that the trees judging them have not seen."""
    inputs, refused = _inputs(lesson)
    if not inputs:
        return _nothing(refused)
    columns = [_column(one, lesson.rows) for one in inputs]
    groups = lesson.groups or list(range(len(lesson.rows)))
    growth = Growth(trees=lesson.trees, seed=lesson.seed)
    grown = grow(columns, lesson.outcomes, groups, growth, lambda share: told(0.8 * share))
    judged = [i for i, value in enumerate(grown.unseen) if value is not None]
    raw = [value for value in grown.unseen if value is not None]
    outcomes = [lesson.outcomes[i] for i in judged]
    honest = _cross_calibrated(raw, outcomes, lesson.seed)
    measures = measure(honest, outcomes)
    slope, shift = calibration_of(raw, outcomes)
    base = sum(lesson.outcomes) / len(lesson.outcomes)
    model = Model(inputs=inputs, trees=grown.trees, slope=slope, shift=shift, base=base)
    rules = _of_rules([lesson.rule_scores[i] for i in judged], outcomes) if lesson.rule_scores else None
    drift = _drift(lesson, inputs, columns, groups)
    told(0.95)
    return Learned(
        model=model,
        useful=_is_useful(measures),
        measures=measures,
        rules=rules,
        factors=_factors(model, lesson),
        refused=refused,
        drift=drift,
        typical={one.key: shares(one, column.buckets) for one, column in zip(inputs, columns, strict=True)},
    )


def calibrated(raw: float, slope: float, shift: float) -> float:
    """The chance for the mean of the trees; never certain."""
    chance = _logistic(slope * _log_odds(raw) + shift)
    return min(max(chance, _LEAST_CHANCE), 1 - _LEAST_CHANCE)


def calibration_of(raw: Sequence[float], outcomes: Sequence[bool]) -> tuple[float, float]:
    """Slope and shift that turn the trees' mean into honest chances (Platt's scaling, by Newton's method)."""
    slope, shift = 1.0, 0.0
    logits = [_log_odds(value) for value in raw]
    for _ in range(20):
        g0 = g1 = h00 = h01 = h11 = 0.0
        for logit, outcome in zip(logits, outcomes, strict=True):
            chance = _logistic(slope * logit + shift)
            error, curve = outcome - chance, chance * (1 - chance)
            g0, g1 = g0 + error * logit, g1 + error
            h00, h01, h11 = h00 + curve * logit * logit, h01 + curve * logit, h11 + curve
        # A weak pull towards “no change” keeps few leads from bending it.
        g0, h00, h11 = g0 - (slope - 1), h00 + 1.0, h11 + 1e-6
        determinant = h00 * h11 - h01 * h01
        step0, step1 = (h11 * g0 - h01 * g1) / determinant, (h00 * g1 - h01 * g0) / determinant
        slope, shift = max(slope + step0, 0.0), shift + step1
        if abs(step0) + abs(step1) < 1e-8:
            break
    return slope, shift


def _inputs(lesson: Lesson) -> tuple[list[Input], list[dict[str, str]]]:
    # A field that is always written later is in no row; it is told as refused all the same.
    keys = sorted({key for row in lesson.rows for key in row} | lesson.late.keys())
    inputs: list[Input] = []
    refused: list[dict[str, str]] = []
    least = max(10, len(lesson.rows) // 500)
    for key in keys:
        values = [row.get(key) for row in lesson.rows]
        why = _refused(lesson, key, values)
        if why is not None:
            refused.append({"key": key, "why": why.value})
            continue
        one = read_input(key, values, least=least)
        if one is not None:
            inputs.append(one)
    return inputs, refused


def _refused(lesson: Lesson, key: str, values: Sequence[Any]) -> Refused | None:
    if key in lesson.refused:
        return Refused.BY_HAND
    if key in lesson.allowed:
        return None
    given = sum(value not in (None, "", [], {}) for value in values)
    late = lesson.late.get(key, 0)
    if suspicion.written_late(given + late, late):
        return Refused.WRITTEN_LATER
    if suspicion.named_late(lesson.labels.get(key, key)):
        return Refused.NAMED_LATE
    return Refused.TOO_GOOD if suspicion.too_good(values, lesson.outcomes) else None


def _nothing(refused: list[dict[str, str]]) -> Learned:
    return Learned(
        model=None,
        useful=False,
        measures=None,
        rules=None,
        factors=[],
        refused=refused,
        drift={},
        typical={},
    )


def _column(one: Input, rows: Sequence[Mapping[str, Any]]) -> Column:
    return Column(buckets=[one.bucket(row.get(one.key)) for row in rows], ordered=one.numeric)


def _is_useful(measures: Measures) -> bool:
    """Clearly better than chance, and than telling everybody the average."""
    gain = 1 - measures.log_loss / measures.base_log_loss
    return measures.auc_low > _LOWEST_AUC and gain > _LEAST_GAIN


def _cross_calibrated(raw: Sequence[float], outcomes: Sequence[bool], seed: int) -> list[float]:
    """Calibrate each fifth of the leads by the other four, so that the measures stay honest."""
    order = list(range(len(raw)))
    random.Random(seed).shuffle(order)  # noqa: S311 (repeatable, not secret)
    chances = [0.0] * len(raw)
    for fold in range(_FOLDS):
        others = [i for position, i in enumerate(order) if position % _FOLDS != fold]
        slope, shift = calibration_of([raw[i] for i in others], [outcomes[i] for i in others])
        for i in order[fold::_FOLDS]:
            chances[i] = calibrated(raw[i], slope, shift)
    return chances


def _of_rules(scores: Sequence[float], outcomes: Sequence[bool]) -> dict[str, float]:
    measures = measure(scores, outcomes)
    return {"auc": measures.auc, "lift_10": measures.lift_10, "lift_20": measures.lift_20}


def _drift(
    lesson: Lesson, inputs: list[Input], columns: Sequence[Column], groups: Sequence[int]
) -> dict[str, Any]:
    """Whether the newest fifth of the leads is still like the others, learned from without it."""
    split = round(len(lesson.rows) * (1 - _NEWEST))
    old, new = slice(0, split), slice(split, None)
    before, after = lesson.outcomes[old], lesson.outcomes[new]
    if len(set(before)) < 2 or len(set(after)) < 2:
        return {}
    running = [
        one.key for one in inputs if suspicion.is_running_number([r.get(one.key) for r in lesson.rows])
    ]
    older = [Column(buckets=c.buckets[old], ordered=c.ordered) for c in columns]
    growth = Growth(trees=max(lesson.trees // 3, 30), seed=lesson.seed)
    grown = grow(older, before, groups[old], growth)
    pairs = [(r, o) for r, o in zip(grown.unseen, before, strict=True) if r is not None]
    slope, shift = calibration_of([r for r, _ in pairs], [o for _, o in pairs])
    chances = []
    for row in list(zip(*(column.buckets for column in columns), strict=True))[new]:
        raw = sum(tree.value[tree.leaf(row)] for tree in grown.trees) / len(grown.trees)
        chances.append(calibrated(raw, slope, shift))
    measured = measure(chances, after)
    typical = {o.key: shares(o, c.buckets) for o, c in zip(inputs, older, strict=True)}
    return {
        "inputs": drift_of_inputs(inputs, typical, lesson.rows[new], but=running),
        "outcomes": drift_of_outcomes(chances, after),
        "newest": {"auc": measured.auc, "log_loss": measured.log_loss, "brier": measured.brier},
        "running": running,
    }


def _factors(model: Model, lesson: Lesson) -> list[dict[str, Any]]:
    """The inputs by how much they move the chance on average, with the values that move it most."""
    step = max(len(lesson.rows) // 1000, 1)
    seen = lesson.rows[::step]
    moved = dict.fromkeys((one.key for one in model.inputs), 0.0)
    by_span: dict[str, dict[tuple[Any, ...], list[float]]] = {one.key: {} for one in model.inputs}
    for row in seen:
        for one, part in zip(model.inputs, model.judge(row)[1].values(), strict=True):
            moved[one.key] += abs(part)
            by_span[one.key].setdefault(one.span(row.get(one.key)), []).append(part)
    return [
        {"key": key, "moves": round(total / len(seen), 4), "values": _moving(by_span[key], step)}
        for key, total in sorted(moved.items(), key=lambda item: -item[1])
    ]


def _moving(by_span: Mapping[tuple[Any, ...], list[float]], step: int) -> list[dict[str, Any]]:
    values: list[dict[str, Any]] = [
        {"value": list(span), "moves": round(math.fsum(parts) / len(parts), 4), "leads": len(parts) * step}
        for span, parts in by_span.items()
        if len(parts) >= _LEAST_SHOWN
    ]
    return sorted(values, key=lambda value: -abs(value["moves"]))[:_MOST_SHOWN]


def _logistic(value: float) -> float:
    return 1 / (1 + math.exp(-value)) if value >= 0 else 1 - 1 / (1 + math.exp(value))


def _log_odds(value: float) -> float:
    kept = min(max(value, 1e-4), 1 - 1e-4)
    return math.log(kept / (1 - kept))


def _answer_here() -> None:
    if hasattr(os, "nice"):
        os.nice(10)
    lesson = Lesson(**json.load(sys.stdin))
    learned = learn(lesson, lambda share: _say({"progress": round(share, 3)}))
    _say({"learned": learned.as_json()})


def _say(line: Mapping[str, Any]) -> None:
    sys.stdout.write(json.dumps(line) + "\n")
    sys.stdout.flush()


if __name__ == "__main__":
    _answer_here()
