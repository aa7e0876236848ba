"""The room of the conversations: it completes timeline entries of messages with what became of them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any
from uuid import UUID

from leadline.conversations import automating, mailing, queries, shapes
from leadline.engines.timeline import actions as timeline
from leadline.engines.timeline.models import TimelineEntry
from leadline.infra import live
from leadline.leads import queries as leads


def _completed(entries: Sequence[TimelineEntry]) -> Mapping[UUID, Mapping[str, Any]]:
    ids = {entry.id: UUID(entry.payload["message_id"]) for entry in entries if "message_id" in entry.payload}
    messages = queries.messages_by_id(list(ids.values()))
    return {
        entry_id: {
            "state": messages[message_id].state,
            "error_text": shapes.error_of(messages[message_id]),
            "media": [media.model_dump() for media in shapes.media_of(messages[message_id])],
        }
        for entry_id, message_id in ids.items()
        if message_id in messages
    }


live.offer_visibility("composers", leads.visible_ids)
timeline.offer_completion("message", _completed)
automating.offer()
mailing.offer()
