"""Take the new mails of a mailbox's folders: stored first, then marked as taken, in one transaction each."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import timedelta

from leadline.capture import actions as capture
from leadline.capture.models import Connection
from leadline.capture.ports import Item
from leadline.channels.email.imap.client import ImapClient
from leadline.channels.email.mailbox import Mailbox
from leadline.channels.email.models import FolderMark
from leadline.channels.email.providers.keys import key_of_mail
from leadline.channels.email.reading import MAIL, SENT_MAIL
from leadline.infra import tenancy

LARGEST = 25 * 1024 * 1024
_AT_ONCE = 50
# When a server numbers a folder anew: as far back as mails may have come in unnoticed.
_LOOK_BACK = timedelta(days=3)
_TOO_LARGE = "The mail is larger than 25 MB. Read it in the mailbox; here is only its head."


def read_folders(client: ImapClient, connection: Connection, box: Mailbox) -> int:
    """Take what is new in every folder of the mailbox; how many mails were new to us."""
    folders = [(folder, MAIL) for folder in box.folders]
    if box.sent_folder:
        folders.append((box.sent_folder, SENT_MAIL))
    return sum(_read_folder(client, connection, folder, kind) for folder, kind in folders)


def _read_folder(client: ImapClient, connection: Connection, folder: str, kind: str) -> int:
    validity, following = client.look(folder)
    with tenancy.workspace(connection.workspace_id):
        mark = FolderMark.objects.filter(connection=connection, folder=folder).first()
        if mark is None:
            # The mails of before the connection are not inquiries of today.
            FolderMark.objects.create(
                connection=connection,
                folder=folder,
                uid_validity=validity,
                last_uid=max(following - 1, 0),
            )
            return 0
    if mark.uid_validity == validity:
        return _take(client, connection, mark, client.uids_after(mark.last_uid), kind)
    since = max(mark.updated_at - _LOOK_BACK, connection.created_at)
    return _begin_anew(client, connection, mark, validity, client.uids_since(since), kind)


def _begin_anew(
    client: ImapClient,
    connection: Connection,
    mark: FolderMark,
    validity: int,
    uids: Sequence[int],
    kind: str,
) -> int:
    """The folder has new numbers: the old ones mean nothing, and what is known is recognised by its key."""
    with tenancy.workspace(connection.workspace_id):
        mark.uid_validity = validity
        mark.last_uid = uids[0] - 1 if uids else client.look(mark.folder)[1] - 1
        mark.save(update_fields=["uid_validity", "last_uid"])
    return _take(client, connection, mark, uids, kind)


def _take(
    client: ImapClient, connection: Connection, mark: FolderMark, uids: Sequence[int], kind: str
) -> int:
    new = 0
    for start in range(0, len(uids), _AT_ONCE):
        chosen = uids[start : start + _AT_ONCE]
        sizes = client.sizes(chosen)
        for uid in chosen:
            item = _item(client, uid, sizes.get(uid, 0), kind)
            with tenancy.workspace(connection.workspace_id):
                new += len(capture.receive(connection, [item])) if item else 0
                ahead = FolderMark.objects.filter(
                    id=mark.id, uid_validity=mark.uid_validity, last_uid__lt=uid
                )
                ahead.update(last_uid=uid)
    return new


def _item(client: ImapClient, uid: int, size: int, kind: str) -> Item | None:
    large = size > LARGEST
    raw = client.mail(uid, head_only=large)
    if raw is None:
        return None
    return Item(
        natural_key=key_of_mail(raw),
        body=raw,
        content_type=kind,
        quarantine=_TOO_LARGE if large else "",
    )
