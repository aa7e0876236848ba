"""How good predicted chances are: pure arithmetic on what was predicted and what came out."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import asdict, dataclass
from typing import Any

BINS = 10
_Z95 = 1.96
_LEAST = 1e-6


@dataclass(frozen=True, kw_only=True)
class CalibrationBin:
    """Leads with similar predicted chances: what was predicted on average, and what came out."""

    predicted: float
    happened: float
    count: int


@dataclass(frozen=True, kw_only=True)
class Measures:
    """The quality of predictions on leads that the model has not seen."""

    leads: int
    won: int
    auc: float
    auc_low: float
    auc_high: float
    log_loss: float
    base_log_loss: float
    brier: float
    base_brier: float
    calibration_error: float
    lift_10: float
    lift_20: float
    calibration: tuple[CalibrationBin, ...]

    def as_json(self) -> dict[str, Any]:
        """Plain values to store and show."""
        return {**asdict(self), "calibration": [asdict(one) for one in self.calibration]}


def measure(chances: Sequence[float], outcomes: Sequence[bool]) -> Measures:
    """All measures at once; both outcomes must occur."""
    ranked = auc(chances, outcomes)
    won = sum(outcomes)
    low, high = auc_bounds(ranked, won, len(outcomes) - won)
    rate = won / len(outcomes)
    table = calibration(chances, outcomes)
    return Measures(
        leads=len(outcomes),
        won=won,
        auc=ranked,
        auc_low=low,
        auc_high=high,
        log_loss=log_loss(chances, outcomes),
        base_log_loss=log_loss([rate] * len(outcomes), outcomes),
        brier=brier(chances, outcomes),
        base_brier=rate * (1 - rate),
        calibration_error=calibration_error(table),
        lift_10=lift(chances, outcomes, 0.1),
        lift_20=lift(chances, outcomes, 0.2),
        calibration=tuple(table),
    )


def auc(scores: Sequence[float], outcomes: Sequence[bool]) -> float:
    """How often a lead that was won stands above one that was lost; ties count half."""
    order = sorted(range(len(scores)), key=scores.__getitem__)
    won = sum(outcomes)
    ranks = 0.0
    start = 0
    while start < len(order):
        end = start
        while end < len(order) and scores[order[end]] == scores[order[start]]:
            end += 1
        ranks += sum(outcomes[i] for i in order[start:end]) * (start + end + 1) / 2
        start = end
    return (ranks - won * (won + 1) / 2) / (won * (len(order) - won))


def auc_bounds(area: float, won: int, lost: int) -> tuple[float, float]:
    """The range that holds the true area 95 times of 100 (Hanley and McNeil, 1982)."""
    q1, q2 = area / (2 - area), 2 * area * area / (1 + area)
    spread = area * (1 - area) + (won - 1) * (q1 - area * area) + (lost - 1) * (q2 - area * area)
    error = math.sqrt(max(spread, 0.0) / (won * lost))
    return max(area - _Z95 * error, 0.0), min(area + _Z95 * error, 1.0)


def log_loss(chances: Sequence[float], outcomes: Sequence[bool]) -> float:
    """The surprise per lead; a sure prediction that fails costs most."""
    total = 0.0
    for chance, outcome in zip(chances, outcomes, strict=True):
        kept = min(max(chance, _LEAST), 1 - _LEAST)
        total -= math.log(kept if outcome else 1 - kept)
    return total / len(outcomes)


def brier(chances: Sequence[float], outcomes: Sequence[bool]) -> float:
    """The mean squared distance between chance and outcome."""
    return sum((c - o) ** 2 for c, o in zip(chances, outcomes, strict=True)) / len(outcomes)


def calibration(chances: Sequence[float], outcomes: Sequence[bool], bins: int = BINS) -> list[CalibrationBin]:
    """Tenths of the leads from the lowest to the highest chance; leads with one chance stay together."""
    order = sorted(range(len(chances)), key=chances.__getitem__)
    table: list[CalibrationBin] = []
    start = 0
    for part in range(1, bins + 1):
        end = max(round(len(order) * part / bins), start)
        while 0 < end < len(order) and chances[order[end]] == chances[order[end - 1]]:
            end += 1
        rows = order[start:end]
        start = end
        if rows:
            table.append(
                CalibrationBin(
                    predicted=sum(chances[i] for i in rows) / len(rows),
                    happened=sum(outcomes[i] for i in rows) / len(rows),
                    count=len(rows),
                )
            )
    return table


def calibration_error(table: Sequence[CalibrationBin]) -> float:
    """How far predicted and happened are apart on average, per lead."""
    total = sum(one.count for one in table)
    return sum(abs(one.predicted - one.happened) * one.count for one in table) / total


def lift(scores: Sequence[float], outcomes: Sequence[bool], share: float) -> float:
    """How many times more wins than average are among the highest share; equal scores share their wins."""
    rate = sum(outcomes) / len(outcomes)
    wanted = max(round(len(scores) * share), 1)
    border = sorted(scores, reverse=True)[wanted - 1]
    above = [o for s, o in zip(scores, outcomes, strict=True) if s > border]
    tied = [o for s, o in zip(scores, outcomes, strict=True) if s == border]
    wins = sum(above) + sum(tied) / len(tied) * (wanted - len(above))
    return wins / wanted / rate
