"""Mark conversations as read by us."""

from __future__ import annotations

from uuid import UUID

from leadline.conversations import policy
from leadline.conversations.events import MessagesRead
from leadline.conversations.models import Message
from leadline.conversations.ports import channel_for
from leadline.conversations.rules import Direction
from leadline.engines.notices import actions as notices
from leadline.infra import events, tenancy
from leadline.infra.jobs import background
from leadline.leads import actions as lead_actions
from leadline.leads import queries as leads
from leadline.workspaces.actor import Actor
from leadline.workspaces.rules import Right


def mark_read(actor: Actor, lead_id: UUID) -> int:
    """Set the unread counts of the lead's threads to zero; how many had something unread.

    NotFound (404) for a lead the actor cannot see, Forbidden (403) for those who only look.
    """
    actor.require(Right.SEND_MESSAGES)
    leads.require_visible(actor, lead_id)
    # The lead before its threads, as when a message comes in.
    lead_actions.clear_unread(lead_id)
    rows = policy.visible_threads(actor).filter(lead_id=lead_id, unread__gt=0)
    unread = list(rows.select_for_update(of=("self",)).values_list("id", flat=True))
    policy.visible_threads(actor).filter(id__in=unread).update(unread=0)
    if unread:
        notices.read_about(actor, "lead", lead_id, "lead.joined")
        events.record(MessagesRead(workspace_id=actor.workspace_id, lead_id=lead_id))
    show_read.later_many({"workspace_id": str(actor.workspace_id), "thread_id": str(one)} for one in unread)
    return len(unread)


@background(retries=1)
def show_read(*, workspace_id: str, thread_id: str) -> None:
    """Tell the provider that the newest message of the thread was read."""
    with tenancy.workspace(UUID(workspace_id)):
        rows = Message.objects.select_related("thread").filter(
            thread_id=thread_id, direction=Direction.IN.value, provider_id__isnull=False
        )
        newest = rows.order_by("-at").first()
    channel = channel_for(newest.channel) if newest else None
    if newest is not None and channel is not None:
        channel.show_read(newest.workspace_id, newest.thread.account_id, newest.provider_id or "")
