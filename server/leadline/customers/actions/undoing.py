"""Take a conversion back: the lead is as it was, and what was made and not touched since is gone."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime
from typing import Any
from uuid import UUID

from django.db import transaction
from django.db.models import ProtectedError

from leadline.customers import policy
from leadline.customers.actions.finding import put_row
from leadline.customers.actions.making import columns, put, read
from leadline.customers.events import CustomerChanged, CustomerRemoved
from leadline.customers.models import Conversion, Customer
from leadline.customers.rules import can_undo
from leadline.engines.search import actions as search
from leadline.infra import events, lookup
from leadline.kit import clock
from leadline.kit.errors import Conflict, LeadlineError
from leadline.kit.sentences import Sentence, say
from leadline.leads import actions as leads
from leadline.leads.models import Lead
from leadline.workspaces import audit
from leadline.workspaces.actor import Actor

_CHANGED_SINCE = say("Somebody has changed it since.")


@dataclass
class Outcome:
    """What was put back, what was removed, and what stays and why."""

    restored: list[str] = field(default_factory=list)
    kept: list[dict[str, Any]] = field(default_factory=list)
    customer_removed: bool = False

    def keep(self, kind: str, name: str, reason: Sentence) -> None:
        """This was touched and stays."""
        self.kept.append({"object": kind, "name": name, "reason": str(reason), "said": reason.data})


def undo_conversion(actor: Actor, conversion_id: UUID) -> Conversion:
    """Make the deal a lead again, within 30 days; once undone it stays undone.

    A customer it made goes when nobody touched it; what was changed since stays and is named in `undo`.
    """
    policy.require_can_convert(actor)
    seen = lookup.get(policy.visible_conversions(actor), conversion_id)
    lead = leads.take(actor, seen.lead_id)
    rows = policy.visible_conversions(actor).select_related("customer")
    conversion = lookup.lock(rows, conversion_id)
    if conversion.undone_at is not None:
        return conversion
    if not can_undo(conversion.at, clock.now()):
        raise Conflict("A conversion can be undone for 30 days; this one is older.", code="undo_expired")
    found = Outcome()
    lead = _restore_lead(actor, lead, conversion, found)
    customer = conversion.customer
    shown = say("Conversion undone: {customer}", customer=customer.name if customer else lead.name)
    at = conversion.before["converted_at"]
    before = datetime.fromisoformat(at) if at else None
    leads.undo_conversion(actor, lead, before, shown, {"conversion_id": str(conversion.id)})
    conversion.undone_at = clock.now()
    conversion.save(update_fields=["undone_at"])
    if customer is not None:
        _restore_customer(actor, customer, conversion, found)
    conversion.undo = {
        "restored": found.restored,
        "kept": found.kept,
        "customer_removed": found.customer_removed,
    }
    Conversion.objects.filter(id=conversion.id).update(undo=conversion.undo)
    audit.record(actor, "conversion_undone", "lead", lead.id, conversion.undo)
    return conversion


def _restore_lead(actor: Actor, lead: Lead, conversion: Conversion, found: Outcome) -> Lead:
    """Put back what the conversion changed, apart from what was changed again since."""
    before, after = conversion.before, conversion.after
    lead = _move_back(actor, lead, UUID(before["stage_id"]), UUID(after["stage_id"]), found)
    back: dict[str, Any] = {}
    for key in before.keys() - {"stage_id", "converted_at", "custom"}:
        if before[key] == after[key]:
            continue
        if getattr(lead, key) == after[key]:
            back[key] = before[key]
        else:
            found.keep("deal", key, _CHANGED_SINCE)
    custom = _custom_back(lead, before["custom"], after["custom"], found)
    if custom:
        back["custom"] = custom
    if back:
        lead = leads.change_lead(actor, lead.id, back)
        found.restored += sorted(back)
    return lead


def _custom_back(lead: Lead, before: dict[str, Any], after: dict[str, Any], found: Outcome) -> dict[str, Any]:
    back: dict[str, Any] = {}
    for key in before.keys() | after.keys():
        if before.get(key) == after.get(key):
            continue
        if lead.custom.get(key) == after.get(key):
            back[key] = before.get(key)
        else:
            found.keep("deal", f"custom.{key}", _CHANGED_SINCE)
    return back


def _move_back(actor: Actor, lead: Lead, before: UUID, after: UUID, found: Outcome) -> Lead:
    if before == after or lead.stage_id == before:
        return lead
    if lead.stage_id != after:
        found.keep("deal", "stage", say("The deal was moved since."))
        return lead
    try:
        with transaction.atomic():
            lead = leads.move_lead(actor, lead.id, before)
    except LeadlineError as refusal:
        found.keep(
            "deal", "stage", refusal.said if isinstance(refusal.said, Sentence) else say(refusal.detail)
        )
        return lead
    found.restored.append("stage")
    return lead


def _restore_customer(actor: Actor, customer: Customer, conversion: Conversion, found: Outcome) -> None:
    customer = lookup.lock(policy.every_customer(actor).select_related("contact", "company"), customer.id)
    if conversion.made_customer:
        _remove(actor, customer, found)
        return
    back = {key: _empty(value) for key, value in conversion.filled.items() if read(customer, key) == value}
    if back:
        put(customer, back)
        customer.save(update_fields=list(columns(back)))
        audit.record(actor, "changed", "customer", customer.id, dict.fromkeys(back, None))
        put_row(customer)
    changed = CustomerChanged(
        workspace_id=customer.workspace_id, customer_id=customer.id, fields=(*back, "deals")
    )
    events.record(changed)


def _empty(value: Any) -> Any:
    return "" if isinstance(value, str) else None


def _remove(actor: Actor, customer: Customer, found: Outcome) -> None:
    touched = _touched(customer)
    if touched is not None:
        found.keep("customer", customer.name, touched)
        return
    customer_id = customer.id
    try:
        with transaction.atomic():
            customer.delete()
    except ProtectedError:
        found.keep("customer", customer.name, say("Something else belongs to it by now."))
        return
    found.customer_removed = True
    search.remove("customer", [customer_id])
    audit.record(actor, "removed", "customer", customer_id, {"name": customer.name})
    events.record(
        CustomerRemoved(workspace_id=customer.workspace_id, customer_id=customer_id, at=clock.now())
    )


def _touched(customer: Customer) -> Sentence | None:
    if customer.conversions.filter(undone_at=None).exists():
        return say("It has other deals by now.")
    if audit.last_changes([customer.id], but_not=("created",)):
        return _CHANGED_SINCE
    return None
