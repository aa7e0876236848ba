"""Mark conversations as read by us."""

from __future__ import annotations

from uuid import UUID

from leadline.conversations import policy
from leadline.workspaces.actor import Actor


def mark_read(actor: Actor, lead_id: UUID) -> int:
    """Set the unread counts of the lead's threads to zero; how many had something unread."""
    return policy.visible_threads(actor).filter(lead_id=lead_id, unread__gt=0).update(unread=0)
