"""Check what people write before it is saved: options, conditions, steps. Errors name the place."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from typing import Any
from uuid import UUID

from leadline.engines.automation import texts
from leadline.engines.automation.ports import TimerTrigger, Trigger, offers
from leadline.engines.automation.rules import MAX_STEPS, duration
from leadline.engines.schema.ports import Field, FieldType
from leadline.engines.schema.rules import CHOSEN, IDS
from leadline.engines.views import queries as views
from leadline.kit.errors import Invalid
from leadline.kit.sentences import say

MAX_NESTING = 6
MAX_TEXT = 10_000
_EMPTY: tuple[Any, ...] = (None, "", [], {})
_UNSTORABLE = re.compile("[\x00\ud800-\udfff]")
_KINDS: dict[FieldType, type | tuple[type, ...]] = {
    FieldType.NUMBER: (int, float),
    FieldType.MONEY: int,
    FieldType.BOOL: bool,
    FieldType.MULTI_CHOICE: list,
    FieldType.TAGS: list,
}
_SEVERAL = {FieldType.CHOICE, FieldType.MULTI_CHOICE, FieldType.TAGS, *IDS}
_KEYS = {
    "do": {"action", "with", "otherwise"},
    "wait": {"for", "calendar", "until_event", "then", "otherwise"},
    "if": {"when", "then", "else"},
    "stop": {"reason"},
}
_BRANCHES = ("then", "else", "otherwise")


def trigger(key: str) -> Trigger | TimerTrigger:
    """The offered trigger; Invalid (422) when nobody offers it."""
    found = offers.triggers.get(key) or offers.timers.get(key)
    if found is None:
        raise Invalid(say("There is no trigger “{key}”.", key=key), field="trigger.key")
    return found


def options(given: Mapping[str, Any], fields: Sequence[Field], *, field: str) -> dict[str, Any]:
    """The options of a trigger or parameters of an action; unknown, missing, wrong ones are refused."""
    known = {described.key: described for described in fields}
    for key, value in given.items():
        if key not in known:
            raise Invalid(
                say("There is no option “{key}”.", key=key), field=f"{field}.{key}", code="unknown_field"
            )
        if value not in _EMPTY:
            _value(value, known[key], f"{field}.{key}")
    for key, described in known.items():
        if described.required and given.get(key) in _EMPTY:
            raise Invalid(say("“{label}” is needed.", label=described.label), field=f"{field}.{key}")
    return dict(given)


def _value(value: Any, described: Field, field: str) -> None:
    """Invalid (422) unless the value is of the field's kind and among its choices."""
    wanted = _KINDS.get(described.type, str)
    kinds = wanted if isinstance(wanted, tuple) else (wanted,)
    # A lone value may be given as a list of those that fit; template values as an object.
    several = isinstance(value, list) and described.type in _SEVERAL
    lines = isinstance(value, Mapping) and described.type is FieldType.LONG_TEXT
    if not (several or lines) and type(value) not in kinds:
        raise Invalid(
            say("“{label}” cannot be {value}.", label=described.label, value=f"{value!r:.40}"), field=field
        )
    chosen = value if isinstance(value, list) else [value]
    if described.type in IDS and not all(_is_id(one) for one in chosen):
        raise Invalid(say("“{label}” is an id.", label=described.label), field=field)
    allowed = {choice.value for choice in described.choice_list()}
    wrong = [one for one in chosen if allowed and one not in allowed]
    if wrong and described.type in {*CHOSEN, FieldType.STAGE}:
        raise Invalid(
            say("“{label}” has no choice {wrong}.", label=described.label, wrong=f"{wrong[0]!r:.40}"),
            field=field,
        )


def _is_id(value: Any) -> bool:
    try:
        return isinstance(value, str) and bool(UUID(value))
    except ValueError:
        return False


def storable(value: Any, field: str) -> None:
    """Invalid (422) when a text inside the JSON value is too long or holds what cannot be stored."""
    for place, text in texts.texts_in(value, field):
        if len(text) > MAX_TEXT:
            raise Invalid(say("Write at most {max_text} characters.", max_text=MAX_TEXT), field=place)
        if _UNSTORABLE.search(text):
            raise Invalid("The text holds a character that cannot be stored.", field=place)


def conditions(tree: Mapping[str, Any], object_key: str) -> dict[str, Any]:
    """The filter tree, checked; an empty one always holds."""
    return dict(views.check(dict(tree), object_key)) if tree else {}


