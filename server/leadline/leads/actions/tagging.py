"""Put tags on leads and take them off."""

from __future__ import annotations

from collections.abc import Sequence
from uuid import UUID

from leadline.leads.actions.changing import change_lead
from leadline.leads.actions.locked import take
from leadline.leads.models import Lead
from leadline.workspaces.actor import Actor


def add_tags(actor: Actor, lead_id: UUID, tags: Sequence[str]) -> Lead:
    """The lead carries these tags beside those it has; what it carries already is not written again."""
    held = take(actor, lead_id).tags
    return change_lead(actor, lead_id, {"tags": [*held, *(tag for tag in tags if tag not in held)]})


def remove_tags(actor: Actor, lead_id: UUID, tags: Sequence[str]) -> Lead:
    """The lead carries none of these tags."""
    held = take(actor, lead_id).tags
    return change_lead(actor, lead_id, {"tags": [tag for tag in held if tag not in tags]})
