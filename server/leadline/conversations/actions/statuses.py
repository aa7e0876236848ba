"""Apply what providers say became of our messages, in whatever order they say it."""

from __future__ import annotations

import zlib
from collections.abc import Iterable, Sequence
from datetime import timedelta

from django.db import connection
from django.db.models import F, Q

from leadline.conversations import rules
from leadline.conversations.events import MessageStateChanged
from leadline.conversations.models import Message, StatusNote, Thread
from leadline.conversations.ports import StatusIn, channel_for
from leadline.conversations.rules import Direction, State
from leadline.infra import events
from leadline.infra.entity import save_all
from leadline.infra.locks import Lock
from leadline.kit import clock
from leadline.workspaces.actor import Actor

_CHANGED = ["state", "provider_id", "sent_at", "delivered_at", "read_at", "error_code", "error_text"]
_NOTES_KEPT = timedelta(days=7)


def apply_statuses(actor: Actor, statuses: Sequence[StatusIn]) -> list[Message]:
    """Bring messages to the state reported; the messages that changed. Those not found are noted for later.

    Never a step backwards, so that any order ends in the same state.
    """
    known = [status for status in statuses if rules.state_of_status(status.status) is not None]
    changed: list[Message] = []
    for channel in {status.channel for status in known}:
        changed += _apply(channel, [status for status in known if status.channel == channel])
    tell_states(changed)
    return changed


def _apply(channel: str, statuses: Sequence[StatusIn]) -> list[Message]:
    lock_provider_ids(channel, [status.provider_id for status in statuses if status.provider_id])
    ids = Q(provider_id__in=[s.provider_id for s in statuses if s.provider_id])
    refs = Q(send_ref__in=[s.our_ref for s in statuses if s.our_ref])
    rows = Message.objects.filter(ids | refs, channel=channel, direction=Direction.OUT.value)
    found = list(rows.select_for_update().order_by("id"))
    by_id = {row.provider_id: row for row in found if row.provider_id}
    by_ref = {row.send_ref: row for row in found if row.send_ref}
    changed: dict[object, Message] = {}
    unmatched: list[StatusIn] = []
    for status in statuses:
        message = by_id.get(status.provider_id) or by_ref.get(status.our_ref)
        if message is None:
            unmatched.append(status)
        elif _climb(message, status):
            changed[message.id] = message
    save_all(changed.values(), _CHANGED)
    _note(unmatched)
    return list(changed.values())


def _climb(message: Message, status: StatusIn) -> bool:
    """Let the message hear of the status; whether anything changed."""
    before = [getattr(message, name) for name in _CHANGED]
    new = rules.state_of_status(status.status)
    if new is None:
        return False
    at = status.at or clock.now()
    message.provider_id = message.provider_id or status.provider_id or None
    if new is State.FAILED:
        if rules.later(message.state, new) is State.FAILED:
            message.error_code, message.error_text = status.error_code, status.error_text
    else:
        message.sent_at = rules.earlier(message.sent_at, at)
    if new in {State.DELIVERED, State.READ}:
        message.delivered_at = rules.earlier(message.delivered_at, at)
    if new is State.READ:
        message.read_at = rules.earlier(message.read_at, at)
    message.state = rules.later(message.state, new).value
    if message.state != State.FAILED:
        message.error_code = message.error_text = ""
    return before != [getattr(message, name) for name in _CHANGED]


def _note(statuses: Sequence[StatusIn]) -> None:
    StatusNote.objects.bulk_create(
        [
            StatusNote(
                channel=status.channel,
                provider_id=status.provider_id,
                status=status.status,
                error_code=status.error_code,
                error_text=status.error_text,
                at=status.at,
            )
            for status in statuses
            if status.provider_id
        ],
        ignore_conflicts=True,
    )


def noted(message: Message) -> None:
    """Let a message that just learned its id hear the statuses that were noted for it; not saved here."""
    notes = StatusNote.objects.filter(channel=message.channel, provider_id=message.provider_id or "")
    found = list(notes)
    for note in found:
        _climb(
            message,
            StatusIn(
                channel=note.channel,
                status=note.status,
                provider_id=note.provider_id,
                at=note.at,
                error_code=note.error_code,
                error_text=note.error_text,
            ),
        )
    if found:
        notes.delete()


def lock_provider_ids(channel: str, provider_ids: Iterable[str]) -> None:
    """Let a status and the record of its send wait for each other, so that neither misses the other."""
    keys = sorted({zlib.crc32(f"{channel}:{one}".encode()) for one in provider_ids})
    if keys:
        with connection.cursor() as cursor:
            cursor.execute(
                "SELECT pg_advisory_xact_lock(%s, k) FROM unnest(%s::int[]) AS k",
                [int(Lock.STATUSES), _signed(keys)],
            )


def _signed(keys: Sequence[int]) -> list[int]:
    return sorted(key - 2**32 if key >= 2**31 else key for key in keys)


def forget_old_notes() -> int:
    """Throw away notes about messages that were never ours, after a week."""
    gone, _ = StatusNote.objects.filter(created_at__lt=clock.now() - _NOTES_KEPT).delete()
    return gone


def _note_reach(messages: Sequence[Message]) -> None:
    lost = [one.thread_id for one in messages if _is_lost(one)]
    if lost:
        Thread.objects.filter(id__in=lost).update(unreachable_address=F("address"))
    arrived = [one.thread_id for one in messages if one.state in {State.DELIVERED, State.READ}]
    if arrived:
        Thread.objects.filter(id__in=arrived).exclude(unreachable_address="").update(unreachable_address="")


def _is_lost(message: Message) -> bool:
    channel = channel_for(message.channel)
    return (
        message.state == State.FAILED
        and channel is not None
        and message.error_code in channel.unreachable_codes
    )


def tell_state(message: Message) -> None:
    """Record that the message's state changed."""
    tell_states([message])


def tell_states(messages: Sequence[Message]) -> None:
    """Record that the messages' states changed, and where nobody can be reached, or somebody can again."""
    _note_reach(messages)
    events.record(
        *(
            MessageStateChanged(
                workspace_id=message.workspace_id,
                lead_id=message.lead_id,
                contact_id=message.contact_id,
                message_id=message.id,
                channel=message.channel,
                state=message.state,
                error_code=message.error_code,
                at=clock.now(),
            )
            for message in messages
        )
    )
