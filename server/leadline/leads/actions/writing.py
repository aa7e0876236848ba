"""Fields of leads: what they may be, what would change, and writing it for any number of leads."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any

from leadline.engines.schema import actions as schema
from leadline.engines.timeline import actions as timeline
from leadline.engines.timeline.ports import Entry
from leadline.infra import bulk, events
from leadline.kit import clock, money, text
from leadline.kit.errors import Invalid
from leadline.kit.sentences import say
from leadline.leads import rules
from leadline.leads.actions.finding import refresh_rows
from leadline.leads.actions.qualifying import checked_answers
from leadline.leads.events import LeadChanged
from leadline.leads.models import Lead
from leadline.workspaces import audit
from leadline.workspaces.actor import Actor
from leadline.workspaces.queries import own_workspace

# A field and what it was and is from now on.
Changes = Mapping[str, Sequence[Any]]
_TEXTS = {"name": 200, "source": 60, "campaign": 200, "interest": 300, "next_step": 300, "competitor": 200}
_SEARCHED = {"name", "interest"}


def checked(wanted: Mapping[str, Any]) -> dict[str, Any]:
    """The values as leads keep them; Invalid (422) names a field that is unknown or a value that cannot be.

    `custom` holds what changes of the own fields; None takes a value away. Answers (`qualification`) are
    checked against those that a lead has, by `differing`.
    """
    new: dict[str, Any] = {}
    for key, value in wanted.items():
        if key in _TEXTS:
            new[key] = text.clean(str(value or ""), _TEXTS[key])
        elif key == "tags":
            new[key] = schema.check_values("lead", {"tags": value or []})["tags"] or []
        elif key == "custom":
            new[key] = own_values("lead", value or {})
        elif key == "qualification":
            new[key] = value or {}
        else:
            new[key] = _checked_plain(key, value)
    for key in ("name", "source"):
        if key in new and not new[key]:
            raise Invalid(say("A lead needs a {key}.", key=key), field=key)
    return new


def own_values(object_key: str, values: Mapping[str, Any]) -> dict[str, Any]:
    """Values of own fields by their bare keys, as they are kept."""
    found = schema.check_values(object_key, {f"custom.{key}": value for key, value in values.items()})
    return {key.removeprefix("custom."): value for key, value in found.items()}


def differing(actor: Actor, lead: Lead, new: Mapping[str, Any]) -> dict[str, list[Any]]:
    """What would change on this lead: the old and the new value of each field that is another one."""
    wanted = dict(new)
    if "custom" in wanted:
        merged = {**lead.custom, **wanted["custom"]}
        wanted["custom"] = {key: value for key, value in merged.items() if value is not None}
    if "qualification" in wanted:
        wanted["qualification"] = checked_answers(lead.qualification, wanted["qualification"])
    amount = wanted.get("value_minor") or wanted.get("budget_minor")
    if amount and not (wanted.get("currency") or lead.currency):
        wanted["currency"] = own_workspace(actor).currency
    return {key: [getattr(lead, key), value] for key, value in wanted.items() if getattr(lead, key) != value}


def write(actor: Actor, changes: Sequence[tuple[Lead, Changes]]) -> None:
    """Write what changes on these locked leads, to the timeline and the audit too.

    A fixed number of statements for any number of leads; none for no change.
    """
    changes = [(lead, changed) for lead, changed in changes if changed]
    if not changes:
        return
    now = clock.now()
    for lead, changed in changes:
        lead.last_activity_at = now
        for key, (_, value) in changed.items():
            setattr(lead, key, value)
    fields = [*dict.fromkeys(key for _, changed in changes for key in changed), "last_activity_at"]
    rows = {lead.id: {key: getattr(lead, key) for key in fields} for lead, _ in changes}
    bulk.update_rows(Lead, rows, fields)
    timeline.record(*(_entry(actor, lead, changed) for lead, changed in changes))
    audit.record_all(audit.entry(actor, "changed", "lead", lead.id, changed) for lead, changed in changes)
    if searched := [lead.id for lead, changed in changes if _SEARCHED & changed.keys()]:
        refresh_rows(searched)
    events.record(
        *(
            LeadChanged(workspace_id=lead.workspace_id, lead_id=lead.id, fields=tuple(changed))
            for lead, changed in changes
        )
    )


def plain(value: Any) -> Any:
    """A value of a field as JSON."""
    return value.isoformat() if isinstance(value, datetime) else value


def _entry(actor: Actor, lead: Lead, changed: Changes) -> Entry:
    shown = {key: [plain(old), plain(new)] for key, (old, new) in changed.items()}
    return Entry.by(
        actor,
        "field",
        about_id=lead.id,
        with_id=lead.contact_id,
        text=", ".join(changed),
        payload={"changes": shown},
    )


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
