"""Download the files of inbound messages, after the message itself is safe."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from leadline.conversations.events import MessageStateChanged
from leadline.conversations.models import Message
from leadline.conversations.ports import MediaIn, SendRefused, channel_for
from leadline.engines.timeline.ports import SENTENCE
from leadline.infra import events, tenancy
from leadline.infra.jobs import background
from leadline.kit import clock
from leadline.kit.sentences import Sentence


class FilesStillMissing(Exception):
    """Some files could not be had now; the job is tried again."""


@background(retries=6)
def fetch_media(*, workspace_id: str, message_id: str) -> None:
    """Download what is still missing of a message's files; tried again when the provider does not answer."""
    with tenancy.workspace(UUID(workspace_id)):
        message = Message.objects.select_related("thread").filter(id=message_id).first()
    if message is None:
        return
    channel = channel_for(message.channel)
    if channel is None:
        return
    again = False
    for place, media in enumerate(message.media):
        if media.get("file_id") or media.get("problem"):
            continue
        try:
            fetched = channel.fetch(message.workspace_id, message.thread.account_id, _wanted(media))
        except SendRefused as refusal:
            again = again or refusal.retry_after is not None
            if refusal.retry_after is None:
                said = {SENTENCE: refusal.text.data} if isinstance(refusal.text, Sentence) else {}
                _keep(message, place, {"problem": str(refusal.text), **said})
            continue
        found = {"file_id": str(fetched.file_id), "name": fetched.name, "mime": fetched.mime}
        _keep(message, place, {**found, "size": fetched.size})
    if again:
        raise FilesStillMissing(f"message {message_id}")


def _wanted(media: dict[str, Any]) -> MediaIn:
    return MediaIn(**{key: media.get(key) or "" for key in ("reference", "mime", "sha256", "name", "url")})


def _keep(message: Message, place: int, found: dict[str, Any]) -> None:
    with tenancy.workspace(message.workspace_id):
        row = Message.objects.select_for_update().get(id=message.id)
        row.media = [{**media, **found} if n == place else media for n, media in enumerate(row.media)]
        row.save(update_fields=["media"])
        events.record(
            MessageStateChanged(
                workspace_id=row.workspace_id,
                lead_id=row.lead_id,
                contact_id=row.contact_id,
                message_id=row.id,
                channel=row.channel,
                state=row.state,
                error_code="",
                at=clock.now(),
            )
        )
