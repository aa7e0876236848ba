"""What the rooms above find out about leads: scores, owners, touches, due times. Set-based."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime
from typing import Any
from uuid import UUID

from django.db import connection
from django.db.models import F, OuterRef, Subquery
from django.db.models.functions import Coalesce, Greatest

from leadline.contacts import actions as contact_actions
from leadline.contacts.models import Contact
from leadline.engines.search import actions as search
from leadline.engines.timeline import actions as timeline
from leadline.engines.timeline.ports import SENTENCE, Entry
from leadline.infra import bulk, events
from leadline.kit import clock
from leadline.kit.sentences import Sentence, say
from leadline.leads import events as facts
from leadline.leads import queries
from leadline.leads.actions.finding import refresh_rows
from leadline.leads.actions.rescoring import Standing, score_facts
from leadline.leads.models import Lead
from leadline.leads.ports import AnswerTimes, AssignmentOf, PlannedStep, ScoreOf
from leadline.workspaces import audit
from leadline.workspaces.actor import Actor

_SCORED = ("fit", "engagement", "score", "band", "ready_at", "poor_fit")
_TIMES = ("respond_by", "warn_50_at", "warn_80_at")
_STEP = ("next_step", "next_step_at")
_FOLLOWS = say("Band follows the score again")
_ASSIGNED = ("owner", "team", "assigned_at", "assignment_text", "assignment_reason", *_TIMES, *_STEP)
# Scores and clocks run by themselves; they do not count the version up, or every open form would conflict.
_SCORES = """
UPDATE leads_lead AS lead SET fit = new.fit, engagement = new.engagement, score = new.score,
    band = new.band, ready_at = new.ready_at, poor_fit = new.poor_fit
FROM unnest(%s::uuid[], %s::int[], %s::int[], %s::int[], %s::text[], %s::timestamptz[], %s::bool[])
    AS new(id, fit, engagement, score, band, ready_at, poor_fit)
WHERE lead.id = new.id
"""
_CHANCES = """
UPDATE leads_lead AS lead SET chance = new.chance
FROM unnest(%s::uuid[], %s::int[]) AS new(id, chance)
WHERE lead.id = new.id AND lead.chance IS DISTINCT FROM new.chance
"""
_DUE = """
UPDATE leads_lead AS lead SET respond_by = new.due, warn_50_at = new.half, warn_80_at = new.most
FROM unnest(%s::uuid[], %s::timestamptz[], %s::timestamptz[], %s::timestamptz[]) AS new(id, due, half, most)
WHERE lead.id = new.id
"""
_UNREAD = """
UPDATE leads_lead AS lead SET unread = lead.unread + new.unread
FROM unnest(%s::uuid[], %s::int[]) AS new(id, unread) WHERE lead.id = new.id
"""


def apply_scores(rows: Sequence[ScoreOf]) -> None:
    """Keep computed scores; tell what changed, which band, and who has become ready for sales.

    A band set by hand stays. Three statements for any number of leads.
    """
    asked = ("workspace_id", "band_overridden", *_SCORED)
    before = {lead.id: lead for lead in _locked([row.lead_id for row in rows], asked)}
    rows = sorted((row for row in rows if row.lead_id in before), key=lambda row: row.lead_id)
    columns: list[list[Any]] = [[], [], [], [], [], [], []]
    happened: list[events.Event] = []
    for row in rows:
        lead = before[row.lead_id]
        band = lead.band if lead.band_overridden else row.band
        values = (row.lead_id, row.fit, row.engagement, row.score, band, row.ready_at, row.poor_fit)
        if values[1:] == tuple(getattr(lead, name) for name in _SCORED):
            continue
        for column, value in zip(columns, values, strict=True):
            column.append(value)
        was = Standing(lead.score, lead.band, lead.ready_at)
        happened += score_facts(lead.workspace_id, lead.id, was, Standing(row.score, band, row.ready_at))
        for name, value in zip(_SCORED, values[1:], strict=True):
            setattr(lead, name, value)
    _execute(_SCORES, columns)
    events.record(*happened)


def apply_chances(chances: Mapping[UUID, int | None]) -> None:
    """Keep how likely leads are to buy, in percent; None when nothing is predicted. Two statements."""
    mine = {lead.id for lead in _locked(list(chances), ("workspace_id",))}
    ordered = sorted((lead_id, chance) for lead_id, chance in chances.items() if lead_id in mine)
    _execute(_CHANCES, [[lead_id for lead_id, _ in ordered], [chance for _, chance in ordered]])


def override_band(actor: Actor, lead: Lead, band: str | None, reason: str) -> None:
    """Set a lead's band by hand, or (None) let the score decide again at its next change."""
    before = lead.band
    lead.band_overridden, lead.band_reason = band is not None, reason[:300]
    lead.band = band or lead.band
    lead.save(update_fields=["band", "band_overridden", "band_reason"])
    shown = (
        say("Band set to {band}: {reason}", band=say(band.capitalize()), reason=reason) if band else _FOLLOWS
    )
    timeline.record(Entry.by(actor, "scored", about_id=lead.id, with_id=lead.contact_id, text=shown))
    audit.record(actor, "band_set", "lead", lead.id, {"band": [before, lead.band], "reason": reason})
    if before != lead.band:
        changed = facts.BandChanged(
            workspace_id=lead.workspace_id, lead_id=lead.id, from_band=before, to_band=lead.band
        )
        events.record(changed)


