"""A small world for the engine's tests: teams that are knocked at, and actions that leave marks."""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any
from uuid import UUID

from leadline.engines.automation import actions as automation
from leadline.engines.automation.models import Automation, Run
from leadline.engines.schema.ports import Field, ObjectType
from leadline.infra import events
from leadline.infra.events import Event
from leadline.infra.tenancy import require_current
from leadline.kit import clock
from leadline.workspaces.models import AuditEntry, Team


@dataclass(frozen=True, kw_only=True)
class Knocked(Event):
    """Somebody knocked at a team's door."""

    team_id: UUID
    how: str = "softly"


@dataclass(frozen=True, kw_only=True)
class Answered(Event):
    """Somebody opened the door."""

    team_id: UUID


@dataclass
class Marks:
    """What the actions did, outside the database, so that rolled back attempts show as well."""

    tried: list[tuple[UUID, str, str]] = field(default_factory=list)
    trouble: int = 0
    outside: Callable[[], dict[str, Any]] = dict


marks = Marks()
FIELDS = [Field(key="name", type="text", label="Name")]  # type: ignore[arg-type]
TEXT = Field(key="text", type="text", label="Text")  # type: ignore[arg-type]
HOW = Field(key="how", type="text", label="How")  # type: ignore[arg-type]


def load(ids: Collection[UUID]) -> Mapping[UUID, Mapping[str, Any]]:
    """The teams' values in one statement."""
    return {team.id: {"id": team.id, "name": team.name} for team in Team.objects.filter(id__in=ids)}


def shout(context: automation.StepContext) -> dict[str, Any]:
    """Leaves a mark in the database, with the reference of the step."""
    marks.tried.append((context.subject_id, context.given.get("text", ""), context.our_ref))
    return _left_a_mark(context)


def _left_a_mark(context: automation.StepContext) -> dict[str, Any]:
    AuditEntry.objects.create(
        workspace_id=require_current(),
        actor_name=context.actor.name,
        action="test.shouted",
        object_type="team",
        object_id=context.subject_id,
        changes={"text": context.given.get("text", ""), "ref": context.our_ref},
    )
    return {"shouted": context.given.get("text", "")}


def knock(context: automation.StepContext) -> dict[str, Any]:
    """Knocks at the same door again."""
    knock_at(context.subject_id, how=context.given.get("text", "") or "softly")
    return {}


def answer(context: automation.StepContext) -> dict[str, Any]:
    """Opens the door."""
    answer_at(context.subject_id)
    return {}


def refuse(context: automation.StepContext) -> dict[str, Any]:
    """Leaves a mark that must vanish, and refuses."""
    shout(context)
    raise automation.StepRefused("The door is painted on.")


def struggle(context: automation.StepContext) -> dict[str, Any]:
    """Breaks as often as it is told to, then succeeds."""
    result = shout(context)
    if marks.trouble > 0:
        marks.trouble -= 1
        raise RuntimeError("the knocker fell off")
    return result


def send_out(context: automation.StepContext) -> automation.Errand:
    """Leaves the house; what happens there is up to `marks.outside`."""

    def go() -> dict[str, Any]:
        marks.tried.append((context.subject_id, context.given.get("text", ""), context.our_ref))
        return marks.outside()

    return automation.Errand(go, lambda outcome: _left_a_mark(context))


def due(timed: Any, now: datetime, limit: int) -> list[tuple[UUID, UUID, str]]:
    """Every team whose name says so, each once."""
    from leadline.engines.automation.queries import already_run

    teams = Team.objects.filter(name__startswith="Late", created_at__lte=now).exclude(already_run(timed))
    return [(team.workspace_id, team.id, "late") for team in teams.order_by("created_at", "id")[:limit]]


TEAM = ObjectType(key="team", label="Team", model=Team, fields=FIELDS, custom_column=None)
TRIGGERS = [
    automation.Trigger(
        "test.knocked",
        "Somebody knocks",
        event=Knocked,
        subject=lambda event: event.team_id,
        subject_type="team",
        fields=[HOW],
    ),
    automation.Trigger(
        "test.answered",
        "Somebody answers",
        event=Answered,
        subject=lambda event: event.team_id,
        subject_type="team",
    ),
]
TIMER = automation.TimerTrigger("test.late", "It is late", due=due, subject_type="team")
ACTIONS = [
    automation.Action(f"test.{run.__name__}", run.__name__.capitalize(), [TEXT], run, ("team",))
    for run in (shout, knock, answer, refuse, struggle)
] + [
    automation.Action("test.post", "Post", [TEXT], send_out, ("team",), reach=automation.Reach.ONCE),
    automation.Action("test.ring", "Ring", [TEXT], send_out, ("team",), reach=automation.Reach.REPEATABLE),
]


def knock_at(*team_ids: UUID, how: str = "softly") -> None:
    """Events of one batch."""
    events.record(*[Knocked(workspace_id=require_current(), team_id=one, how=how) for one in team_ids])


def answer_at(team_id: UUID) -> None:
    """An event."""
    events.record(Answered(workspace_id=require_current(), team_id=team_id))


def make(
    steps: Sequence[Mapping[str, Any]],
    *,
    trigger: str = "test.knocked",
    name: str = "Doorman",
    **more: Any,
) -> Automation:
    """A switched-on automation of the running workspace."""
    from leadline.workspaces.actor import Actor

    values = {"name": name, "enabled": True, "trigger": {"key": trigger}, "steps": steps, **more}
    made = automation.create_automation(Actor.product(require_current()), values)
    Automation.objects.filter(id=made.id).update(enabled_at=clock.now())
    made.refresh_from_db()
    return made


def do(action: str, text: str = "", **more: Any) -> dict[str, Any]:
    """A step that does something."""
    return {"kind": "do", "action": f"test.{action}", "with": {"text": text} if text else {}, **more}


def shouted() -> list[str]:
    """What is in the database of all the shouting, in order."""
    rows = AuditEntry.objects.filter(action="test.shouted").order_by("at", "id")
    return [row.changes["text"] for row in rows]


def states() -> list[str]:
    """The states of all runs, oldest first."""
    return list(Run.objects.order_by("started_at", "id").values_list("state", flat=True))
