"""How the model reads the values of a lead: each input as one of a few numbered buckets."""

from __future__ import annotations

from bisect import bisect_right
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass
from typing import Any

_MOST_CHOICES = 40
_MOST_STEPS = 64
_FEW = 4
_LONGEST = 120
NOTHING = ""
Values = Mapping[str, Any]


@dataclass(frozen=True, kw_only=True)
class Input:
    """One field: a number by the `steps` it has passed, anything else by its `choices`.

    Bucket 0 is “nothing given” for numbers and “any other value” for choices.
    """

    key: str
    numeric: bool
    steps: tuple[float, ...] = ()
    choices: tuple[str, ...] = ()

    @property
    def size(self) -> int:
        """How many buckets there are."""
        return len(self.steps) + 2 if self.numeric else len(self.choices) + 1

    def bucket(self, value: Any) -> int:
        """The number of the bucket that a value falls into."""
        if self.numeric:
            number = as_number(value)
            return 0 if number is None else bisect_right(self.steps, number) + 1
        try:
            return self.choices.index(as_text(value)) + 1
        except ValueError:
            return 0

    def span(self, value: Any) -> tuple[Any, ...]:
        """What people read for the bucket: a choice, or a wide range of a number (from, below)."""
        bucket = self.bucket(value)
        if not self.numeric:
            return (self.choices[bucket - 1],) if bucket else ()
        if bucket == 0:
            return (NOTHING,)
        cuts = [self.steps[len(self.steps) * part // _FEW] for part in range(1, _FEW)]
        number = as_number(value)
        assert number is not None
        place = bisect_right(cuts, number)
        return (cuts[place - 1] if place else None, cuts[place] if place < len(cuts) else None)

    def as_json(self) -> dict[str, Any]:
        """Plain values to store."""
        return asdict(self)

    @classmethod
    def from_json(cls, plain: Mapping[str, Any]) -> Input:
        """The input that was stored."""
        return cls(
            key=str(plain["key"]),
            numeric=bool(plain["numeric"]),
            steps=tuple(map(float, plain["steps"])),
            choices=tuple(map(str, plain["choices"])),
        )


def read_input(key: str, values: Sequence[Any], *, least: int) -> Input | None:
    """How to read a field with these values; None when they hardly differ, so that it says nothing."""
    texts = Counter(map(as_text, values))
    given = [value for value in values if as_text(value) != NOTHING]
    numbers = [number for number in map(as_number, given) if number is not None]
    if len(numbers) == len(given) and len(set(numbers)) > _FEW:
        found = Input(key=key, numeric=True, steps=_steps(numbers))
    else:
        common = [text for text, count in texts.most_common(_MOST_CHOICES) if count >= least]
        found = Input(key=key, numeric=False, choices=tuple(sorted(common)))
    largest = max(Counter(map(found.bucket, values)).values())
    return found if len(values) - largest >= least else None


def as_number(value: Any) -> float | None:
    """The number a value says, or None."""
    if value is None or isinstance(value, bool):
        return None
    try:
        number = float(value) if isinstance(value, int | float) else float(str(value).strip())
    except (ValueError, OverflowError):
        return None
    return number if abs(number) < 1e300 else None


def as_text(value: Any) -> str:
    """A value as a choice: without case and outer blanks; empty when nothing is given."""
    if value is None or isinstance(value, bool):
        return {None: NOTHING, True: "yes", False: "no"}[value]
    if isinstance(value, list | tuple):
        return ", ".join(sorted(map(as_text, value)))[:_LONGEST]
    return " ".join(str(value).casefold().split())[:_LONGEST]


def _steps(numbers: Sequence[float]) -> tuple[float, ...]:
    ordered = sorted(numbers)
    cuts = {ordered[len(ordered) * part // _MOST_STEPS] for part in range(1, _MOST_STEPS)}
    return tuple(sorted(cut for cut in cuts if cut > ordered[0]))
