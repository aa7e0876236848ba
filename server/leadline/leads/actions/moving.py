"""Move leads through the stages: open, won, lost, open again; and away as spam."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import Any
from uuid import UUID

from leadline.engines.schema.ports import Field
from leadline.engines.timeline import actions as timeline
from leadline.engines.timeline.ports import Entry
from leadline.infra import events, lookup
from leadline.kit import clock, text
from leadline.kit.errors import Conflict
from leadline.kit.sentences import Sentence, say
from leadline.leads import policy, queries
from leadline.leads.actions.finding import refresh_rows
from leadline.leads.actions.locked import take
from leadline.leads.events import (
    ConversionUndone,
    LeadConverted,
    LeadLost,
    LeadMarkedSpam,
    LeadMoved,
    LeadReopened,
    LeadWon,
)
from leadline.leads.models import Lead, Stage, StageVisit
from leadline.leads.ports import LossIn, WonIn
from leadline.leads.rules import LeadStatus, StageKind
from leadline.workspaces import audit
from leadline.workspaces.actor import Actor

_MOVED = ("stage", "pipeline", "entered_stage_at", "last_activity_at", "status", "closed_at", "loss_reason")
_WRITTEN = (*_MOVED, "loss_note", "competitor", "converted_at", "value_minor")


def move_lead(
    actor: Actor,
    lead_id: UUID,
    to_stage_id: UUID,
    version: int | None = None,
    *,
    lost: LossIn | None = None,
    won: WonIn | None = None,
) -> Lead:
    """Move a lead to another stage; moving it where it already is does nothing.

    A lost stage needs a reason (409 loss_reason_required), and any may ask for fields (409 fields_required);
    an open stage opens a closed lead again.
    """
    lead = take(actor, lead_id, version)
    stage = lookup.get(policy.visible_stages(actor), to_stage_id)
    if lead.stage_id == stage.id and lead.status != LeadStatus.SPAM:
        return lead
    _require_fields(lead, stage, won)
    now = clock.now()
    before, left = lead.status, lead.stage
    happened = _settle(actor, lead, stage, lost, won, now)
    lead.stage, lead.pipeline_id, lead.entered_stage_at, lead.last_activity_at = (
        stage,
        stage.pipeline_id,
        now,
        now,
    )
    lead.save(update_fields=_WRITTEN)
    _visit(actor, lead, now)
    _write_down(actor, lead, left, stage)
    moved = LeadMoved(
        workspace_id=lead.workspace_id,
        lead_id=lead.id,
        from_stage_id=left.id,
        to_stage_id=stage.id,
        from_kind=left.kind,
        to_kind=stage.kind,
        at=now,
        by_human=actor.human,
    )
    if before == LeadStatus.SPAM:
        refresh_rows([lead.id])
    events.record(moved, *happened)
    return lead


def move_back(actor: Actor, lead_id: UUID, stage_id: UUID, *, lost: LossIn | None, converted: bool) -> Lead:
    """Take a move back: the lead is where it was, and a lead again when the move had made it a deal."""
    lead = move_lead(actor, lead_id, stage_id, lost=lost)
    if not converted and lead.converted_at is not None and lead.status != LeadStatus.WON:
        lead.converted_at = None
        lead.save(update_fields=["converted_at"])
        events.record(
            ConversionUndone(workspace_id=lead.workspace_id, lead_id=lead.id, at=lead.entered_stage_at)
        )
    return lead


def _require_fields(lead: Lead, stage: Stage, won: WonIn | None) -> None:
    missing = queries.missing_fields(lead, stage)
    if won is not None and won.value_minor:
        missing = [field for field in missing if field.key != "value_minor"]
    if missing:
        raise Conflict(
            say("“{stage}” asks for: {fields}.", stage=stage.name, fields=listed(missing)),
            code="fields_required",
            extra={"fields": [field.key for field in missing]},
        )


def listed(fields: Sequence[Field]) -> Sentence:
    """The names of fields one after the other, for readers of any language."""
    words = [say("{label}", label=one.label) if one.custom else say(one.label) for one in fields]
    found = words[0]
    for word in words[1:]:
        found = say("{first}, {next}", first=found, next=word)
    return found


def mark_spam(actor: Actor, lead_id: UUID, version: int | None = None) -> Lead:
    """Take a lead off the board as spam; moving it to a stage brings it back."""
    lead = take(actor, lead_id, version)
    if lead.status == LeadStatus.SPAM:
        return lead
    before, lead.status, lead.closed_at = lead.status, LeadStatus.SPAM, clock.now()
    lead.save(update_fields=["status", "closed_at"])
    _record(actor, lead, say("Marked as spam"), {"spam": True})
    audit.record(actor, "marked_spam", "lead", lead.id, {"status": [before, lead.status]})
    refresh_rows([lead.id])
    events.record(LeadMarkedSpam(workspace_id=lead.workspace_id, lead_id=lead.id, at=lead.closed_at))
    return lead


def _settle(
    actor: Actor, lead: Lead, stage: Stage, lost: LossIn | None, won: WonIn | None, now: datetime
) -> list[Any]:
    who: dict[str, Any] = {"workspace_id": lead.workspace_id, "lead_id": lead.id, "at": now}
    before = lead.status
    lead.status = stage.kind
    if stage.kind == StageKind.LOST:
        _set_loss(actor, lead, lost)
        lead.closed_at = now
        return [LeadLost(loss_reason_id=lead.loss_reason_id, **who)]
    if before == LeadStatus.LOST:
        lead.loss_reason, lead.loss_note, lead.competitor = None, "", ""
    if stage.kind == StageKind.WON:
        if won is not None and won.value_minor is not None:
            lead.value_minor = won.value_minor
        became = [] if lead.converted_at else [LeadConverted(**who)]
        lead.closed_at, lead.converted_at = now, lead.converted_at or now
        return [*became, LeadWon(**who)] if before != LeadStatus.WON else became
    lead.closed_at = None
    if before == LeadStatus.OPEN:
        return []
    require_no_other_open(lead)
    return [LeadReopened(**who)]


def require_no_other_open(lead: Lead) -> None:
    """Conflict (409) when the person has another open lead; a person has one at a time."""
    other = queries.open_leads_of([lead.contact_id]).get(lead.contact_id)
    if other is not None and other.id != lead.id:
        raise Conflict(
            say("This person has another open lead, “{name}”. Close that one first.", name=other.name),
            code="other_open_lead",
            extra={"other_lead_id": str(other.id)},
        )


def _set_loss(actor: Actor, lead: Lead, lost: LossIn | None) -> None:
    if lost is None or lost.reason_id is None:
        raise Conflict("Say why the lead was lost.", code="loss_reason_required", field="lost.reason_id")
    lead.loss_reason = lookup.get(policy.visible_loss_reasons(actor), lost.reason_id)
    lead.loss_note = text.clean(lost.note, 2000)
    lead.competitor = text.clean(lost.competitor, 200)


def _visit(actor: Actor, lead: Lead, now: datetime) -> None:
    StageVisit.objects.filter(lead=lead, left_at=None).update(left_at=now)
    StageVisit.objects.create(
        lead=lead, stage=lead.stage, entered_at=now, by_name=actor.name, by_member_id=actor.member_id
    )


def _write_down(actor: Actor, lead: Lead, left: Stage, entered: Stage) -> None:
    payload: dict[str, Any] = {
        "from": {"id": str(left.id), "name": left.name, "kind": left.kind},
        "to": {"id": str(entered.id), "name": entered.name, "kind": entered.kind},
    }
    shown = say("{left} → {entered}", left=left.name, entered=entered.name)
    if lead.loss_reason is not None:
        payload["lost"] = {
            "reason": lead.loss_reason.name,
            "note": lead.loss_note,
            "competitor": lead.competitor,
        }
        shown = say("{moved} ({reason})", moved=shown, reason=lead.loss_reason.name)
    _record(actor, lead, shown, payload)
    changes: dict[str, Any] = {"stage": [left.name, entered.name]}
    if lead.loss_reason is not None:
        changes["loss_reason"] = lead.loss_reason.name
    audit.record(actor, "moved", "lead", lead.id, changes)


def _record(actor: Actor, lead: Lead, shown: Sentence, payload: dict[str, Any]) -> None:
    entry = Entry.by(actor, "stage", about_id=lead.id, with_id=lead.contact_id, text=shown, payload=payload)
    timeline.record(entry)
