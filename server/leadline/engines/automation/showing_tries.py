"""Dry runs, tests and editions in the shapes people see."""

from __future__ import annotations

from collections.abc import Mapping
from difflib import SequenceMatcher
from typing import Any
from uuid import UUID

from leadline.engines.automation import policy
from leadline.engines.automation.models import DryRun, Edition
from leadline.engines.automation.ports import offers
from leadline.engines.automation.rules import StepOutcome
from leadline.engines.automation.sentences import Sentences, as_automation, condition_words
from leadline.engines.automation.trying_shapes import (
    AutomationDryRunOut,
    EditionOut,
    FailedConditionOut,
    RehearsedRunOut,
    RehearsedStepOut,
    StepCountOut,
)
from leadline.infra import lookup
from leadline.infra.language import told, worded
from leadline.kit.sentences import Sentence, Value, say
from leadline.workspaces.actor import Actor

MOST_EDITIONS = 50


def dry_runs(actor: Actor, automation_id: UUID, limit: int) -> list[AutomationDryRunOut]:
    """The automation's newest dry runs, as far as they are worked out, newest first."""
    policy.require_can_change(actor)
    found = lookup.get(policy.visible_automations(actor), automation_id)
    rows = DryRun.objects.filter(automation=found).order_by("-created_at", "-id")
    return [dry_run(row) for row in rows[:limit]]


def dry_run(row: DryRun) -> AutomationDryRunOut:
    """A dry run, as far as it is worked out."""
    found = row.found
    key = _object_of(row.written["trigger"]["key"])
    return AutomationDryRunOut(
        **{
            key: getattr(row, key)
            for key in ("id", "state", "days", "done", "total", "created_at", "finished_at")
        },
        since=found.get("since"),
        happened=found.get("happened", 0),
        started=found.get("started", 0),
        held_back=found.get("held_back", 0),
        failed=[
            FailedConditionOut(condition=worded(condition_words(one["condition"], key)), count=one["count"])
            for one in found.get("failed", ())
        ],
        steps=[_counted(one) for one in found.get("steps", ())],
        runs=[tried(one) for one in found.get("runs", ())],
    )


def tried(one: Mapping[str, Any]) -> RehearsedRunOut:
    """A rehearsed run."""
    key = one["subject"]["object"]
    return RehearsedRunOut(
        **{name: one[name] for name in ("subject", "at", "state", "resume_at")},
        reason=told(one["said"], worded(one["reason"])),
        failed=[worded(condition_words(part, key)) for part in one["failed"]],
        steps=[
            RehearsedStepOut(
                **{
                    name: step[name]
                    for name in ("position", "action", "outcome", "outside", "input", "result", "at")
                },
                label=worded(step["label"]),
                error=told(step["said"], worded(step["error"])),
            )
            for step in one["steps"]
        ],
    )


def _counted(one: Mapping[str, Any]) -> StepCountOut:
    counts = one["outcomes"]
    return StepCountOut(
        position=one["position"],
        action=one["action"],
        label=worded(one["label"]),
        done=counts.get(StepOutcome.DONE, 0),
        refused=counts.get(StepOutcome.REFUSED, 0),
        failed=counts.get(StepOutcome.FAILED, 0) + counts.get(StepOutcome.UNCERTAIN, 0),
    )


def editions(actor: Actor, automation_id: UUID) -> list[EditionOut]:
    """The automation's editions with what changed in each, newest first."""
    found = lookup.get(policy.visible_automations(actor), automation_id)
    rows = list(Edition.objects.filter(automation=found).order_by("-number")[: MOST_EDITIONS + 1])
    sentences = Sentences()
    before = [*rows[1:], None]
    shown = [_edition(row, old, sentences) for row, old in zip(rows, before, strict=True)]
    return shown[:MOST_EDITIONS]


def _edition(row: Edition, old: Edition | None, sentences: Sentences) -> EditionOut:
    known = bool(row.written)
    changes = _changes(old.written, row.written, sentences) if known and old and old.written else []
    return EditionOut(
        number=row.number,
        made_at=row.made_at,
        made_by=row.made_by,
        sentence=worded(sentences.of(as_automation(row.written))) if known else "",
        changes=[worded(one) for one in changes],
        restorable=known,
    )


def _changes(old: Mapping[str, Any], new: Mapping[str, Any], sentences: Sentences) -> list[Sentence]:
    """What differs, in words."""
    key = _object_of(new["trigger"]["key"])
    changes: list[Sentence] = []
    if old["name"] != new["name"]:
        changes.append(say("Name: “{old}” became “{new}”", old=old["name"], new=new["name"]))
    if old["trigger"] != new["trigger"]:
        changes.append(say("When: {new}", new=sentences.start(as_automation(new))))
    if old["conditions"] != new["conditions"]:
        condition = condition_words(new["conditions"], key) if new["conditions"] else say("always")
        changes.append(say("If: {new}", new=condition))
    if old["ends_on"] != new["ends_on"]:
        changes.append(say("What ends it was changed"))
    return changes + _steps_changed(
        [sentences.steps([step], key) for step in old["steps"]],
        [sentences.steps([step], key) for step in new["steps"]],
    )


def _steps_changed(old: list[Value], new: list[Value]) -> list[Sentence]:
    before, after = [str(one) for one in old], [str(one) for one in new]
    changes: list[Sentence] = []
    for kind, a, b, c, d in SequenceMatcher(None, before, after, autojunk=False).get_opcodes():
        if kind != "equal":
            changes += [say("Removed: {step}", step=step) for step in old[a:b]]
            changes += [say("Added: {step}", step=step) for step in new[c:d]]
    return changes


def _object_of(trigger_key: str) -> str:
    offer = offers.triggers.get(trigger_key) or offers.timers.get(trigger_key)
    return offer.subject_type if offer else "lead"
