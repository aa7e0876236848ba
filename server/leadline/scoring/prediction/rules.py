"""Pure decisions about the prediction: when it may learn, what it shows, which is better."""

from __future__ import annotations

import json
import zlib
from collections.abc import Mapping
from datetime import datetime, timedelta
from enum import StrEnum
from functools import lru_cache
from typing import Any
from uuid import UUID

from leadline.scoring.prediction.learning import FEWEST_EACH, FEWEST_LEADS, Model

LEARNS_AGAIN_AFTER = timedelta(days=7)
LONGEST_TRAINING = timedelta(minutes=15)
MOST_REASONS = 5
_LEAST_MOVE = 0.005
_CLEARLY = 0.01


class Training(StrEnum):
    """What the learning is doing now."""

    IDLE = "idle"
    WAITING = "waiting"
    RUNNING = "running"
    FAILED = "failed"


class Better(StrEnum):
    """Which puts the leads that were won higher: the prediction, the rules, or neither clearly."""

    PREDICTION = "prediction"
    RULES = "rules"
    NEITHER = "neither"


def enough(closed: int, won: int) -> bool:
    """Whether there is enough to learn from: closed leads in all, and of each outcome."""
    return closed >= FEWEST_LEADS and min(won, closed - won) >= FEWEST_EACH


def is_busy(training: str, asked_at: datetime | None, now: datetime) -> bool:
    """Whether a training is under way; one that has not been heard of for long is not."""
    under_way = training in (Training.WAITING, Training.RUNNING)
    return under_way and asked_at is not None and now - asked_at < LONGEST_TRAINING


def better(report: Mapping[str, Any]) -> Better | None:
    """Which orders held-out leads better; None without a score to compare with."""
    if not report.get("rules") or not report.get("measures"):
        return None
    gap = report["measures"]["auc"] - report["rules"]["auc"]
    if abs(gap) < _CLEARLY:
        return Better.NEITHER
    return Better.PREDICTION if gap > 0 else Better.RULES


def reasons(parts: Mapping[str, float], values: Mapping[str, Any]) -> list[dict[str, Any]]:
    """The inputs that moved this lead's chance most, with its values."""
    telling = sorted(parts.items(), key=lambda part: -abs(part[1]))[:MOST_REASONS]
    return [
        {"key": key, "value": _shown(values.get(key)), "moves": round(moves, 4)}
        for key, moves in telling
        if abs(moves) >= _LEAST_MOVE
    ]


def packed(model: Mapping[str, Any]) -> bytes:
    """A model as it is stored."""
    return zlib.compress(json.dumps(model).encode())


@lru_cache(maxsize=2)
def unpacked(model_id: UUID, version: int, learned: bytes) -> Model:
    """The stored model, ready to judge; the last two stay at hand."""
    return Model.from_json(json.loads(zlib.decompress(learned)))


def _shown(value: Any) -> Any:
    if isinstance(value, list):
        return ", ".join(map(str, value))[:120]
    return value[:120] if isinstance(value, str) else value
