"""Hand out the files of messages."""

from __future__ import annotations

from uuid import UUID

from django.http import HttpResponse

from leadline.conversations.models import Message
from leadline.engines.timeline.ports import SENTENCE
from leadline.infra import files
from leadline.kit.errors import NotFound
from leadline.kit.sentences import sentence_of


def file_of(message: Message, n: int) -> HttpResponse:
    """The n-th file of a message, as an attachment; NotFound (404) while it is not here."""
    media = message.media[n] if 0 <= n < len(message.media) else {}
    if not media.get("file_id"):
        raise NotFound(
            sentence_of(media.get(SENTENCE))
            or media.get("problem")
            or "This file is not here. It may still be on its way."
        )
    return files.answer(UUID(media["file_id"]))
