"""Dry runs over the last days, worked out in the background; and a test on one record, at once."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import timedelta
from typing import Any
from uuid import UUID

from django.db import transaction

from leadline.engines.automation import policy
from leadline.engines.automation.actions import recalling
from leadline.engines.automation.actions.changing import drafted
from leadline.engines.automation.actions.recalling import Past, Start
from leadline.engines.automation.actions.rehearsing import Rehearsal, put_up, rehearse
from leadline.engines.automation.models import DryRun
from leadline.engines.automation.ports import offers
from leadline.engines.automation.rules import DryRunState
from leadline.infra import lookup, retention, tenancy
from leadline.infra.jobs import background
from leadline.kit import clock
from leadline.kit.errors import LeadlineError, NotFound
from leadline.workspaces.actor import Actor

MOST_DAYS = 90
# So many starts are played through; the others are only counted.
MOST_PLAYED = 400
_AT_ONCE = 20
_RUNS_SHOWN = 100
_KEPT = timedelta(days=1)


@transaction.atomic
def start_dry_run(actor: Actor, automation_id: UUID, days: int, changes: Mapping[str, Any]) -> DryRun:
    """Begin to work out what the automation, with these unsaved changes, would have done in the last days."""
    policy.require_can_change(actor)
    automation = lookup.get(policy.visible_automations(actor), automation_id)
    _, written = drafted(automation, changes)
    made = DryRun.objects.create(automation=automation, written=written, days=days)
    work_out.later(dry_run_id=str(made.id), workspace_id=str(made.workspace_id))
    return made


@background(retries=2, priority=-1, name="automation.dry_run")
def work_out(*, dry_run_id: str, workspace_id: str) -> None:
    """Work a dry run out, telling how far it is; begun again it comes to the same."""
    space, found = UUID(workspace_id), _Found()
    with tenancy.workspace(space):
        asked = DryRun.objects.select_related("automation").filter(id=dry_run_id).first()
        if asked is None or asked.state != DryRunState.RUNNING:
            return
        try:
            draft, _ = drafted(asked.automation, asked.written)
        except LeadlineError:
            # What it names was taken away since it was asked.
            DryRun.objects.filter(id=dry_run_id).update(state=DryRunState.FAILED, finished_at=clock.now())
            return
        until = asked.created_at
        since = recalling.known_since(draft, until - timedelta(days=asked.days))
        found.since = since.isoformat()
        begun, past = recalling.starts(draft, since, until), recalling.past(draft, since, until)
    found.happened = len(begun)
    played = begun[:MOST_PLAYED]
    for place in range(0, len(played), _AT_ONCE):
        with tenancy.workspace(space), _undone():
            staged = put_up(draft)
            for start in played[place : place + _AT_ONCE]:
                found.add(rehearse(staged, start, past))
        with tenancy.workspace(space):
            DryRun.objects.filter(id=dry_run_id).update(done=place + _AT_ONCE, total=len(played))
    with tenancy.workspace(space):
        DryRun.objects.filter(id=dry_run_id).update(
            state=DryRunState.DONE,
            done=len(played),
            total=len(played),
            found=found.to_json(),
            finished_at=clock.now(),
        )


def try_on(actor: Actor, automation_id: UUID, subject_id: UUID, changes: Mapping[str, Any]) -> Rehearsal:
    """What the automation, with these unsaved changes, would do for this record if it started now and its
    waits passed without anything happening; NotFound (404) when there is no such record."""
    policy.require_can_change(actor)
    automation = lookup.get(policy.visible_automations(actor), automation_id)
    draft, _ = drafted(automation, changes)
    offer = offers.timers.get(draft.trigger_key) or offers.triggers[draft.trigger_key]
    start = Start(offer.subject_type, subject_id, "test", clock.now())
    with tenancy.workspace(actor.workspace_id), _undone():
        found = rehearse(put_up(draft), start, Past())
    if found is None:
        raise NotFound("There is no such record.")
    return found


def forget_dry_runs() -> int:
    """Delete the dry runs of yesterday; how many."""
    return retention.forget(DryRun.objects.filter(created_at__lt=clock.now() - _KEPT).order_by("created_at"))


class _Undo(Exception):
    pass


@contextmanager
def _undone() -> Iterator[None]:
    """What is written inside the block is undone at its end."""
    try:
        with transaction.atomic():
            yield
            raise _Undo
    except _Undo:
        tenancy.forget_everything()


@dataclass
class _Found:
    """Adds rehearsals up."""

    since: str = ""
    happened: int = 0
    started: int = 0
    held_back: int = 0
    failed: Counter[str] = field(default_factory=Counter)
    parts: dict[str, Mapping[str, Any]] = field(default_factory=dict)
    states: Counter[str] = field(default_factory=Counter)
    steps: dict[tuple[int, str, str], Counter[str]] = field(default_factory=dict)
    runs: list[dict[str, Any]] = field(default_factory=list)

    def add(self, one: Rehearsal | None) -> None:
        """Count one in; a record that is gone counts as nothing."""
        if one is None:
            return
        if one.state is None:
            self.held_back += 1
            for part in one.failed:
                self.parts[str(part)] = part
                self.failed[str(part)] += 1
        else:
            self.started += 1
            self.states[one.state] += 1
        for step in one.steps:
            key = (step["position"], step["action"], step["label"])
            self.steps.setdefault(key, Counter())[step["outcome"]] += 1
        if len(self.runs) < _RUNS_SHOWN:
            self.runs.append(one.to_json())

    def to_json(self) -> dict[str, Any]:
        """All of it, the steps in their order."""
        return {
            "since": self.since,
            "happened": self.happened,
            "started": self.started,
            "held_back": self.held_back,
            "states": dict(self.states),
            "failed": [
                {"condition": self.parts[key], "count": count} for key, count in self.failed.most_common()
            ],
            "steps": [
                {"position": position, "action": action, "label": label, "outcomes": dict(counted)}
                for (position, action, label), counted in sorted(self.steps.items())
            ],
            "runs": self.runs,
        }