def assign(actor: Actor, rows: Sequence[AssignmentOf]) -> None:
    """Give leads to owners and teams with the reason; who has a lead already keeps it silently."""
    lead_ids = [row.lead_id for row in rows]
    if queries.captured_now(lead_ids) is None:
        # The persons are given along with their leads; they are locked first, as everywhere.
        contact_actions.lock_contacts(queries.contacts_of(lead_ids))
    before = {lead.id: lead for lead in _locked(lead_ids)}
    rows = sorted((row for row in rows if row.lead_id in before), key=lambda row: row.lead_id)
    if not rows:
        return
    now = clock.now()
    written = {row.lead_id: _assigned(before[row.lead_id], row, now) for row in rows}
    bulk.update_rows(Lead, written, _ASSIGNED)
    changed = [row for row in rows if _differs(before[row.lead_id], row)]
    happened = [_assigned_fact(row, before[row.lead_id], now) for row in changed]
    if changed:
        scopes = {row.lead_id: (row.owner_id, row.team_id) for row in changed}
        if queries.captured_now(lead_ids) is None:
            search.change_scope("lead", scopes)
        contact_actions.set_owners({before[lead_id].contact_id: scope for lead_id, scope in scopes.items()})
        timeline.record(*_assignment_entries(actor, changed, before))
        audit.record_all(_assignment_audit(actor, changed, before))
    for lead_id, values in written.items():
        _take_over(before[lead_id], values)
    events.record(*happened)


def set_respond_by(answers: Mapping[UUID, AnswerTimes | None]) -> None:
    """Until when a human must have answered each lead; None when nobody has to. One statement."""
    ordered = sorted(answers.items(), key=lambda one: one[0])
    columns: list[list[Any]] = [[lead_id for lead_id, _ in ordered]]
    for name in ("due_at", "warn_50_at", "warn_80_at"):
        columns.append([getattr(answer, name, None) for _, answer in ordered])
    _execute(_DUE, columns)


def add_unread(counts: Mapping[UUID, int]) -> None:
    """That many messages came in for each lead; one statement."""
    ordered = sorted(counts.items())
    _execute(_UNREAD, [[lead_id for lead_id, _ in ordered], [count for _, count in ordered]])


def clear_unread(lead_id: UUID) -> None:
    """Somebody read all messages of a lead."""
    Lead.objects.filter(id=lead_id, unread__gt=0).update(unread=0)


def note_touch(lead_ids: Iterable[UUID], member_id: UUID | None, channel: str, at: datetime) -> None:
    """A human wrote to, called or met the person: three statements, one event per lead."""
    leads = _locked(list(lead_ids))
    Lead.objects.filter(id__in=[lead.id for lead in leads]).update(
        first_touch_at=Coalesce(F("first_touch_at"), at),
        last_activity_at=Greatest(F("last_activity_at"), at),
        noted_at=Greatest(F("noted_at"), at),
    )
    events.record(
        *(
            facts.LeadTouched(
                workspace_id=lead.workspace_id, lead_id=lead.id, member_id=member_id, channel=channel, at=at
            )
            for lead in leads
        )
    )


def note_activity(lead_ids: Iterable[UUID], at: datetime) -> None:
    """Something happened with these leads (a message came in); one statement."""
    rows = Lead.objects.filter(id__in=list(lead_ids))
    rows.update(last_activity_at=Greatest(F("last_activity_at"), at))


def note_auto_reply(lead_ids: Iterable[UUID], channel: str, at: datetime) -> None:
    """The product answered by itself, which is no touch; the first time is kept. One statement."""
    rows = Lead.objects.filter(id__in=list(lead_ids), first_auto_reply_at=None)
    rows.update(first_auto_reply_at=at)


def contact_changed(changes: Mapping[UUID, tuple[str, ...]]) -> None:
    """The persons of leads have other details now: the search follows and the leads count as changed.

    Whoever still sees the old details and changes the lead is told so: its version has grown.
    """
    leads = queries.leads_of_contacts(changes)
    shown = Lead.objects.filter(id__in=[lead.id for lead in leads])
    shown.update(version=F("version") + 1, updated_at=clock.now())
    elsewhere = [contact_id for contact_id, fields in changes.items() if "company" in fields]
    if elsewhere:
        company = Contact.objects.filter(id=OuterRef("contact_id")).values("company")
        shown.filter(contact_id__in=elsewhere, status="open").update(company=Subquery(company))
    refresh_rows([lead.id for lead in leads])
    events.record(
        *(
            facts.LeadChanged(
                workspace_id=lead.workspace_id,
                lead_id=lead.id,
                fields=tuple(f"contact.{name}" for name in changes[lead.contact_id]),
            )
            for lead in leads
        )
    )


