"""Write down what somebody has against buying, and what became of it."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any
from uuid import UUID

from leadline.engines.timeline import actions as timeline
from leadline.engines.timeline.ports import Entry
from leadline.infra import events, lookup
from leadline.kit import text
from leadline.kit.errors import Conflict, Invalid
from leadline.kit.sentences import say
from leadline.leads import policy
from leadline.leads.actions.locked import take
from leadline.leads.events import LeadChanged
from leadline.leads.models import Lead, Objection
from leadline.leads.rules import Outcome
from leadline.workspaces import audit
from leadline.workspaces.actor import Actor


def add_objection(
    actor: Actor, lead_id: UUID, values: Mapping[str, Any], objection_id: UUID | None = None
) -> Objection:
    """One objection of a lead, on its timeline too; the same id twice is the same objection."""
    lead = take(actor, lead_id)
    same = Objection.objects.filter(id=objection_id, lead=lead).first() if objection_id else None
    if same is not None:
        return same
    given = {"id": objection_id} if objection_id else {}
    objection = Objection(lead=lead, by_name=actor.name, **given)
    _set(objection, {"kind": "", **values})
    objection.save(force_insert=True)
    said = say("Objection: {kind}", kind=objection.kind)
    timeline.record(Entry.by(actor, "system", about_id=lead.id, with_id=lead.contact_id, text=said))
    _note(actor, "created", lead, objection, {"kind": objection.kind})
    return objection


def change_objection(
    actor: Actor, objection_id: UUID, changes: Mapping[str, Any], version: int | None
) -> Objection:
    """Say what was answered and what became of it."""
    seen = lookup.get(policy.visible_objections(actor), objection_id)
    lead = take(actor, seen.lead_id)
    objection = lookup.lock(policy.visible_objections(actor), objection_id)
    if version is not None and objection.version != version:
        raise Conflict("Somebody changed this meanwhile. Look again.", extra={"version": objection.version})
    before = {name: getattr(objection, name) for name in changes}
    _set(objection, changes)
    changed = {
        name: [old, getattr(objection, name)]
        for name, old in before.items()
        if old != getattr(objection, name)
    }
    if changed:
        objection.save(update_fields=list(changed))
        _note(actor, "changed", lead, objection, changed)
    return objection


def _set(objection: Objection, values: Mapping[str, Any]) -> None:
    for name, value in values.items():
        setattr(
            objection, name, text.clean(value, 80 if name == "kind" else 5000) if name != "outcome" else value
        )
    if not objection.kind:
        raise Invalid("Say what they have against it.", field="kind")
    if objection.outcome not in set(Outcome):
        raise Invalid("An objection is open, overcome or stayed.", field="outcome")


def _note(actor: Actor, action: str, lead: Lead, objection: Objection, changes: Mapping[str, Any]) -> None:
    audit.record(actor, action, "objection", objection.id, changes)
    events.record(LeadChanged(workspace_id=lead.workspace_id, lead_id=lead.id, fields=("objections",)))
