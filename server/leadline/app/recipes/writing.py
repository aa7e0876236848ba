"""How recipes are written down: as data with a place for each choice and each language."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from types import MappingProxyType
from typing import Any

from leadline.engines.automation.ports import Recipe, offers
from leadline.engines.schema.ports import Field, FieldType
from leadline.infra import tenancy
from leadline.infra.language import in_language
from leadline.leads import queries as leads
from leadline.leads.models import Stage
from leadline.leads.rules import DEFAULT_STAGES

Step = Mapping[str, Any]
# Texts that differ by language: the words in each, English first.
Words = Mapping[str, str]
_BRANCHES = ("then", "else", "otherwise")
_NOTHING: Mapping[str, Any] = MappingProxyType({})


@dataclass(frozen=True)
class Chosen:
    """A place that is filled with what was chosen for the field of this key."""

    key: str


@dataclass(frozen=True)
class StageCalled:
    """A stage that new workspaces have, by its English name; suggested where it still has its name."""

    name: str


@dataclass(frozen=True)
class Ask:
    """Something to choose, and what is suggested: a plain value, words, or a stage."""

    field: Field
    suggested: Any = None


@dataclass(frozen=True, kw_only=True)
class Written:
    """One recipe as data. `shipped` ones are made and switched on with every new workspace."""

    key: str
    name: Words
    purpose: str
    trigger: str
    options: Mapping[str, Any] = field(default_factory=dict)
    conditions: Mapping[str, Any] = field(default_factory=dict)
    steps: Sequence[Step]
    ends_on: Sequence[str] = ()
    asks: Sequence[Ask] = ()
    shipped: bool = False

    def can_run(self) -> bool:
        """Whether the rooms of this house offer all it is made of."""
        known = self.trigger in offers.triggers or self.trigger in offers.timers
        actions = {step["action"] for step in _all_steps(self.steps) if step["kind"] == "do"}
        return known and actions <= offers.actions.keys()

    def offered(self) -> Recipe:
        """The recipe as the engine takes it."""
        return Recipe(
            key=self.key,
            name=lambda language: str(_said(self.name, language)),
            purpose=self.purpose,
            fields=[ask.field for ask in self.asks],
            suggest=self._suggestions,
            write=self._values,
        )

    def _suggestions(self, language: str) -> dict[str, Any]:
        found = {ask.field.key: _suggested(ask.suggested, language) for ask in self.asks}
        return {key: value for key, value in found.items() if value not in (None, "")}

    def _values(self, language: str, choices: Mapping[str, Any]) -> dict[str, Any]:
        words = {**choices, **_names_of_stages(self.asks, choices)}

        def said(part: Any) -> Any:
            return _said(part, language, choices, words)

        return {
            "name": said(self.name),
            "trigger": {"key": self.trigger, "options": _given(said(self.options))},
            "conditions": said(self.conditions),
            "steps": said(list(self.steps)),
            "ends_on": [key for key in self.ends_on if key in offers.triggers],
        }


def _all_steps(steps: Sequence[Step]) -> list[Step]:
    inner = [step.get(branch, ()) for step in steps for branch in _BRANCHES]
    return [*steps, *(found for branch in inner for found in _all_steps(branch))]


def _stages() -> Sequence[Stage]:
    """The stages, read once for all recipes of a transaction."""
    return tenancy.kept("recipes.stages", lambda: list(leads.stages_in_use()))


def _suggested(value: Any, language: str) -> Any:
    if not isinstance(value, StageCalled):
        return _said(value, language)
    named = {in_language(language, spec.name) for spec in DEFAULT_STAGES if spec.name == value.name}
    return next((str(stage.id) for stage in _stages() if stage.name in named), None)


def _names_of_stages(asks: Sequence[Ask], choices: Mapping[str, Any]) -> dict[str, str]:
    keys = [ask.field.key for ask in asks if ask.field.type is FieldType.STAGE and choices.get(ask.field.key)]
    names = {str(stage.id): stage.name for stage in _stages()} if keys else {}
    return {key: names.get(str(choices[key]), "") for key in keys}


def _said(
    value: Any, language: str, choices: Mapping[str, Any] = _NOTHING, words: Mapping[str, Any] = _NOTHING
) -> Any:
    """The value with words replaced by the text of the language, and places by what was chosen."""
    if isinstance(value, Chosen):
        return choices.get(value.key)
    if isinstance(value, Mapping):
        if "en" in value:
            return _filled(value.get(language) or value["en"], words)
        return {key: _given_parts(_said(part, language, choices, words), key) for key, part in value.items()}
    if isinstance(value, list | tuple):
        return [_said(part, language, choices, words) for part in value]
    return value


def _filled(text: str, words: Mapping[str, Any]) -> str:
    """The text with its `<key>` replaced by what was chosen, as people call it."""
    for key, chosen in words.items():
        text = text.replace(f"<{key}>", str(chosen))
    return text


def _given_parts(value: Any, key: str) -> Any:
    """Parameters of a step without those nobody chose."""
    return _given(value) if key == "with" else value


def _given(values: Mapping[str, Any]) -> dict[str, Any]:
    return {key: value for key, value in values.items() if value is not None}
