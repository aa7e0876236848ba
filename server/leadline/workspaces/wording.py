"""What an audit entry says to people: the codes of the house in words."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from leadline.infra.language import worded
from leadline.kit.sentences import say, sentence_of, word
from leadline.workspaces.models import AuditEntry

_OBJECTS = {
    "api_key": word("API key"),
    "assignment": word("Assignment"),
    "assignment_rule": word("Assignment rule"),
    "automation": word("Automation"),
    "business_hours": word("Business hours"),
    "channel": word("Channel"),
    "connection": word("Connection"),
    "contact": word("Contact"),
    "exchange_rates": word("Exchange rates"),
    "field": word("Field"),
    "invitation": word("Invitation"),
    "lead": word("Lead"),
    "loss_reason": word("Loss reason"),
    "member": word("Member"),
    "message": word("Message"),
    "pipeline": word("Pipeline"),
    "run": word("Run of an automation"),
    "scoring": word("Scoring"),
    "scoring_rule": word("Score rule"),
    "sla_policy": word("Time to answer"),
    "stage": word("Stage"),
    "submission": word("Submission"),
    "team": word("Team"),
    "workspace": word("Company"),
}
_DEEDS = {
    "archived": word("archived"),
    "assigned": word("given to an owner"),
    "band_set": word("band set by hand"),
    "breach": word("not answered in time"),
    "call_noted": word("call written down"),
    "changed": word("changed"),
    "closed": word("closed"),
    "created": word("created"),
    "deleted": word("deleted"),
    "dismissed": word("dismissed"),
    "escalated": word("escalated"),
    "half": word("half of the time to answer gone"),
    "invited": word("invited"),
    "joined": word("joined"),
    "marked_spam": word("marked as spam"),
    "meeting_noted": word("meeting written down"),
    "most": word("most of the time to answer gone"),
    "moved": word("moved"),
    "noted": word("note written"),
    "opened": word("connected"),
    "purged": word("removed for good"),
    "restored": word("restored"),
    "retried": word("tried again"),
    "revoked": word("revoked"),
    "run_retried": word("tried again"),
    "saved": word("saved"),
    "secret_renewed": word("secret renewed"),
    "sent": word("sent"),
    "set_up": word("set up"),
    "synced": word("templates fetched"),
    "token_renewed": word("address renewed"),
    "withdrawn": word("withdrawn"),
}
_PARTS = {
    "active": word("Active"),
    "automation": word("Automation"),
    "conditions": word("Conditions"),
    "contact": word("Person"),
    "count": word("Number"),
    "custom": word("Custom fields"),
    "due_at": word("Answer due"),
    "email": word("E-mail"),
    "enabled": word("Switched on"),
    "paused": word("Paused"),
    "ends_on": word("Ends on"),
    "language": word("Language"),
    "message_id": word("Message"),
    "moved": word("Moved leads"),
    "name": word("Name"),
    "owner": word("Owner"),
    "phone_region": word("Phone region"),
    "points": word("Points"),
    "position": word("Position"),
    "reason": word("Reason"),
    "role": word("Role"),
    "rules": word("Rules"),
    "scopes": word("Scopes"),
    "sentence": word("Condition"),
    "state": word("State"),
    "steps": word("Steps"),
    "teams": word("Teams"),
    "text": word("Text"),
    "theme": word("Theme"),
    "timezone": word("Time zone"),
    "to": word("To"),
    "trigger": word("Trigger"),
    "value_minor": word("Value"),
    "when": word("Condition"),
}


def label(entry: AuditEntry) -> str:
    """What was done to what."""
    thing = say(_OBJECTS.get(entry.object_type) or readable(entry.object_type))
    code = entry.action.rpartition(".")[2]
    return worded(say("{thing}: {deed}", thing=thing, deed=say(_DEEDS.get(code) or readable(code).lower())))


def labels(changes: Mapping[str, Any]) -> dict[str, str]:
    """What people call the changed parts."""
    return {key: worded(_PARTS.get(key) or readable(key)) for key in changes}


def values(changes: Mapping[str, Any]) -> dict[str, Any]:
    """The changes with the sentences among them in the language spoken now."""
    said = {key: sentence_of(value) for key, value in changes.items()}
    return {key: worded(sentence) if (sentence := said[key]) else changes[key] for key in changes}


def readable(code: str) -> str:
    """A code that has no words yet, as well as it can be read."""
    return code.replace("_", " ").replace(".", " ").capitalize()
