"""Take the steps of a run, each in one transaction that also remembers how far the run has come."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any
from uuid import UUID

from django.db import transaction
from django.db.models import F

from leadline.engines.automation import conditions, wording
from leadline.engines.automation.actions import errands
from leadline.engines.automation.events import RunFinished
from leadline.engines.automation.models import Edition, Run, StepLog
from leadline.engines.automation.ports import (
    Action,
    Errand,
    Outcome,
    Reach,
    StepContext,
    StepRefused,
    offers,
)
from leadline.engines.automation.program import Instruction, compiled, landing
from leadline.engines.automation.rules import (
    ATTEMPTS,
    LOOK_AGAIN,
    RunState,
    StepOutcome,
    duration,
    retry_in,
)
from leadline.engines.timeline import actions as timeline
from leadline.engines.timeline.ports import SENTENCE
from leadline.infra import events, tenancy
from leadline.infra.jobs import background
from leadline.kit import clock
from leadline.kit.business_hours import add_working_time
from leadline.kit.errors import LeadlineError
from leadline.kit.sentences import Sentence, Text, say, sentence_from, sentence_of, word
from leadline.workspaces.actor import Actor

_WORDS = {
    RunState.DONE: word("Automation “{name}” ran."),
    RunState.FAILED: word("Automation “{name}” failed: {reason}"),
    RunState.CANCELLED: word("Automation “{name}” stopped: {reason}"),
}


class Overtaken(Exception):
    """The run was ended, or taken further by another worker, while its step was taken: undo the step."""


@dataclass(frozen=True)
class Cause:
    """The run whose step is being taken; what it makes happen knows where it came from."""

    run_id: UUID
    chain: list[list[str]]

    def to_json(self) -> dict[str, Any]:
        """The cause as a job carries it."""
        return {"run_id": str(self.run_id), "chain": self.chain}


running_step: ContextVar[Cause | None] = ContextVar("leadline_running_step", default=None)


@background(retries=10, priority=1, name="automation.advance", hurries=True)
def advance(*, run_id: str, workspace_id: str) -> None:
    """Take the run as far as it can go now: to its next wait or its end."""
    going: bool | Outside = True
    while going:
        try:
            with tenancy.workspace(UUID(workspace_id)):
                going = take_step(UUID(run_id))
            if isinstance(going, Outside):
                came = errands.carry_out(going.errand, going.action)
                with tenancy.workspace(UUID(workspace_id)):
                    going = come_back(going, came)
        except Overtaken:
            return


def finish(run: Run, state: RunState, reason: Text = "", *, contact_id: UUID | None = None) -> None:
    """End the run and write it into its subject's timeline; Overtaken when it is not ours any more."""
    why = {"context": {**run.context, "reason": reason.data}} if isinstance(reason, Sentence) else {}
    _move(run, state=state, reason=str(reason), finished_at=clock.now(), resume_at=None, wakes_on="", **why)
    text = Sentence(_WORDS[state], {"name": run.automation.name, "reason": reason})
    timeline.record(
        timeline.Entry(
            kind="automation",
            about_id=run.subject_id,
            with_id=contact_id,
            automatic=True,
            actor_name=run.automation.name,
            text=text,
            payload={"run_id": str(run.id), "automation_id": str(run.automation_id), "state": state.value},
        )
    )
    events.record(RunFinished.of(run, state.value))


@dataclass
class _Turn:
    """One transaction of one run: what it works with, loaded once."""

    run: Run
    program: Sequence[Instruction]
    record: Mapping[str, Any]
    actor: Actor
    now: datetime = field(default_factory=clock.now)

    @property
    def contact_id(self) -> UUID | None:
        """The person whose timeline shows the run as well."""
        return self.record.get("contact_id")


@dataclass(frozen=True)
class Outside:
    """An errand that is committed as begun, and the place in the run to come back to."""

    turn: _Turn
    instruction: Instruction
    action: Action
    log: StepLog
    errand: Errand


def take_step(run_id: UUID) -> bool | Outside:
    """Take one action with everything around it; whether more can be done now, or what to do outside."""
    run = Run.objects.select_related("automation").filter(id=run_id, state=RunState.RUNNING).first()
    if run is None:
        return False
    if run.paused_at is not None:
        _move(run, state=RunState.WAITING, resume_at=_turn_of(run))
        return False
    if not run.automation.enabled:
        finish(run, RunState.CANCELLED, say("it was switched off."))
        return False
    subject = offers.subjects.get(run.subject_type)
    record = subject.load([run.subject_id]).get(run.subject_id) if subject else None
    if record is None:
        finish(run, RunState.CANCELLED, say("the record does not exist any more."))
        return False
    steps = Edition.objects.get(automation_id=run.automation_id, number=run.automation_version).steps
    actor = Actor.product(run.workspace_id, run.automation.name)
    turn = _Turn(run, compiled(steps), record, actor)
    try:
        run.position = _decide(turn, run.position)
    except LeadlineError as error:
        finish(run, RunState.FAILED, sentence_from(error.said), contact_id=turn.contact_id)
        return False
    if run.position < len(turn.program) and turn.program[run.position].kind == "do":
        return _do(turn, turn.program[run.position])
    return _go_on(turn, run.position)


def _turn_of(run: Run) -> datetime:
    """When a held run would have gone on; at once when it was on its way."""
    return min(run.resume_at or clock.now(), clock.now())


def _decide(turn: _Turn, position: int) -> int:
    """The position after all the decisions that stand here."""
    program = turn.program
    position = landing(program, position)
    while position < len(program) and program[position].kind in ("if", "woken"):
        here = program[position]
        if here.kind == "woken":
            holds = bool(turn.run.woken_by)
        else:
            test = conditions.test_of(here.step["when"], turn.run.subject_type, turn.actor, turn.now)
            holds = test(turn.record)
        position = landing(program, position + 1 if holds or here.target is None else here.target)
    return position


