"""An automation in one sentence: when, if, then."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from leadline.engines.automation.models import Automation
from leadline.engines.automation.ports import offers
from leadline.engines.automation.rules import duration, is_duration
from leadline.engines.schema import queries as schema
from leadline.engines.schema.ports import Field, FieldType
from leadline.engines.schema.rules import IDS
from leadline.engines.views import actions as views
from leadline.kit.errors import LeadlineError
from leadline.workspaces.models import Member, Team

_LONGEST_VALUE = 60
_SHOWN = {FieldType.TEXT, FieldType.NUMBER, FieldType.BOOL, FieldType.CHOICE, FieldType.MULTI_CHOICE, *IDS}
_PEOPLE: dict[FieldType, type[Member] | type[Team]] = {FieldType.MEMBER: Member, FieldType.TEAM: Team}
_UNITS = (("week", 604800), ("day", 86400), ("hour", 3600), ("minute", 60), ("second", 1))


class Sentences:
    """Writes sentences; choices that are rows are read once for all of them."""

    def __init__(self) -> None:
        self._choices: dict[str, dict[str, str]] = {}

    def of(self, automation: Automation) -> str:
        """“When …, if …: do this, wait that, then …”"""
        trigger = offers.triggers.get(automation.trigger_key) or offers.timers.get(automation.trigger_key)
        if trigger is None:
            return f"When “{automation.trigger_key}” (not offered any more)."
        start = "When " + self._trigger(
            trigger.label, automation.trigger_options, trigger.fields, trigger.subject_type
        )
        if automation.conditions:
            start += ", if " + _condition(automation.conditions, trigger.subject_type)
        return f"{start}: {self.steps(automation.steps, trigger.subject_type)}."

    def steps(self, steps: Sequence[Mapping[str, Any]], object_key: str) -> str:
        """The steps, one after the other."""
        return ", then ".join(self._step(step, object_key) for step in steps)

    def label(self, step: Mapping[str, Any], object_key: str) -> str:
        """What a do-step does, with the parameters people know it by."""
        action = offers.actions.get(step.get("action", ""))
        if action is None:
            return f"“{step.get('action', '')}” (not offered any more)"
        return _lower(action.label) + self._with(step.get("with") or {}, action.parameters, object_key)

    def _step(self, step: Mapping[str, Any], object_key: str) -> str:
        kind = step["kind"]
        if kind == "do":
            said = self.label(step, object_key)
            other = step.get("otherwise")
            return f"{said} (if that is not possible: {self.steps(other, object_key)})" if other else said
        if kind == "wait":
            return self._wait(step, object_key)
        if kind == "stop":
            return "stop"
        said = f"if {_condition(step['when'], object_key)}: {self.steps(step.get('then') or (), object_key)}"
        other = step.get("else")
        return f"{said}; otherwise {self.steps(other, object_key)}" if other else said

    def _wait(self, step: Mapping[str, Any], object_key: str) -> str:
        said = f"wait {span(step['for'])}"
        if step.get("calendar") == "business":
            said += " of business time"
        if step.get("until_event"):
            said += f" or until {_lower(offers.label(step['until_event']))}"
        if step.get("then"):
            said += f" (if so: {self.steps(step['then'], object_key)})"
        if step.get("otherwise"):
            said += f" (if not: {self.steps(step['otherwise'], object_key)})"
        return said

    def _with(self, given: Mapping[str, Any], fields: Sequence[Field], object_key: str) -> str:
        shown = [self._value(field, given[field.key], object_key) for field in fields if given.get(field.key)]
        shown = [value for value in shown if value]
        return f" ({', '.join(shown)})" if shown else ""

    def _trigger(self, label: str, options: Mapping[str, Any], fields: Sequence[Field], key: str) -> str:
        said = self._with(options, fields, key)
        # “is untouched for 2 hours” needs no brackets.
        if label.endswith((" for", " after", " reaches")) and said.count(",") == 0:
            said = said.replace("(", "").replace(")", "")
        return _lower(label) + said

    def _value(self, field: Field, value: Any, object_key: str) -> str:
        if field.type not in _SHOWN:
            return ""
        if value is True:
            return _lower(field.label)
        if field.type is FieldType.NUMBER:
            return f"{value:g} {_lower(field.label)}" if not isinstance(value, str) else value
        if field.type is FieldType.TEXT and isinstance(value, str) and is_duration(value):
            return span(value)
        names = self._names(field, object_key)
        values = value if isinstance(value, list) else [value]
        return " or ".join(names.get(str(one), str(one)) for one in values)[:_LONGEST_VALUE]

    def _names(self, field: Field, object_key: str) -> dict[str, str]:
        key = f"{object_key}.{field.type}" if field.type in IDS else str(id(field))
        if key not in self._choices:
            self._choices[key] = _names_of(field, object_key)
        return self._choices[key]


def _names_of(field: Field, object_key: str) -> dict[str, str]:
    if field.type in _PEOPLE:
        rows = _PEOPLE[field.type].objects.values_list("id", "name")
        return {str(row_id): name for row_id, name in rows}
    described = [field]
    if field.type is FieldType.STAGE and field.choices is None:
        # An option that means a stage has the choices of the object's own field.
        described += [own for own in schema.object_type(object_key).fields if own.type is FieldType.STAGE]
    return {choice.value: choice.label for one in described for choice in one.choice_list()}


def span(text: str) -> str:
    """“2h” as people say it: “2 hours”."""
    seconds = int(duration(text).total_seconds())
    for name, length in _UNITS:
        if seconds % length == 0 and seconds >= length:
            count = seconds // length
            return f"{count} {name}{'' if count == 1 else 's'}"
    return "no time"


def _condition(tree: Mapping[str, Any], object_key: str) -> str:
    try:
        return views.describe(tree, object_key)
    except LeadlineError as error:
        return f"(a condition that is not valid any more: {error.detail})"


def _lower(label: str) -> str:
    # An abbreviation at the beginning (SMS …) keeps its capitals.
    abbreviation = len(label) > 1 and label[:2].isalpha() and label[:2].isupper()
    return label if abbreviation else label[:1].lower() + label[1:]
