"""Automations, runs and offers in the shapes people see."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

from django.db.models import Count, OuterRef, Q, QuerySet, Subquery

from leadline.engines.automation import policy
from leadline.engines.automation.models import Automation, Run, StepLog
from leadline.engines.automation.ports import Action, TimerTrigger, Trigger, offers
from leadline.engines.automation.rules import RunState
from leadline.engines.automation.sentences import Sentences
from leadline.engines.automation.shapes import (
    AutomationOut,
    OfferedField,
    OfferOut,
    OffersOut,
    RunOut,
    RunStepOut,
    SubjectOut,
    TriggerOut,
)
from leadline.engines.schema import queries as schema
from leadline.engines.schema.ports import Field
from leadline.engines.schema.queries import shown_choices, shown_label
from leadline.engines.timeline.ports import SENTENCE
from leadline.infra import lookup
from leadline.infra.language import told, worded
from leadline.infra.web import Page, page
from leadline.infra.web.shapes import decode_cursor
from leadline.kit import clock
from leadline.kit.errors import Invalid
from leadline.workspaces.actor import Actor

_WEEK = timedelta(days=7)


def automations(actor: Actor) -> list[AutomationOut]:
    """All automations in their order with their numbers of seven days."""
    return _shown(actor, policy.visible_automations(actor))


def automation(actor: Actor, automation_id: UUID) -> AutomationOut:
    """One automation; NotFound (404) when there is none."""
    found = lookup.get(policy.visible_automations(actor), automation_id)
    return _shown(actor, policy.visible_automations(actor).filter(id=found.id))[0]


def _shown(actor: Actor, rows: QuerySet[Automation]) -> list[AutomationOut]:
    newest = Run.objects.filter(automation=OuterRef("pk")).exclude(state=RunState.SKIPPED)
    latest = Subquery(newest.order_by("-started_at").values("started_at")[:1])
    numbers = _numbers(actor)
    sentences = Sentences()
    return [
        AutomationOut(
            **{key: getattr(row, key) for key in ("id", "version", "name", "recipe", "enabled", "edition")},
            paused=row.paused_at is not None,
            conditions=row.conditions,
            steps=row.steps,
            ends_on=row.ends_on,
            trigger=TriggerOut(
                key=row.trigger_key, options=row.trigger_options, label=worded(offers.label(row.trigger_key))
            ),
            sentence=worded(sentences.of(row)),
            runs_7d=numbers.get(row.id, (0, 0))[0],
            failures_7d=numbers.get(row.id, (0, 0))[1],
            last_run_at=row.latest,
        )
        for row in rows.annotate(latest=latest).order_by("position", "id")
    ]


def _numbers(actor: Actor) -> dict[UUID, tuple[int, int]]:
    recent = policy.visible_runs(actor).filter(started_at__gt=clock.now() - _WEEK)
    counted = recent.exclude(state=RunState.SKIPPED).order_by().values("automation_id")
    rows = counted.annotate(runs=Count("id"), failures=Count("id", filter=Q(state=RunState.FAILED)))
    return {row["automation_id"]: (row["runs"], row["failures"]) for row in rows}


def runs(
    actor: Actor, automation_id: UUID, *, cursor: str | None = None, state: str | None = None, limit: int = 50
) -> Page[RunOut]:
    """A page of an automation's runs with their steps, newest first, in a fixed number of statements."""
    found = lookup.get(policy.visible_automations(actor), automation_id)
    rows = policy.visible_runs(actor).filter(automation=found)
    if state:
        rows = rows.filter(state=state)
    if cursor:
        rows = rows.filter(_before(cursor))
    ordered = rows.select_related("automation").order_by("-started_at", "-id")
    shown, next_cursor = page(
        list(ordered[: limit + 1]), limit=limit, key=lambda run: (run.started_at.isoformat(), str(run.id))
    )
    return Page(items=_with_steps(shown), next_cursor=next_cursor)


def run(actor: Actor, run_id: UUID) -> RunOut:
    """One run; NotFound (404) when there is none."""
    return _with_steps([lookup.get(policy.visible_runs(actor).select_related("automation"), run_id)])[0]


def _with_steps(found: Sequence[Run]) -> list[RunOut]:
    steps: dict[UUID, list[RunStepOut]] = {}
    for log in StepLog.objects.filter(run__in=[one.id for one in found]).order_by("at", "id"):
        steps.setdefault(log.run_id, []).append(_step(log))
    titles = _titles(found)
    return [
        RunOut(
            id=one.id,
            version=one.version,
            automation_id=one.automation_id,
            automation_name=one.automation.name,
            subject=SubjectOut(
                object=one.subject_type, id=one.subject_id, title=titles.get(one.subject_id, "")
            ),
            state=one.state,
            paused=one.paused_at is not None,
            edition=one.automation_version,
            reason=told(one.context.get("reason"), one.reason),
            started_at=one.started_at,
            finished_at=one.finished_at,
            resume_at=one.resume_at if one.state == RunState.WAITING else None,
            steps=steps.get(one.id, []),
        )
        for one in found
    ]


def _step(log: StepLog) -> RunStepOut:
    result = {key: value for key, value in log.result.items() if key != SENTENCE}
    words = {
        "label": worded(log.label),
        "error": told(log.result.get(SENTENCE), worded(log.error)),
        "result": result,
    }
    return RunStepOut.model_validate(log).model_copy(update=words)


def _titles(found: Sequence[Run]) -> dict[UUID, str]:
    titles: dict[UUID, str] = {}
    for subject_type in sorted({one.subject_type for one in found}):
        subject = offers.subjects.get(subject_type)
        wanted = {one.subject_id for one in found if one.subject_type == subject_type}
        if subject:
            titles.update({key: str(values.get("name", "")) for key, values in subject.load(wanted).items()})
    return titles


def offered(actor: Actor) -> OffersOut:
    """Every trigger and action that rooms offer, and the variables of texts."""
    policy.require_can_see(actor)
    objects = sorted(offers.subjects)
    return OffersOut(
        triggers=[_offer(one, "event", [one.subject_type]) for one in offers.triggers.values()]
        + [_offer(one, "timer", [one.subject_type]) for one in offers.timers.values()],
        actions=[_offer(one, "action", sorted(one.subject_types)) for one in offers.actions.values()],
        variables=[
            {"object": key, "key": field.key, "label": shown_label(field)}
            for key in objects
            for field in schema.fields(key).values()
            if field.in_templates
        ],
    )


def _offer(one: Trigger | TimerTrigger | Action, kind: str, subjects: Sequence[str]) -> OfferOut:
    fields = one.parameters if isinstance(one, Action) else one.fields
    return OfferOut(
        key=one.key,
        label=worded(one.label),
        kind=kind,
        subjects=list(subjects),
        fields=offered_fields(fields),
    )


def offered_fields(fields: Iterable[Field]) -> list[OfferedField]:
    """Fields with their choices, in the language spoken now."""
    return [
        OfferedField(
            key=field.key,
            type=field.type.value,
            label=shown_label(field),
            required=field.required,
            choices=[{"value": choice.value, "label": choice.label} for choice in shown_choices(field)],
        )
        for field in fields
    ]


def _before(cursor: str) -> Q:
    values: list[Any] = decode_cursor(cursor)
    try:
        at, run_id = datetime.fromisoformat(values[0]), UUID(values[1])
        at.astimezone()
    except (ValueError, TypeError, AttributeError, OverflowError, IndexError) as error:
        raise Invalid("This cursor is not valid; start again without it.", field="cursor") from error
    return Q(started_at__lte=at) & (Q(started_at__lt=at) | Q(id__lt=run_id))
