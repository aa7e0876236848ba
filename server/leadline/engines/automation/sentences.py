"""An automation in one sentence: when, if, then."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from leadline.engines.automation import texts
from leadline.engines.automation.models import Automation
from leadline.engines.automation.ports import offers
from leadline.engines.automation.rules import duration, is_duration
from leadline.engines.schema import queries as schema
from leadline.engines.schema.ports import Field, FieldType
from leadline.engines.schema.rules import IDS
from leadline.engines.views import actions as views
from leadline.kit.errors import LeadlineError
from leadline.kit.sentences import Sentence, Value, joined, lowered, say, sentence_from, span, word
from leadline.workspaces.models import Member, Team

_LONGEST_VALUE = 60
_SHOWN = {
    FieldType.TEXT,
    FieldType.NUMBER,
    FieldType.BOOL,
    FieldType.URL,
    FieldType.CHOICE,
    FieldType.MULTI_CHOICE,
    *IDS,
}
_PEOPLE: dict[FieldType, type[Member] | type[Team]] = {FieldType.MEMBER: Member, FieldType.TEAM: Team}
_COMMA, _OR = word("{first}, {second}"), word("{first} or {second}")


class Sentences:
    """Writes sentences; choices that are rows are read once for all of them."""

    def __init__(self) -> None:
        self._choices: dict[str, dict[str, Value]] = {}

    def of(self, automation: Automation) -> Sentence:
        """“When …, if …: do this, wait that, then …”"""
        trigger = offers.triggers.get(automation.trigger_key) or offers.timers.get(automation.trigger_key)
        if trigger is None:
            return say("When “{key}” (not offered any more).", key=automation.trigger_key)
        start = self.start(automation)
        steps = self.steps(automation.steps, trigger.subject_type)
        if automation.conditions:
            condition = condition_words(automation.conditions, trigger.subject_type)
            return say(
                "When {start}, if {condition}: {steps}.", start=start, condition=condition, steps=steps
            )
        return say("When {start}: {steps}.", start=start, steps=steps)

    def start(self, automation: Automation) -> Sentence:
        """What starts it."""
        trigger = offers.triggers.get(automation.trigger_key) or offers.timers.get(automation.trigger_key)
        if trigger is None:
            return say("“{key}” (not offered any more)", key=automation.trigger_key)
        return self._trigger(trigger.label, automation.trigger_options, trigger.fields, trigger.subject_type)

    def steps(self, steps: Sequence[Mapping[str, Any]], object_key: str) -> Value:
        """The steps, one after the other; what is still being built reads as unfinished as it is."""
        if not steps:
            return "…"
        return joined([self._step(step, object_key) for step in steps], word("{first}, then {second}"))

    def label(self, step: Mapping[str, Any], object_key: str) -> Sentence:
        """What a do-step does, with the parameters people know it by."""
        action = offers.actions.get(step.get("action", ""))
        if action is None:
            return say("“{key}” (not offered any more)", key=step.get("action", ""))
        return self._with(lowered(action.label), step.get("with") or {}, action.parameters, object_key)

    def _step(self, step: Mapping[str, Any], object_key: str) -> Sentence:
        kind = step["kind"]
        if kind == "do":
            said = self.label(step, object_key)
            other = step.get("otherwise")
            if not other:
                return said
            steps = self.steps(other, object_key)
            return say("{step} (if that is not possible: {steps})", step=said, steps=steps)
        if kind == "wait":
            return self._wait(step, object_key)
        if kind == "stop":
            return say("stop")
        condition = condition_words(step["when"], object_key)
        said = say(
            "if {condition}: {steps}",
            condition=condition,
            steps=self.steps(step.get("then") or (), object_key),
        )
        other = step.get("else")
        return (
            say("{step}; otherwise {steps}", step=said, steps=self.steps(other, object_key))
            if other
            else said
        )

    def _wait(self, step: Mapping[str, Any], object_key: str) -> Sentence:
        length = span(duration(step["for"]))
        if step.get("calendar") == "business":
            said = say("wait {span} of business time", span=length)
        else:
            said = say("wait {span}", span=length)
        if step.get("until_event"):
            said = say("{step} or until {event}", step=said, event=lowered(offers.label(step["until_event"])))
        if step.get("then"):
            said = say("{step} (if so: {steps})", step=said, steps=self.steps(step["then"], object_key))
        if step.get("otherwise"):
            said = say("{step} (if not: {steps})", step=said, steps=self.steps(step["otherwise"], object_key))
        return said

    def _with(
        self, what: Sentence, given: Mapping[str, Any], fields: Sequence[Field], object_key: str
    ) -> Sentence:
        shown = self._shown(given, fields, object_key)
        return say("{what} ({details})", what=what, details=joined(shown, _COMMA)) if shown else what

    def _shown(self, given: Mapping[str, Any], fields: Sequence[Field], object_key: str) -> list[Value]:
        shown = [self._value(field, given[field.key], object_key) for field in fields if given.get(field.key)]
        return [value for value in shown if value]

    def _trigger(self, label: str, options: Mapping[str, Any], fields: Sequence[Field], key: str) -> Sentence:
        shown = self._shown(options, fields, key)
        # “is untouched for 2 hours” needs no brackets.
        if label.endswith((" for", " after", " reaches")) and len(shown) == 1:
            return say("{start} {detail}", start=lowered(label), detail=shown[0])
        return self._with(lowered(label), options, fields, key)

    def _value(self, field: Field, value: Any, object_key: str) -> Value:
        if field.type not in _SHOWN:
            return ""
        if value is True:
            return lowered(field.label)
        if field.type is FieldType.NUMBER:
            if isinstance(value, str):
                return value
            return say("{number} {unit}", number=f"{value:g}", unit=lowered(field.label))
        if field.type is FieldType.TEXT and isinstance(value, str) and is_duration(value):
            return span(duration(value))
        names = self._names(field, object_key)
        values = value if isinstance(value, list) else [value]
        return joined([names.get(str(one)) or _shortened(str(one)) for one in values], _OR)

    def _names(self, field: Field, object_key: str) -> dict[str, Value]:
        key = f"{object_key}.{field.type}" if field.type in IDS else str(id(field))
        if key not in self._choices:
            self._choices[key] = _names_of(field, object_key)
        return self._choices[key]


def _shortened(text: str) -> str:
    """The text as far as it is shown; a place in it that is filled for each record is three dots."""
    shown = texts.filled(text, {}, empty="…")
    return shown if len(shown) <= _LONGEST_VALUE else f"{shown[: _LONGEST_VALUE - 1]}…"


def _names_of(field: Field, object_key: str) -> dict[str, Value]:
    if field.type in _PEOPLE:
        rows = _PEOPLE[field.type].objects.values_list("id", "name")
        return {str(row_id): name for row_id, name in rows}
    described = [field]
    if field.type is FieldType.STAGE and field.choices is None:
        # An option that means a stage has the choices of the object's own field.
        described += [own for own in schema.object_type(object_key).fields if own.type is FieldType.STAGE]
    return {
        choice.value: choice.label if callable(one.choices) or one.custom else say(choice.label)
        for one in described
        for choice in one.choice_list()
    }


def condition_words(tree: Mapping[str, Any], object_key: str) -> Sentence:
    """The conditions in words, also those that are not valid any more."""
    try:
        return views.describe(tree, object_key)
    except LeadlineError as error:
        return say("(a condition that is not valid any more: {why})", why=sentence_from(error.said))


def as_automation(written: Mapping[str, Any]) -> Automation:
    """What is written, as an automation that was never saved; to be put into words."""
    return Automation(
        name=written["name"],
        trigger_key=written["trigger"]["key"],
        trigger_options=written["trigger"]["options"],
        conditions=written["conditions"],
        steps=written["steps"],
    )
