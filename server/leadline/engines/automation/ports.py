"""What rooms offer to automations: triggers, actions, subjects, a calendar; and what an action is given."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum
from typing import Any, Protocol, TypeVar
from uuid import UUID

from leadline.engines.schema.ports import Field
from leadline.infra.events import Event
from leadline.kit.business_hours import Calendar
from leadline.kit.sentences import Text
from leadline.workspaces.actor import Actor

Options = Mapping[str, Any]
T = TypeVar("T")


class StepTrouble(Exception):
    """Raised instead of an outcome; the sentence and the facts are shown in the run."""

    def __init__(self, said: Text, **facts: Any) -> None:
        super().__init__(str(said))
        self.said: Text = said
        self.facts: dict[str, Any] = facts


class StepRefused(StepTrouble):
    """An action cannot be done for this subject; trying again would not help.

    The step's `otherwise` is taken where there is one.
    """


class StepFailed(StepTrouble):
    """It was surely not done, and is tried again later."""


class StepUncertain(StepTrouble):
    """It may have been done, and must not be done twice: only a person tries it again."""


def equal_options(event: Any, options: Options) -> bool:
    """Every option that is set equals the event's attribute of the same name; a list holds it."""
    for key, wanted in options.items():
        value = getattr(event, key, None)
        value = str(value) if isinstance(value, UUID) else value
        if (
            wanted not in (None, "", [])
            and value != wanted
            and not (isinstance(wanted, list) and value in wanted)
        ):
            return False
    return True


@dataclass(frozen=True)
class Happening:
    """Something that happened at that moment."""

    at: datetime
    event: Event


# What happened from the first moment until before the second.
Recall = Callable[[datetime, datetime], Iterable[Happening]]


@dataclass(frozen=True)
class Trigger:
    """Something that happens and can start a run, wake a waiting one, or end one.

    `matches` decides with the trigger's options (described by `fields`). `occurrence` names what may start
    an automation only once per subject; without it every event counts, each exactly once. `recall` tells
    from the room's own rows what happened before the recorded events begin, for dry runs.
    """

    key: str
    label: str
    event: type[Event]
    subject: Callable[[Any], UUID | None]
    subject_type: str = "lead"
    fields: Sequence[Field] = ()
    matches: Callable[[Any, Options], bool] = equal_options
    occurrence: Callable[[Any], str] | None = None
    recall: Recall | None = None


class Timed(Protocol):
    """The automation as a timer trigger sees it."""

    id: UUID
    workspace_id: UUID
    trigger_options: dict[str, Any]
    enabled_at: datetime | None


# (workspace, subject, what occurred); the same three never start a second run.
Occurrence = tuple[UUID, UUID, str]
# (subject, what occurred, when it fell due).
Fallen = tuple[UUID, str, datetime]


@dataclass(frozen=True)
class TimerTrigger:
    """Something that falls due by the clock.

    `due(automation, now, limit)` is asked inside the automation's workspace and leaves out what
    `queries.already_run(automation)` knows, and what fell due before the automation was switched on.
    `recall(automation, since, until, limit)` tells what would have fallen due after the first moment and by
    the second, for dry runs; without it only what is still due now is known.
    """

    key: str
    label: str
    due: Callable[[Timed, datetime, int], Iterable[Occurrence]]
    subject_type: str = "lead"
    fields: Sequence[Field] = ()
    recall: Callable[[Timed, datetime, datetime, int], Iterable[Fallen]] | None = None


@dataclass(frozen=True, kw_only=True)
class StepContext:
    """What an action is given. It runs inside the transaction of its step: raising undoes everything.

    `given` holds the parameters with placeholders filled; `record` the subject's values by field key;
    `our_ref` is the same whenever this step of this run is tried, for sends that must not happen twice.
    """

    actor: Actor
    automation_id: UUID
    automation_name: str
    run_id: UUID
    subject_type: str
    subject_id: UUID
    record: Mapping[str, Any]
    given: Mapping[str, Any]
    event: Mapping[str, Any]
    our_ref: str
    now: datetime


Outcome = Mapping[str, Any]


class Reach(StrEnum):
    """How far an action reaches. What reaches out of the house may be interrupted between the doing and the
    writing down: the other side knows a `repeatable` one by our reference, and a `once` is left alone."""

    INSIDE = "inside"
    REPEATABLE = "repeatable"
    ONCE = "once"


