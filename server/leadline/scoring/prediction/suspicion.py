"""Which fields may not be inputs, because they are written while a lead is worked and so tell the outcome."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from enum import StrEnum
from typing import Any

from leadline.scoring.prediction.encoding import as_number, as_text, read_input
from leadline.scoring.prediction.measuring import auc

LATE_SHARE = 0.1
TOO_GOOD = 0.9
_LEAST_LATE = 5
_SMOOTH = 20
_RUNNING = 0.95
_LEAST_NUMBERS = 50

# Words in the name of a field that people or systems fill in after the first contact.
_WORDS = """
tag tags quality score index rating grade profile status stage phase reason outcome result
disposition duration last latest closed close closing won lost converted conversion notable
remark remarks note notes feedback objection objections probability forecast invoice paid
revenue תגית תגיות סטטוס שלב סיבה תוצאה ציון דירוג איכות אחרון אחרונה סגירה הערה הערות משך
"""
_LATE_WORDS = frozenset(_WORDS.split())


class Refused(StrEnum):
    """Why a field is no input."""

    BY_HAND = "by_hand"
    WRITTEN_LATER = "written_later"
    NAMED_LATE = "named_late"
    TOO_GOOD = "too_good"


def named_late(name: str) -> bool:
    """Whether the name of a field says that it is written while a lead is worked."""
    words = re.split(r"[^a-z\u0590-\u05ff]+", name.casefold())
    return not _LATE_WORDS.isdisjoint(words)


def written_late(given: int, late: int) -> bool:
    """Whether too many of the values were written after the lead came in."""
    return late >= _LEAST_LATE and late >= LATE_SHARE * given


def alone(values: Sequence[Any], outcomes: Sequence[bool]) -> float:
    """How well one field alone orders the outcomes (AUC); rare values lean towards the rate of all.

    Each lead is judged by the other leads with its value, so that a value that occurs once says nothing.
    """
    read = read_input("", values, least=10)
    buckets = [read.bucket(value) for value in values] if read else [0] * len(values)
    rate = sum(outcomes) / len(outcomes)
    counts, wins = Counter(buckets), Counter(b for b, o in zip(buckets, outcomes, strict=True) if o)
    return auc(
        [
            (wins[b] - o + rate * _SMOOTH) / (counts[b] - 1 + _SMOOTH)
            for b, o in zip(buckets, outcomes, strict=True)
        ],
        outcomes,
    )


def too_good(values: Sequence[Any], outcomes: Sequence[bool]) -> bool:
    """Whether one field alone tells the outcome so well that it must have been written after it."""
    return alone(values, outcomes) >= TOO_GOOD


def is_running_number(values: Sequence[Any]) -> bool:
    """Whether the values are a running number, such as an id: whole, and nearly every lead has its own."""
    numbers = [as_number(value) for value in values if as_text(value)]
    known = [number for number in numbers if number is not None and number.is_integer()]
    return len(known) >= max(len(numbers), _LEAST_NUMBERS) and len(set(known)) >= _RUNNING * len(known)