def company_changed(changes: Mapping[UUID, tuple[str, ...]]) -> None:
    """The companies of leads have other details now: the search follows and the leads count as changed."""
    leads = queries.leads_of_companies(changes)
    Lead.objects.filter(id__in=[lead.id for lead in leads]).update(
        version=F("version") + 1, updated_at=clock.now()
    )
    refresh_rows([lead.id for lead in leads if lead.company_id and "name" in changes[lead.company_id]])
    events.record(
        *(
            facts.LeadChanged(
                workspace_id=lead.workspace_id,
                lead_id=lead.id,
                fields=tuple(f"company.{name}" for name in changes[lead.company_id]),
            )
            for lead in leads
            if lead.company_id
        )
    )


def mark_escalated(lead_id: UUID) -> bool:
    """Nobody answered in time; True for the one caller who is the first to say so."""
    now = clock.now()
    if Lead.objects.filter(id=lead_id, escalated_at=None, status="open").update(escalated_at=now) == 0:
        return False
    lead = Lead.objects.get(id=lead_id)
    timeline.record(
        Entry(
            kind="sla",
            about_id=lead.id,
            with_id=lead.contact_id,
            automatic=True,
            actor_name="Leadline",
            text=say("Nobody answered in time; escalated"),
        )
    )
    audit.record(Actor.product(lead.workspace_id), "escalated", "lead", lead.id)
    events.record(facts.LeadEscalated(workspace_id=lead.workspace_id, lead_id=lead.id, at=now))
    return True


def _locked(lead_ids: Sequence[UUID], only: Sequence[str] = ()) -> list[Lead]:
    fresh = queries.captured_now(lead_ids)
    if fresh is not None:
        return fresh
    rows = Lead.objects.filter(id__in=list(lead_ids)).order_by("id").select_for_update(no_key=True)
    return list(rows.only(*only) if only else rows)


def _execute(statement: str, columns: list[list[Any]]) -> None:
    if not columns[0]:
        return
    with connection.cursor() as cursor:
        cursor.execute(statement, columns)


def _differs(lead: Lead, row: AssignmentOf) -> bool:
    # Who came in with the inquiry is an owner only from now on.
    first = lead.assigned_at is None and row.owner_id is not None
    return first or (lead.owner_id, lead.team_id) != (row.owner_id, row.team_id)


def _previous_owner(lead: Lead) -> UUID | None:
    return None if lead.assigned_at is None else lead.owner_id


def _assigned(lead: Lead, row: AssignmentOf, now: datetime) -> dict[str, Any]:
    times, step = row.answer, row.step if row.step and _is_free(lead, row.step) else None
    return {
        "owner": row.owner_id,
        "team": row.team_id,
        "assigned_at": now,
        "assignment_text": str(row.reason_text)[:300],
        "assignment_reason": _explained(row),
        "respond_by": times.due_at if times else lead.respond_by,
        "warn_50_at": times.warn_50_at if times else lead.warn_50_at,
        "warn_80_at": times.warn_80_at if times else lead.warn_80_at,
        "next_step": step.text if step else lead.next_step,
        "next_step_at": step.at if step else lead.next_step_at,
    }


def _is_free(lead: Lead, step: PlannedStep) -> bool:
    return lead.next_step == step.text or (lead.next_step == "" and lead.next_step_at is None)


def _take_over(lead: Lead, values: Mapping[str, Any]) -> None:
    """Let the lead in hand be what its row is now."""
    for name, value in values.items():
        setattr(lead, f"{name}_id" if name in ("owner", "team") else name, value)
    lead.version += 1


def _assigned_fact(row: AssignmentOf, before: Lead, now: datetime) -> events.Event:
    return facts.LeadAssigned(
        workspace_id=before.workspace_id,
        lead_id=row.lead_id,
        owner_id=row.owner_id,
        team_id=row.team_id,
        previous_owner_id=_previous_owner(before),
        previous_team_id=None if before.assigned_at is None else before.team_id,
        by_rule=row.by_rule,
        by_member_id=row.by_member_id,
        at=now,
    )


def _explained(row: AssignmentOf) -> dict[str, Any]:
    said = {SENTENCE: row.reason_text.data} if isinstance(row.reason_text, Sentence) else {}
    return {**row.reason, **said}


def _assignment_entries(
    actor: Actor, rows: Sequence[AssignmentOf], before: Mapping[UUID, Lead]
) -> Iterable[Entry]:
    for row in rows:
        payload = {"owner_id": row.owner_id and str(row.owner_id), "reason": dict(row.reason)}
        yield Entry.by(
            actor,
            "assigned",
            about_id=row.lead_id,
            with_id=before[row.lead_id].contact_id,
            text=row.reason_text,
            payload=payload,
            automatic=row.by_rule or not actor.human,
        )


def _assignment_audit(
    actor: Actor, rows: Sequence[AssignmentOf], before: Mapping[UUID, Lead]
) -> Iterable[Any]:
    for row in rows:
        changes = {
            "owner": [_previous_owner(before[row.lead_id]), row.owner_id],
            "reason": row.reason_text,
        }
        yield audit.entry(actor, "assigned", "lead", row.lead_id, changes)