def ends_on(keys: Sequence[str]) -> list[str]:
    """The keys of triggers that end a run; Invalid (422) for unknown ones and for timers."""
    for key in keys:
        if key not in offers.triggers:
            raise Invalid(say("There is no event “{key}”.", key=key), field="ends_on")
    return list(dict.fromkeys(keys))


def steps(
    written: Sequence[Mapping[str, Any]], object_key: str, *, needed: bool = True
) -> list[dict[str, Any]]:
    """The steps, checked; Invalid (422) names the place, such as steps.2.then.0.with.body.

    One that is still being built may be without, unless they are `needed`.
    """
    if not written and needed:
        raise Invalid("An automation needs at least one step.", field="steps")
    check = _Check(object_key, texts.variables(object_key))
    checked = check.steps(written, "steps", 0)
    if check.count > MAX_STEPS:
        raise Invalid(say("An automation has at most {max_steps} steps.", max_steps=MAX_STEPS), field="steps")
    return checked


def events_waited_for(written: Sequence[Mapping[str, Any]]) -> list[str]:
    """The trigger keys that wake a wait of these steps."""
    found: list[str] = []
    for step in written:
        if step.get("until_event"):
            found.append(step["until_event"])
        for branch in _BRANCHES:
            found += events_waited_for(step.get(branch) or ())
    return found


class _Check:
    """One pass over the steps of one automation."""

    def __init__(self, object_key: str, variables: frozenset[str]) -> None:
        self.object_key = object_key
        self.variables = variables
        self.count = 0

    def steps(self, written: Any, field: str, depth: int) -> list[dict[str, Any]]:
        if not isinstance(written, list | tuple) or depth > MAX_NESTING:
            raise Invalid("Steps are a list, nested at most six deep.", field=field)
        return [self.step(step, f"{field}.{index}", depth) for index, step in enumerate(written)]

    def step(self, step: Any, field: str, depth: int) -> dict[str, Any]:
        kind = step.get("kind") if isinstance(step, Mapping) else None
        if kind not in _KEYS:
            raise Invalid("A step is one of: do, wait, if, stop.", field=f"{field}.kind")
        for key in step:
            if key != "kind" and key not in _KEYS[kind]:
                raise Invalid(
                    say("A step “{kind}” has no “{key}”.", kind=kind, key=key),
                    field=f"{field}.{key}",
                    code="unknown_field",
                )
        self.count += 1
        checked = {**step, **getattr(self, f"_{kind}")(step, field)}
        for branch in _BRANCHES:
            if branch in step:
                checked[branch] = self.steps(step[branch], f"{field}.{branch}", depth + 1)
        return checked

    def _do(self, step: Mapping[str, Any], field: str) -> dict[str, Any]:
        action = offers.actions.get(str(step.get("action", "")))
        if action is None or self.object_key not in action.subject_types:
            raise Invalid(
                say("There is no action “{value}”.", value=step.get("action", "")), field=f"{field}.action"
            )
        given = step.get("with") or {}
        if not isinstance(given, Mapping):
            raise Invalid("Parameters are an object.", field=f"{field}.with")
        checked = options(given, action.parameters, field=f"{field}.with")
        for place, text in texts.texts_in(checked, f"{field}.with"):
            texts.check(text, self.variables, field=place)
        try:
            action.check(checked)
        except Invalid as error:
            raise Invalid(error.said, field=f"{field}.with.{error.field}", code=error.code) from error
        return {"with": checked}

    def _wait(self, step: Mapping[str, Any], field: str) -> dict[str, Any]:
        duration(step.get("for", ""), field=f"{field}.for")
        if step.get("calendar", "always") not in ("always", "business"):
            raise Invalid("A wait counts always, or business hours.", field=f"{field}.calendar")
        until = step.get("until_event")
        if until and until not in offers.triggers:
            raise Invalid(say("There is no event “{until}”.", until=until), field=f"{field}.until_event")
        return {}

    def _if(self, step: Mapping[str, Any], field: str) -> dict[str, Any]:
        when = step.get("when")
        if not isinstance(when, Mapping) or not when:
            raise Invalid("An if needs a condition.", field=f"{field}.when")
        return {"when": conditions(when, self.object_key)}

    def _stop(self, step: Mapping[str, Any], field: str) -> dict[str, Any]:
        if not isinstance(step.get("reason", ""), str):
            raise Invalid("A reason is a text.", field=f"{field}.reason")
        return {}
