"""Change what is written on a lead; note something; put it into the trash and take it out again."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import Any
from uuid import UUID

from leadline.contacts import actions as contact_actions
from leadline.engines.schema import actions as schema
from leadline.engines.timeline import actions as timeline
from leadline.engines.timeline.models import TimelineEntry
from leadline.engines.timeline.ports import Entry
from leadline.infra import events, lookup
from leadline.kit import clock, money, text
from leadline.kit.errors import Conflict, Invalid
from leadline.kit.sentences import Sentence, Value, say
from leadline.leads import policy, rules
from leadline.leads.actions.bookkeeping import assign, note_activity
from leadline.leads.actions.finding import refresh_rows
from leadline.leads.actions.locked import require_version, take
from leadline.leads.actions.moving import require_no_other_open
from leadline.leads.actions.qualifying import checked_answers
from leadline.leads.events import LeadChanged, LeadDeleted, LeadRestored
from leadline.leads.models import Lead
from leadline.leads.ports import AssignmentOf
from leadline.workspaces import audit
from leadline.workspaces.actor import Actor
from leadline.workspaces.queries import member, own_workspace

_TEXTS = {"name": 200, "source": 60, "campaign": 200, "interest": 300, "next_step": 300, "competitor": 200}
_SEARCHED = {"name", "interest"}


def change_lead(actor: Actor, lead_id: UUID, changes: Mapping[str, Any], version: int | None = None) -> Lead:
    """Set fields of a lead, of its contact (`contact`: {...}) and its owner (`owner_id`).

    Unknown fields and values that cannot be are refused by name (422); nothing is written when nothing
    changes. A version that is not the present one is a Conflict (409).
    """
    if changes.get("contact"):
        # The change of the person makes the lead newer; its version was looked at before.
        _change_contact(actor, lead_id, changes["contact"], version)
        version = None
    lead = take(actor, lead_id, version)
    wanted = {key: value for key, value in changes.items() if key not in ("contact", "owner_id")}
    new = _checked(actor, lead, wanted)
    before = {key: [getattr(lead, key), value] for key, value in new.items() if getattr(lead, key) != value}
    for key in before:
        setattr(lead, key, new[key])
    if before:
        lead.last_activity_at = clock.now()
        lead.save(update_fields=[*before, "last_activity_at"])
        _write_down(actor, lead, before)
        events.record(LeadChanged(workspace_id=lead.workspace_id, lead_id=lead.id, fields=tuple(before)))
    if _SEARCHED & before.keys():
        refresh_rows([lead.id])
    if "owner_id" in changes and changes["owner_id"] != lead.owner_id:
        hand_over(actor, lead, changes["owner_id"])
    lead.refresh_from_db()
    return lead


def hand_over(actor: Actor, lead: Lead, owner_id: UUID | None, team_id: UUID | None = None) -> None:
    """Give a lead to another owner by hand; it leaves a team in which the new owner is not."""
    owner = member(actor, owner_id) if owner_id else None
    if owner is not None and not owner.active:
        raise Conflict(
            say("{name} is no longer active.", name=owner.name), code="member_inactive", field="owner_id"
        )
    teams = [team.id for team in owner.teams.all()] if owner else [lead.team_id]
    if team_id is None:
        team_id = lead.team_id if lead.team_id in teams else next(iter(teams), None)
    whom: Value = owner.name if owner else say("nobody")
    row = AssignmentOf(
        lead_id=lead.id,
        owner_id=owner_id,
        team_id=team_id,
        reason_text=say("Given to {owner} by {actor}.", owner=whom, actor=actor.name),
        reason={"by": actor.name},
        by_rule=False,
        by_member_id=actor.member_id if actor.human else None,
    )
    assign(actor, [row])


def add_note(actor: Actor, lead_id: UUID, note: str, note_id: UUID | None = None) -> TimelineEntry:
    """Write a note on a lead; it is no touch. The same id twice is the same note."""
    lead = take(actor, lead_id)
    written = text.clean(note)
    if not written:
        raise Invalid("Write something.", field="text")
    if note_id is not None:
        same = TimelineEntry.objects.filter(id=note_id, about_id=lead.id).first()
        if same is not None:
            return same
    entry = Entry.by(actor, "note", about_id=lead.id, with_id=lead.contact_id, text=written)
    if note_id is not None:
        entry = Entry.by(actor, "note", about_id=lead.id, with_id=lead.contact_id, text=written, id=note_id)
    lead.noted_at = clock.now()
    lead.save(update_fields=["noted_at"])
    audit.record(actor, "noted", "lead", lead.id, {"text": written[:300]})
    return timeline.record(entry)[0]


def delete_lead(actor: Actor, lead_id: UUID, version: int | None = None) -> None:
    """Put a lead into the trash, where it stays for 30 days."""
    lead = take(actor, lead_id, version)
    policy.require_can_delete(actor)
    lead.deleted_at = clock.now()
    lead.save(update_fields=["deleted_at"])
    _system(actor, lead, say("Put into the trash"))
    audit.record(actor, "deleted", "lead", lead.id, {"name": lead.name})
    refresh_rows([lead.id])
    events.record(LeadDeleted(workspace_id=lead.workspace_id, lead_id=lead.id, at=lead.deleted_at))


def restore_lead(actor: Actor, lead_id: UUID) -> Lead:
    """Take a lead out of the trash; a Conflict (409) when the person has another open lead by now."""
    lead = take(actor, lead_id, trash=True)
    policy.require_can_delete(actor)
    if lead.status == rules.LeadStatus.OPEN:
        require_no_other_open(lead)
    lead.deleted_at = None
    lead.save(update_fields=["deleted_at"])
    _system(actor, lead, say("Taken out of the trash"))
    audit.record(actor, "restored", "lead", lead.id, {"name": lead.name})
    refresh_rows([lead.id])
    events.record(LeadRestored(workspace_id=lead.workspace_id, lead_id=lead.id, at=clock.now()))
    return lead


def _checked(actor: Actor, lead: Lead, wanted: Mapping[str, Any]) -> dict[str, Any]:
    new: dict[str, Any] = {}
    for key, value in wanted.items():
        if key in _TEXTS:
            new[key] = text.clean(str(value or ""), _TEXTS[key])
        elif key == "tags":
            new[key] = schema.check_values("lead", {"tags": value or []})["tags"] or []
        elif key == "custom":
            new[key] = _checked_custom(lead, value or {})
        elif key == "qualification":
            new[key] = checked_answers(lead.qualification, value or {})
        else:
            new[key] = _checked_plain(key, value)
    for key in ("name", "source"):
        if key in new and not new[key]:
            raise Invalid(say("A lead needs a {key}.", key=key), field=key)
    if (new.get("value_minor") or new.get("budget_minor")) and not (new.get("currency") or lead.currency):
        new["currency"] = own_workspace(actor).currency
    return new


def _checked_plain(key: str, value: Any) -> Any:
    if key in ("value_minor", "budget_minor"):
        if isinstance(value, bool) or not isinstance(value or 0, int) or not 0 <= (value or 0) < 2**63:
            raise Invalid("The value is a whole number of minor units, not negative.", field=key)
        return value if key == "budget_minor" else value or 0
    if key == "currency":
        if value:
            money.exponent(value)
        return value or ""
    if key == "lead_type":
        if (value or "") not in {kind.value for kind in rules.LeadType}:
            raise Invalid("The lead type is one of IQL, MQL, SQL, PQL or empty.", field=key)
        return value or ""
    if key == "next_step_at":
        if value is not None and not (isinstance(value, datetime) and value.tzinfo):
            raise Invalid("Give a moment with its time zone.", field=key)
        return value
    raise Invalid(
        say("There is no field “{key}” that can be changed.", key=key), code="unknown_field", field=key
    )


def _checked_custom(lead: Lead, values: Mapping[str, Any]) -> dict[str, Any]:
    cleaned = _own_values("lead", values)
    return {key: value for key, value in {**lead.custom, **cleaned}.items() if value is not None}


def _own_values(object_key: str, values: Mapping[str, Any]) -> dict[str, Any]:
    checked = schema.check_values(object_key, {f"custom.{key}": value for key, value in values.items()})
    return {key.removeprefix("custom."): value for key, value in checked.items()}


def _change_contact(actor: Actor, lead_id: UUID, wanted: Mapping[str, Any], version: int | None) -> None:
    """Change the lead's person, who is locked before the lead; nothing when the lead is another by now."""
    if wanted.get("custom"):
        wanted = {**wanted, "custom": _own_values("contact", wanted["custom"])}
    rows = policy.visible_leads(actor)
    lead = lookup.get(rows.select_related("contact"), lead_id)
    policy.require_can_change(actor)
    region = own_workspace(actor).phone_region if "phone" in wanted else ""
    changed = contact_actions.change_contact(
        actor,
        lead.contact,
        wanted,
        region=region,
        once_locked=lambda: require_version(lookup.lock(rows, lead_id), version),
    )
    if changed.changes:
        note_activity([lead_id], clock.now())


def _write_down(actor: Actor, lead: Lead, before: Mapping[str, Any]) -> None:
    shown = {key: [_plain(old), _plain(new)] for key, (old, new) in before.items()}
    entry = Entry.by(
        actor,
        "field",
        about_id=lead.id,
        with_id=lead.contact_id,
        text=", ".join(before),
        payload={"changes": shown},
    )
    timeline.record(entry)
    audit.record(actor, "changed", "lead", lead.id, before)


def _plain(value: Any) -> Any:
    return value.isoformat() if isinstance(value, datetime) else value


def _system(actor: Actor, lead: Lead, shown: Sentence) -> None:
    timeline.record(Entry.by(actor, "system", about_id=lead.id, with_id=lead.contact_id, text=shown))