@dataclass(frozen=True)
class Errand:
    """What an action that reaches out leaves to be done after its transaction, outside any other.

    `go` answers or raises as `run` does; what else it raises counts as uncertain for a `once`. `record`
    writes what came of it, in one transaction with the step's log, even when the run was ended meanwhile.
    """

    go: Callable[[], Outcome]
    record: Callable[[Outcome], object] = lambda outcome: None


@dataclass(frozen=True)
class Action:
    """Something a step can do. `run` answers with what the run's log shows; it raises StepRefused, or a
    LeadlineError below 500, when it is not possible, anything else when it may be tried again. With a `reach`
    it may answer with an errand. `check` refuses (Invalid) parameters that could never work."""

    key: str
    label: str
    parameters: Sequence[Field]
    run: Callable[[StepContext], Outcome | Errand]
    subject_types: Collection[str] = ("lead",)
    reach: Reach = Reach.INSIDE
    check: Callable[[Mapping[str, Any]], None] = lambda given: None


@dataclass(frozen=True)
class Subject:
    """An object runs are about. `load` gives the values by field key of those ids that still exist, in a
    fixed number of statements; `name` is shown as its title, `contact_id` joins its timeline. `told` are the
    keys of the fields that other people's servers get to know."""

    object_key: str
    load: Callable[[Collection[UUID]], Mapping[UUID, Mapping[str, Any]]]
    told: Collection[str] = ()


@dataclass(frozen=True, kw_only=True)
class Recipe:
    """An automation ready to be taken over, with what may be chosen before.

    `name(language)` is what it is called, `purpose` what it is good for. `fields` describe the choices and
    `suggest(language)` makes them for the running workspace, as far as it can; `write(language, choices)`
    gives the values the automation is made from.
    """

    key: str
    name: Callable[[str], str]
    purpose: str
    fields: Sequence[Field]
    suggest: Callable[[str], Mapping[str, Any]]
    write: Callable[[str, Mapping[str, Any]], dict[str, Any]]


@dataclass
class Offers:
    """Everything offered, by key."""

    triggers: dict[str, Trigger] = field(default_factory=dict)
    timers: dict[str, TimerTrigger] = field(default_factory=dict)
    actions: dict[str, Action] = field(default_factory=dict)
    subjects: dict[str, Subject] = field(default_factory=dict)
    recipes: dict[str, Recipe] = field(default_factory=dict)
    calendar: Callable[[], Calendar | None] | None = None

    def label(self, trigger_key: str) -> str:
        """What people read for a trigger; its key when nobody offers it any more."""
        found = self.triggers.get(trigger_key) or self.timers.get(trigger_key)
        return found.label if found else trigger_key


offers = Offers()
# The engine listens to each class of event once, however many triggers stand on it.
_listen: list[Callable[[type[Event]], None]] = []
_heard: set[type[Event]] = set()


def listen_with(listen: Callable[[type[Event]], None]) -> None:
    """The engine says how it listens to a class of event."""
    _listen[:] = [listen]
    for trigger in offers.triggers.values():
        _hear(trigger.event)


def offer_trigger(trigger: Trigger) -> None:
    """A room offers something that happens."""
    _add(offers.triggers, trigger.key, trigger)
    _hear(trigger.event)


def _add(known: dict[str, T], key: str, offer: T) -> None:
    if key in known:
        raise ValueError(f"Two rooms offer “{key}” to automations.")
    known[key] = offer


def _hear(kind: type[Event]) -> None:
    if kind not in _heard and _listen:
        _heard.add(kind)
        _listen[0](kind)


def offer_timer_trigger(trigger: TimerTrigger) -> None:
    """A room offers something that falls due by the clock."""
    _add(offers.timers, trigger.key, trigger)


def offer_action(action: Action) -> None:
    """A room offers something a step can do."""
    _add(offers.actions, action.key, action)


def offer_recipe(recipe: Recipe) -> None:
    """Somebody above offers an automation that is ready to be taken over."""
    _add(offers.recipes, recipe.key, recipe)


def offer_subject(
    object_key: str,
    *,
    load: Callable[[Collection[UUID]], Mapping[UUID, Mapping[str, Any]]],
    told: Collection[str] = (),
) -> None:
    """A room offers an object that runs can be about."""
    offers.subjects[object_key] = Subject(object_key, load, told)


def offer_calendar(calendar: Callable[[], Calendar | None]) -> None:
    """A room offers the business hours of the running workspace, for waits on the business clock."""
    offers.calendar = calendar
