"""Say a filter as a sentence."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any
from uuid import UUID

from leadline.engines.schema.ports import Choice, Field, FieldType
from leadline.engines.views.rules import ME, All, Condition, Node, Not
from leadline.infra import tenancy
from leadline.kit.money import Money
from leadline.workspaces.models import Member, Team, Workspace

_WORDS = {
    "eq": "is {}",
    "ne": "is not {}",
    "in": "is {}",
    "not_in": "is not {}",
    "lt": "is less than {}",
    "lte": "is at most {}",
    "gt": "is more than {}",
    "gte": "is at least {}",
    "between": "is between {}",
    "contains": "contains {}",
    "starts_with": "starts with {}",
    "is_empty": "is empty",
    "is_not_empty": "is not empty",
    "within_last": "was in the last {}",
    "within_next": "is in the next {}",
    "before_ago": "was more than {} ago",
    "has_any": "has {}",
    "has_all": "has {}",
}
_TIME_WORDS = {"lt": "is before {}", "lte": "is until {}", "gt": "is after {}", "gte": "is from {} on"}
_MOMENTS = {FieldType.DATE, FieldType.DATETIME}


def sentence_of(node: Node) -> str:
    """The filter in words; ids of members and teams are replaced by names in at most three statements."""
    return _say(node, _names(node), top=True) or "always"


def _say(node: Node, names: _Names, *, top: bool = False) -> str:
    if isinstance(node, Condition):
        return _condition(node, names)
    if isinstance(node, Not):
        return f"not ({_say(node.part, names, top=True) or 'always'})"
    parts = [_say(part, names) or "always" for part in node.parts]
    joined = (" and " if isinstance(node, All) else " or ").join(parts)
    return joined if top or len(parts) < 2 else f"({joined})"


def _condition(asked: Condition, names: _Names) -> str:
    field = asked.field
    words = _TIME_WORDS.get(asked.op) if field.type in _MOMENTS else None
    if field.type is FieldType.BOOL and asked.values:
        yes = asked.values[0] is (asked.op == "eq")
        return f"{field.label} is {'yes' if yes else 'no'}"
    choices = field.choice_list() if asked.values else ()
    values = [_value(field, choices, value, names) for value in asked.values]
    joint = " and " if asked.op in {"between", "has_all"} else " or "
    return f"{field.label} {(words or _WORDS[asked.op]).format(joint.join(values))}"


def _value(field: Field, choices: Any, value: Any, names: _Names) -> str:
    if isinstance(value, UUID):
        found: Choice | None = next((c for c in choices if c.value == str(value)), None)
        return (
            found.label
            if found
            else names.of.get(value, "somebody unknown" if field.type is FieldType.MEMBER else "one unknown")
        )
    if value == ME and field.type in {FieldType.MEMBER, FieldType.TEAM}:
        return "me" if field.type is FieldType.MEMBER else "my team"
    if isinstance(value, timedelta):
        return _span(value)
    if isinstance(value, datetime):
        return f"{value:%Y-%m-%d %H:%M} UTC"
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, str):
        labels = {choice.value: choice.label for choice in choices}
        return labels.get(value) or f"“{value}”"
    if field.type is FieldType.MONEY:
        return Money(int(value), names.currency).format()
    return f"{value:,f}"


def _span(span: timedelta) -> str:
    for unit, size in (("week", 604800), ("day", 86400), ("hour", 3600), ("minute", 60)):
        count, rest = divmod(int(span.total_seconds()), size)
        if rest == 0 and (count or unit == "minute"):
            return f"{count} {unit}" if count == 1 else f"{count} {unit}s"
    return str(span)


@dataclass
class _Names:
    """What a sentence needs from the database, read only when the filter speaks of it."""

    of: dict[UUID, str]
    currency: str = "USD"


def _names(node: Node) -> _Names:
    asked = _asked(node)
    names = _Names({})
    for kind, model in ((FieldType.MEMBER, Member), (FieldType.TEAM, Team)):
        ids = [v for c in asked if c.field.type is kind for v in c.values if isinstance(v, UUID)]
        if ids:
            named = model._default_manager.filter(id__in=ids)
            names.of.update(named.values_list("id", "name"))
    if any(condition.field.type is FieldType.MONEY for condition in asked):
        here = Workspace.objects.filter(id=tenancy.require_current())
        names.currency = here.values_list("currency", flat=True).first() or names.currency
    return names


def _asked(node: Node) -> list[Condition]:
    if isinstance(node, Condition):
        return [node]
    parts = (node.part,) if isinstance(node, Not) else node.parts
    return [condition for part in parts for condition in _asked(part)]