def _go_on(turn: _Turn, position: int) -> bool:
    """Rest, end or continue at the position; whether more can be done now."""
    position = landing(turn.program, position)
    if position >= len(turn.program):
        turn.run.position = position
        finish(turn.run, RunState.DONE, contact_id=turn.contact_id)
        return False
    here = turn.program[position]
    if here.kind == "stop":
        turn.run.position = position
        finish(turn.run, RunState.DONE, str(here.step.get("reason", "")), contact_id=turn.contact_id)
        return False
    if here.kind == "wait":
        _move(
            turn.run,
            state=RunState.WAITING,
            position=position + 1,
            resume_at=_until(here, turn.now),
            wakes_on=here.step.get("until_event") or "",
            woken_by="",
            attempts=0,
        )
        return False
    _move(turn.run, position=position, attempts=0, resume_at=turn.now + LOOK_AGAIN)
    return True


def _until(instruction: Instruction, now: datetime) -> datetime:
    length = duration(instruction.step["for"])
    if instruction.step.get("calendar") == "business" and offers.calendar is not None:
        hours = offers.calendar()
        if hours is not None and not hours.never_opens:
            return add_working_time(now, length, hours)
    return now + length


def _do(turn: _Turn, instruction: Instruction) -> bool | Outside:
    """Take the action; its log, its effects and the run's new place are one commit."""
    action = offers.actions.get(instruction.step["action"])
    if action and action.reach is not Reach.INSIDE and (left := errands.left_behind(turn.run)):
        if errands.may_be_under_way(left, turn.now):
            return False
        errands.give_up(left, action)
        return _after_trouble(turn, instruction, left)
    given = wording.filled(instruction.step.get("with") or {}, turn.record, turn.run.subject_type)
    log = StepLog(
        run=turn.run,
        position=turn.run.position,
        action=instruction.step["action"],
        label=_label(instruction.step["action"]),
        input=given,
        at=turn.now,
    )
    came = errands.tried(lambda: _run_action(turn, action, instruction, given))
    if action and isinstance(came.result, Errand):
        log.outcome = StepOutcome.BEGUN
        log.save(force_insert=True)
        _move(turn.run, resume_at=turn.now + LOOK_AGAIN)
        return Outside(turn, instruction, action, log, came.result)
    came.write_into(log)
    log.save(force_insert=True)
    return _after(turn, instruction, log)


def come_back(outside: Outside, came: errands.Came) -> bool:
    """Write down what came of an errand, whatever became of the run; whether more can be done now."""
    turn, log = outside.turn, outside.log
    turn.now = clock.now()
    came.write_into(log)
    log.save()
    with _caused_by(turn.run):
        if log.outcome == StepOutcome.DONE:
            outside.errand.record(log.result)
    try:
        with transaction.atomic():
            return _after(turn, outside.instruction, log)
    except Overtaken:
        return False


def _after(turn: _Turn, instruction: Instruction, log: StepLog) -> bool:
    if log.outcome == StepOutcome.DONE:
        return _go_on(turn, turn.run.position + 1)
    return _after_trouble(turn, instruction, log)


def _run_action(
    turn: _Turn, action: Action | None, instruction: Instruction, given: Mapping[str, Any]
) -> Outcome | Errand:
    if action is None:
        raise StepRefused(say("There is no action “{step}” any more.", step=instruction.step["action"]))
    with transaction.atomic(), _caused_by(turn.run):
        return action.run(_context(turn, given))


def _context(turn: _Turn, given: Mapping[str, Any]) -> StepContext:
    return StepContext(
        actor=turn.actor,
        automation_id=turn.run.automation_id,
        automation_name=turn.run.automation.name,
        run_id=turn.run.id,
        subject_type=turn.run.subject_type,
        subject_id=turn.run.subject_id,
        record=turn.record,
        given=given,
        event=turn.run.context.get("event", {}),
        our_ref=f"run:{turn.run.id}:{turn.run.position}",
        now=turn.now,
    )


def _after_trouble(turn: _Turn, instruction: Instruction, log: StepLog) -> bool:
    if log.outcome == StepOutcome.REFUSED:
        if instruction.target is not None:
            return _go_on(turn, instruction.target)
        finish(turn.run, RunState.FAILED, _trouble(log), contact_id=turn.contact_id)
        return False
    attempts = turn.run.attempts + 1
    if attempts >= ATTEMPTS or log.outcome == StepOutcome.UNCERTAIN:
        finish(turn.run, RunState.FAILED, _trouble(log), contact_id=turn.contact_id)
        return False
    _move(
        turn.run,
        state=RunState.WAITING,
        position=turn.run.position,
        attempts=attempts,
        resume_at=turn.now + retry_in(attempts),
    )
    return False


def _trouble(log: StepLog) -> Sentence:
    return sentence_of(log.result.get(SENTENCE)) or sentence_from(log.error)


def _move(run: Run, **changes: Any) -> None:
    """Change the run if it is still where we found it; whoever comes second undoes the own step."""
    mine = Run.objects.filter(id=run.id, state=RunState.RUNNING, version=run.version)
    changes.setdefault("position", run.position)
    if mine.update(**changes, version=F("version") + 1, updated_at=clock.now()) == 0:
        raise Overtaken
    run.version += 1


@contextmanager
def _caused_by(run: Run) -> Iterator[None]:
    own = [str(run.automation_id), str(run.subject_id)]
    token = running_step.set(Cause(run.id, [*run.cause.get("chain", []), own]))
    try:
        yield
    finally:
        running_step.reset(token)


def _label(action_key: str) -> str:
    action = offers.actions.get(action_key)
    return action.label if action else action_key
