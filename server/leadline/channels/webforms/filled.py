"""One filled-in form in plain words, whatever tool it came from."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime
from typing import Any

from leadline.kit import text

MAX_ANSWERS = 300
_VALUE_NAMES = ("title", "label", "name", "type", "key", "id", "question")
# An object that holds one of these is somebody's answers, even where a "name" and a "value" are asked for.
_ANSWERS = frozenset(
    {"email", "e_mail", "mail", "phone", "tel", "telephone", "mobile", "message", "company"}
    | {"first_name", "last_name", "firstname", "lastname"}
)


@dataclass(frozen=True, kw_only=True)
class Filled:
    """What was asked and answered. `kinds` names the standard field where the tool itself knows it."""

    key: str = ""
    answers: Mapping[str, Any] = field(default_factory=dict)
    kinds: Mapping[str, str] = field(default_factory=dict)
    attribution: Mapping[str, Any] = field(default_factory=dict)
    form_name: str = ""
    page: str = ""
    at: datetime | None = None
    consent: Mapping[str, Any] = field(default_factory=dict)
    text: str = ""
    note: str = ""
    opens_lead: bool = True


def flat(value: Any) -> dict[str, Any]:
    """Nested values as label → text, number or list of texts; an inner `{type: a, value: x}` is a → x.

    The outermost object is the form itself: its `name` and `value` are two answers.
    """
    answers: dict[str, Any] = {}
    for label, answer in _form(value):
        if len(answers) >= MAX_ANSWERS:
            break
        name = label or "value"
        if name in answers and answers[name] != answer:
            before = answers[name] if isinstance(answers[name], list) else [answers[name]]
            answers[name] = [*before, *(answer if isinstance(answer, list) else [answer])]
        else:
            answers[name] = answer
    return answers


def moment(value: Any) -> datetime | None:
    """The time in an ISO text or in Unix seconds or milliseconds; None when there is none."""
    try:
        if isinstance(value, int | float) or (isinstance(value, str) and value.isdecimal()):
            number = float(value)
            return datetime.fromtimestamp(number / 1000 if number > 1e11 else number, UTC)
        read = datetime.fromisoformat(str(value))
    except (ValueError, OverflowError, OSError):
        return None
    return read.replace(tzinfo=UTC) if read.tzinfo is None else read.astimezone(UTC)


def record(value: Any) -> dict[str, Any]:
    """The value if it is an object, else an empty one: providers leave parts out."""
    return value if isinstance(value, dict) else {}


def records(value: Any) -> list[dict[str, Any]]:
    """The objects of a list; anything else in it is passed over."""
    return [item for item in value if isinstance(item, dict)] if isinstance(value, list) else []


def plain(value: Any) -> str:
    """The value as clean text."""
    return "" if value is None else text.clean(str(value))


def named_value(value: Any) -> str:
    """The name in an object such as `{name: email, value: x}`; empty for anything else."""
    if not isinstance(value, dict) or "value" not in value or _ANSWERS & {str(key).lower() for key in value}:
        return ""
    return next((value[n] for n in _VALUE_NAMES if isinstance(value.get(n), str) and value[n]), "")


def _form(value: Any) -> Iterator[tuple[str, Any]]:
    if not isinstance(value, dict):
        yield from _walk("", value)
        return
    for key, inner in value.items():
        yield from _walk(plain(key), inner)


def _walk(label: str, value: Any) -> Iterator[tuple[str, Any]]:
    if isinstance(value, dict):
        if named := named_value(value):
            yield from _walk(_join(_parent(label), named), value["value"])
            return
        for key, inner in value.items():
            yield from _walk(_join(label, plain(key)), inner)
    elif isinstance(value, list):
        if any(isinstance(item, dict | list) for item in value):
            for item in value:
                yield from _walk(label, item)
        elif kept := [plain(item) for item in value if item is not None and item != ""]:
            yield label, kept
    elif isinstance(value, str):
        yield label, text.clean(value)
    elif value is not None:
        yield label, value


def _join(label: str, name: str) -> str:
    return f"{label}.{name}" if label and name else label or name


def _parent(label: str) -> str:
    # The place of an item in a list of named values says nothing: `fields.0` is only `fields`.
    return label.rsplit(".", 1)[0] if "." in label else ""
