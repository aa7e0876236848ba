"""File what one of us sent outside the product, as if it had been sent from here."""

from __future__ import annotations

from leadline.conversations.actions.threads import lock_threads
from leadline.conversations.events import MessageSent
from leadline.conversations.models import Message
from leadline.conversations.ports import SentElsewhere
from leadline.conversations.rules import Direction, State
from leadline.engines.timeline import actions as timeline
from leadline.infra import events
from leadline.leads import actions as leads
from leadline.workspaces.actor import Actor

_LONGEST_BODY = 20_000


def file_sent(actor: Actor, item: SentElsewhere) -> Message | None:
    """Put a message that has left already on its thread and the timeline; a member's is a touch.

    None when it is known, be it that we sent it or that it was filed before.
    """
    key = (item.channel, item.account_id, item.contact_id)
    thread = lock_threads([key])[key]
    draft = Message(
        thread=thread,
        contact_id=item.contact_id,
        lead_id=item.lead_id,
        direction=Direction.OUT.value,
        channel=item.channel,
        body=item.body[:_LONGEST_BODY],
        details=dict(item.details),
        provider_id=item.provider_id[:300],
        state=State.SENT.value,
        member_id=item.member_id,
        actor_name=item.member_name,
        at=item.at,
        sent_at=item.at,
    )
    Message.objects.bulk_create([draft], ignore_conflicts=True)
    if not Message.objects.filter(id=draft.id).exists():
        return None
    thread.lead_id = item.lead_id or thread.lead_id
    thread.address = thread.address or item.address
    thread.last_message_at = max(thread.last_message_at or item.at, item.at)
    thread.save(update_fields=["lead", "address", "last_message_at"])
    _tell(actor, draft)
    return draft


def _tell(actor: Actor, message: Message) -> None:
    timeline.record(
        timeline.Entry(
            kind="message",
            about_id=message.lead_id,
            with_id=message.contact_id,
            text=message.body,
            at=message.at,
            direction="out",
            actor_name=message.actor_name,
            member_id=message.member_id,
            channel=message.channel,
            payload={"message_id": str(message.id), "kind": message.kind, "details": message.details},
        )
    )
    if message.lead_id is not None:
        leads.note_touch([message.lead_id], message.member_id, message.channel, message.at)
    events.record(
        MessageSent(
            workspace_id=actor.workspace_id,
            lead_id=message.lead_id,
            contact_id=message.contact_id,
            message_id=message.id,
            channel=message.channel,
            automatic=False,
            member_id=message.member_id,
            at=message.at,
        )
    )
