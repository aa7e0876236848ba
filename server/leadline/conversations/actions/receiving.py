"""File inbound messages: each once, in its thread, on the timeline."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import asdict
from typing import Any
from uuid import UUID

from leadline.conversations.actions.fetching import fetch_media
from leadline.conversations.actions.threads import Key, lock_threads
from leadline.conversations.events import MessageReceived
from leadline.conversations.models import Message, Thread
from leadline.conversations.ports import InboundMessage
from leadline.conversations.rules import Direction, State
from leadline.engines.timeline import actions as timeline
from leadline.infra import events
from leadline.infra.entity import save_all
from leadline.leads import actions as leads
from leadline.workspaces.actor import Actor

_LONGEST_BODY = 20_000


def receive(actor: Actor, items: Sequence[InboundMessage]) -> list[Message]:
    """File the messages that are new; a redelivered one changes nothing. A fixed number of statements."""
    if not items:
        return []
    threads = lock_threads({_key(item): None for item in items}.keys())
    new = _insert(items, threads)
    if not new:
        return []
    answered = _written_to_before([message.thread_id for message in new])
    _update_threads(new, {item.provider_id: item for item in items}, threads)
    timeline.record(*(_entry(message) for message in new))
    events.record(*(_received(actor, message, message.thread_id in answered) for message in new))
    fetch_media.later_many(
        {"workspace_id": str(actor.workspace_id), "message_id": str(message.id)}
        for message in new
        if message.media
    )
    return new


def _key(item: InboundMessage) -> Key:
    return item.channel, item.account_id, item.contact_id


def _insert(items: Sequence[InboundMessage], threads: dict[Key, Thread]) -> list[Message]:
    drafts = [_message(item, threads[_key(item)]) for item in items]
    Message.objects.bulk_create(drafts, ignore_conflicts=True, batch_size=1000)
    inserted = set(Message.objects.filter(id__in=[d.id for d in drafts]).values_list("id", flat=True))
    return [draft for draft in drafts if draft.id in inserted]


def _message(item: InboundMessage, thread: Thread) -> Message:
    return Message(
        thread=thread,
        contact_id=item.contact_id,
        lead_id=item.lead_id,
        direction=Direction.IN.value,
        channel=item.channel,
        kind=item.kind[:30],
        body=item.body[:_LONGEST_BODY],
        details=dict(item.details),
        media=[asdict(media) for media in item.media],
        reply_to=item.reply_to[:300],
        provider_id=item.provider_id[:300] or None,
        state=State.RECEIVED.value,
        at=item.at,
    )


def _written_to_before(thread_ids: Sequence[UUID]) -> set[UUID]:
    rows = Message.objects.filter(thread_id__in=thread_ids, direction=Direction.OUT.value)
    return set(rows.values_list("thread_id", flat=True).order_by("thread_id").distinct("thread_id"))


def _update_threads(
    new: Sequence[Message], items: dict[str, InboundMessage], threads: dict[Key, Thread]
) -> None:
    changed: dict[UUID, Thread] = {}
    for message in sorted(new, key=lambda one: one.at):
        item = items[message.provider_id or ""]
        thread = changed.setdefault(message.thread_id, threads[_key(item)])
        thread.unread += 1
        # Whoever writes can be reached.
        thread.unreachable_address = ""
        thread.last_message_at = max(thread.last_message_at or message.at, message.at)
        if item.opens_window:
            # An older message may be delivered after a newer one: the window and address only move forward.
            if thread.last_inbound_at is None or message.at >= thread.last_inbound_at:
                thread.address = item.address or thread.address
            thread.last_inbound_at = max(thread.last_inbound_at or message.at, message.at)
        thread.lead_id = message.lead_id or thread.lead_id
    fields = ["unread", "last_message_at", "last_inbound_at", "address", "unreachable_address", "lead"]
    save_all(changed.values(), fields)
    leads.add_unread(Counter(message.lead_id for message in new if message.lead_id is not None))


def _entry(message: Message) -> timeline.Entry:
    payload: dict[str, Any] = {
        "message_id": str(message.id),
        "kind": message.kind,
        "details": message.details,
    }
    return timeline.Entry(
        kind="message",
        about_id=message.lead_id,
        with_id=message.contact_id,
        text=message.body,
        at=message.at,
        direction="in",
        channel=message.channel,
        payload=payload,
    )


def _received(actor: Actor, message: Message, reply: bool) -> MessageReceived:
    return MessageReceived(
        workspace_id=actor.workspace_id,
        lead_id=message.lead_id,
        contact_id=message.contact_id,
        message_id=message.id,
        channel=message.channel,
        kind=message.kind,
        reply=reply,
        at=message.at,
    )
