"""Give out the files and the HTML of mails that are stored."""

from __future__ import annotations

from uuid import UUID

from leadline.capture.models import Submission
from leadline.channels.email.reading import Mail, read
from leadline.channels.email.understanding.letter import Attachment
from leadline.conversations.ports import FetchedMedia, MediaIn, SendRefused
from leadline.infra import files, tenancy

_GONE = "The mail with this file is not kept any more."


def fetched(workspace_id: UUID, media: MediaIn) -> FetchedMedia:
    """A file of a mail, stored; SendRefused when the mail is gone or the file is refused."""
    submission_id, _, place = media.reference.partition(":")
    with tenancy.workspace(workspace_id):
        found = next((one for one in files_of(UUID(submission_id)) if str(one.place) == place), None)
        if found is None:
            raise SendRefused("gone", _GONE)
        try:
            stored = files.store(found.name, found.content, found.mime)
        except files.FileRefused as refusal:
            raise SendRefused(refusal.code, refusal.detail) from refusal
    return FetchedMedia(file_id=stored.id, name=stored.name, mime=stored.mime, size=stored.size)


def files_of(submission_id: UUID) -> list[Attachment]:
    """The files of a stored mail; none when it is not kept any more. Call it inside the workspace."""
    submission = Submission.objects.select_related("connection").filter(id=submission_id).first()
    found = read(submission) if submission is not None else []
    return found.letter.attachments if isinstance(found, Mail) else []
