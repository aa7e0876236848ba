"""Say a filter as a sentence."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any
from uuid import UUID

from leadline.engines.schema.ports import Field, FieldType
from leadline.engines.views.rules import ME, All, Condition, Node, Not
from leadline.infra import tenancy
from leadline.kit.money import Money
from leadline.kit.sentences import Sentence, Value, joined, lowered, moment, say, span, word
from leadline.workspaces.models import Member, Team, Workspace

_WORDS = {
    "eq": word("{field} is {value}"),
    "ne": word("{field} is not {value}"),
    "in": word("{field} is {value}"),
    "not_in": word("{field} is not {value}"),
    "lt": word("{field} is less than {value}"),
    "lte": word("{field} is at most {value}"),
    "gt": word("{field} is more than {value}"),
    "gte": word("{field} is at least {value}"),
    "between": word("{field} is between {value}"),
    "contains": word("{field} contains {value}"),
    "starts_with": word("{field} starts with {value}"),
    "is_empty": word("{field} is empty"),
    "is_not_empty": word("{field} is not empty"),
    "within_last": word("{field} was in the last {value}"),
    "within_next": word("{field} is in the next {value}"),
    "before_ago": word("{field} was more than {value} ago"),
    "has_any": word("{field} has {value}"),
    "has_all": word("{field} has {value}"),
}
_TIME_WORDS = {
    "lt": word("{field} is before {value}"),
    "lte": word("{field} is until {value}"),
    "gt": word("{field} is after {value}"),
    "gte": word("{field} is from {value} on"),
}
_MOMENTS = {FieldType.DATE, FieldType.DATETIME}
_AND, _OR = word("{first} and {second}"), word("{first} or {second}")


def sentence_of(node: Node) -> Sentence:
    """The filter in words; ids of members and teams are replaced by names in at most three statements."""
    return _say(node, _names(node), top=True)


def _say(node: Node, names: _Names, *, top: bool = False) -> Sentence:
    if isinstance(node, Condition):
        return _condition(node, names, top=top)
    if isinstance(node, Not):
        return say("not ({what})", what=_say(node.part, names, top=True))
    if not node.parts:
        return say("always")
    parts = [_say(part, names) for part in node.parts]
    if len(parts) == 1:
        return _say(node.parts[0], names, top=top)
    whole = say("{whole}", whole=joined(parts, _AND if isinstance(node, All) else _OR))
    return whole if top else say("({whole})", whole=whole)


def _condition(asked: Condition, names: _Names, *, top: bool) -> Sentence:
    field = asked.field
    label = field.label if field.custom else say(field.label)
    if asked.op == "is_not_empty" and field.always:
        # Nobody says of what everything has that it is not empty.
        return say("Any {field}", field=lowered(label)) if top else say("any {field}", field=lowered(label))
    words = _TIME_WORDS.get(asked.op) if field.type in _MOMENTS else None
    if field.type is FieldType.BOOL and asked.values:
        yes = asked.values[0] is (asked.op == "eq")
        return say("{field} is yes", field=label) if yes else say("{field} is no", field=label)
    choices = field.choice_list() if asked.values else ()
    values = [_value(field, choices, value, names) for value in asked.values]
    value = joined(values, _AND if asked.op in {"between", "has_all"} else _OR)
    return Sentence(words or _WORDS[asked.op], {"field": label, "value": value})


def _value(field: Field, choices: Any, value: Any, names: _Names) -> Value:
    labels = {choice.value: choice.label for choice in choices}
    if isinstance(value, UUID):
        known = labels.get(str(value)) or names.of.get(value)
        nobody = say("somebody unknown") if field.type is FieldType.MEMBER else say("one unknown")
        return known or nobody
    if value == ME and field.type in {FieldType.MEMBER, FieldType.TEAM}:
        return say("me") if field.type is FieldType.MEMBER else say("my team")
    if isinstance(value, timedelta):
        return span(value)
    if isinstance(value, datetime):
        return moment(value)
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, str):
        if value in labels:
            return labels[value] if field.custom or callable(field.choices) else say(labels[value])
        return say("“{text}”", text=value)
    if field.type is FieldType.MONEY:
        return Money(int(value), names.currency).format()
    return f"{value:,f}"


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
