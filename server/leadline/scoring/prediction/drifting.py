"""Whether leads of today are still like those that were learned from."""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Collection, Mapping, Sequence
from typing import Any

from leadline.scoring.prediction.encoding import Input

# The usual reading of the population stability index: above 0.25 the population is another one.
MOST_SHIFT = 0.25
FEWEST = 100
_GROUPS = 10
_SURE = 3.0
_LEAST_GAP = 0.03


def shares(one: Input, buckets: Sequence[int]) -> list[float]:
    """How the leads spread over the buckets of an input."""
    counts = Counter(buckets)
    return [round(counts[bucket] / len(buckets), 5) for bucket in range(one.size)]


def stability(before: Sequence[float], after: Sequence[float], leads: int) -> float:
    """The population stability index of two spreads over the same buckets."""
    total = 0.0
    for expected, found in zip(before, after, strict=True):
        # An empty bucket counts as half a lead, so that the logarithm stays finite.
        a, b = max(expected, 0.5 / leads), max(found, 0.5 / leads)
        total += (b - a) * math.log(b / a)
    return total


def drift_of_inputs(
    inputs: Sequence[Input],
    typical: Mapping[str, Sequence[float]],
    rows: Sequence[Mapping[str, Any]],
    but: Collection[str] = (),
) -> list[dict[str, Any]]:
    """The inputs whose values are spread otherwise than when they were learned, worst first.

    Running numbers (`but`) always move on and are not told; too few leads say nothing.
    """
    if len(rows) < FEWEST:
        return []
    found = []
    for one in inputs:
        if one.key in but:
            continue
        now = shares(one, [one.bucket(row.get(one.key)) for row in rows])
        shift = stability(_grouped(one, typical[one.key]), _grouped(one, now), len(rows))
        if shift > MOST_SHIFT:
            found.append({"key": one.key, "shift": round(shift, 3)})
    return sorted(found, key=lambda drifted: -float(drifted["shift"]))


def drift_of_outcomes(chances: Sequence[float], outcomes: Sequence[bool]) -> dict[str, Any] | None:
    """What was predicted and what happened, when they differ by more than chance explains; else None."""
    if len(outcomes) < FEWEST:
        return None
    predicted = sum(chances) / len(chances)
    happened = sum(outcomes) / len(outcomes)
    error = math.sqrt(sum(chance * (1 - chance) for chance in chances)) / len(chances)
    if abs(predicted - happened) <= max(_SURE * error, _LEAST_GAP):
        return None
    return {"predicted": round(predicted, 4), "happened": round(happened, 4), "leads": len(outcomes)}


def _grouped(one: Input, spread: Sequence[float]) -> list[float]:
    """About ten buckets of a number, so that a small sample does not look like drift."""
    if not one.numeric or len(spread) <= _GROUPS:
        return list(spread)
    size = math.ceil((len(spread) - 1) / _GROUPS)
    return [spread[0], *(sum(spread[i : i + size]) for i in range(1, len(spread), size))]
