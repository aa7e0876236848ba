"""Sentences as data: a form and its values, so that each reader gets them in the own language."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta, tzinfo
from typing import Any, TypeAlias

Value: TypeAlias = "str | int | Sentence"

_PLACE = re.compile(r"\{([a-z_]+)\}")
# No sentence of ours is deeper; what is stored may have been written by anybody.
_DEEPEST = 40
_LOWER = "lower"
_MOMENT = "moment"
_UNITS = (
    (604800, "{n} week", "{n} weeks"),
    (86400, "{n} day", "{n} days"),
    (3600, "{n} hour", "{n} hours"),
    (60, "{n} minute", "{n} minutes"),
    (1, "{n} second", "{n} seconds"),
)


@dataclass(frozen=True)
class Sentence:
    """An English form with named places, and what stands in them; `many` is the form for several.

    As text it is English. The form is its code: translations are found by it.
    """

    form: str
    values: Mapping[str, Value] = field(default_factory=dict)
    many: str = ""

    def __str__(self) -> str:
        return filled(self, _english, _plain)

    def __hash__(self) -> int:
        return hash(self.form)

    @property
    def data(self) -> dict[str, Any]:
        """The sentence as JSON, to be stored beside its English text."""
        told: dict[str, Any] = {"say": self.form}
        if self.many:
            told["many"] = self.many
        if self.values:
            told["with"] = {k: v.data if isinstance(v, Sentence) else v for k, v in self.values.items()}
        return told


Text: TypeAlias = str | Sentence


def say(form: str, **values: Value) -> Sentence:
    """A sentence with these values in its places."""
    return Sentence(form, values)


def count(n: int, one: str, many: str) -> Sentence:
    """A number of things; `{n}` is the number."""
    return Sentence(one, {"n": n}, many)


def word(text: str) -> str:
    """The text itself; marks it for the catalogue, because it is translated where it is shown."""
    return text


def lowered(text: Text) -> Sentence:
    """The text as it stands inside a sentence: with a small first letter, where its language has one."""
    return Sentence("{lower}", {_LOWER: sentence_from(text)})


def sentence_from(text: Text) -> Sentence:
    """The text as a sentence, so that a sentence of ours is translated inside another one."""
    return text if isinstance(text, Sentence) else Sentence(text)


def joined(parts: Sequence[Value], form: str) -> Value:
    """Several parts as one, two by two, by a form with {first} and {second}."""
    if len(parts) < 2:
        return parts[0] if parts else ""
    middle = len(parts) // 2
    return say(form, first=joined(parts[:middle], form), second=joined(parts[middle:], form))


def span(length: timedelta) -> Sentence:
    """A length of time in the largest unit that fits, as people say it."""
    seconds = int(length.total_seconds())
    if not seconds:
        return say("no time")
    for size, one, many in _UNITS:
        if seconds % size == 0 and seconds >= size:
            return count(seconds // size, one, many)
    return count(seconds, *_UNITS[-1][1:])


def moment(at: datetime) -> Sentence:
    """A moment, told to the minute in the time of the place where it is read; as text, in UTC."""
    return say("{moment}", moment=at.astimezone(UTC).isoformat())


def sentence_of(told: object, depth: int = 0) -> Sentence | None:
    """The sentence stored as JSON; None for anything else."""
    if not isinstance(told, Mapping) or not isinstance(told.get("say"), str) or depth > _DEEPEST:
        return None
    given = told.get("with")
    values: dict[str, Value] = {}
    for key, value in given.items() if isinstance(given, Mapping) else ():
        inner = sentence_of(value, depth + 1)
        values[str(key)] = inner or (value if isinstance(value, str | int) else "")
    many = told.get("many")
    return Sentence(told["say"], values, many if isinstance(many, str) else "")


def clock_time(at: datetime, zone: tzinfo = UTC) -> str:
    """The moment as a clock in this zone shows it; only UTC is named, for it is nobody's own time."""
    return f"{at.astimezone(zone):%Y-%m-%d %H:%M}" + (" UTC" if zone is UTC else "")


def filled(
    sentence: Sentence,
    translate: Callable[[Sentence], str],
    shown: Callable[[str], str],
    zone: tzinfo = UTC,
) -> str:
    """The sentence in words: forms by `translate`, values of others (names, numbers) by `shown`, moments
    as clocks in the zone show them."""

    def place(found: re.Match[str]) -> str:
        value = sentence.values.get(found[1])
        if isinstance(value, Sentence):
            inner = filled(value, translate, shown, zone)
            return _small(inner) if found[1] == _LOWER else inner
        if found[1] == _MOMENT and (at := _moment_in(value)) is not None:
            return shown(clock_time(at, zone))
        return found[0] if value is None else shown(str(value))

    return _PLACE.sub(place, translate(sentence))


def _moment_in(value: object) -> datetime | None:
    """The moment; None for what was stored as a clock's words."""
    try:
        at = datetime.fromisoformat(value) if isinstance(value, str) else None
    except ValueError:
        return None
    return at if at is not None and at.tzinfo is not None else None


def _small(text: str) -> str:
    # An abbreviation at the beginning (SMS …) keeps its capitals.
    abbreviation = len(text) > 1 and text[:2].isalpha() and text[:2].isupper()
    return text if abbreviation else text[:1].lower() + text[1:]


def _english(sentence: Sentence) -> str:
    return sentence.many if sentence.many and sentence.values.get("n") != 1 else sentence.form


def _plain(text: str) -> str:
    return text
