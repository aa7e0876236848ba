"""Change what is written on a lead; note something; put it into the trash and take it out again."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any
from uuid import UUID

from leadline.contacts import actions as contact_actions
from leadline.engines.timeline import actions as timeline
from leadline.engines.timeline.models import TimelineEntry
from leadline.engines.timeline.ports import Entry
from leadline.infra import events, lookup
from leadline.kit import clock, text
from leadline.kit.errors import Conflict, Invalid
from leadline.kit.sentences import Sentence, Value, say
from leadline.leads import policy, rules
from leadline.leads.actions.bookkeeping import assign, note_activity
from leadline.leads.actions.finding import refresh_rows
from leadline.leads.actions.locked import require_version, take
from leadline.leads.actions.moving import require_no_other_open
from leadline.leads.actions.writing import checked, differing, own_values, write
from leadline.leads.events import LeadDeleted, LeadRestored
from leadline.leads.models import Lead
from leadline.leads.ports import AssignmentOf
from leadline.workspaces import audit
from leadline.workspaces.actor import Actor
from leadline.workspaces.models import Member
from leadline.workspaces.queries import member, own_workspace


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
    write(actor, [(lead, differing(actor, lead, checked(wanted)))])
    if "owner_id" in changes and changes["owner_id"] != lead.owner_id:
        hand_over(actor, lead, changes["owner_id"])
    lead.refresh_from_db()
    return lead


def hand_over(actor: Actor, lead: Lead, owner_id: UUID | None, team_id: UUID | None = None) -> None:
    """Give a lead to another owner by hand; it leaves a team in which the new owner is not."""
    hand_over_all(actor, [lead], owner_id, team_id)


def hand_over_all(
    actor: Actor, leads: Sequence[Lead], owner_id: UUID | None, team_id: UUID | None = None
) -> None:
    """Give locked leads to another owner by hand: a fixed number of statements for any number of leads.

    Conflict (409) when the owner is no longer active.
    """
    owner = active_member(actor, owner_id) if owner_id else None
    teams = [team.id for team in owner.teams.all()] if owner else []
    whom: Value = owner.name if owner else say("nobody")
    rows = []
    for lead in leads:
        kept = owner is None or lead.team_id in teams
        rows.append(
            AssignmentOf(
                lead_id=lead.id,
                owner_id=owner_id,
                team_id=team_id or (lead.team_id if kept else next(iter(teams), None)),
                reason_text=say("Given to {owner} by {actor}.", owner=whom, actor=actor.name),
                reason={"by": actor.name},
                by_rule=False,
                by_member_id=actor.member_id if actor.human else None,
            )
        )
    assign(actor, rows)


def active_member(actor: Actor, member_id: UUID) -> Member:
    """The member; Conflict (409) when they can no longer log in, NotFound (404) when there is none."""
    found = member(actor, member_id)
    if not found.active:
        raise Conflict(
            say("{name} is no longer active.", name=found.name), code="member_inactive", field="owner_id"
        )
    return found


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


def _change_contact(actor: Actor, lead_id: UUID, wanted: Mapping[str, Any], version: int | None) -> None:
    """Change the lead's person, who is locked before the lead; nothing when the lead is another by now."""
    if wanted.get("custom"):
        wanted = {**wanted, "custom": own_values("contact", wanted["custom"])}
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


def _system(actor: Actor, lead: Lead, shown: Sentence) -> None:
    timeline.record(Entry.by(actor, "system", about_id=lead.id, with_id=lead.contact_id, text=shown))
