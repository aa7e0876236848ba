"""Try a mailbox: can it send, can it be read; nothing is sent and nothing is marked as read."""

from __future__ import annotations

import imaplib
from collections.abc import Mapping, Sequence

from leadline.capture import queries
from leadline.capture.models import Connection
from leadline.capture.ports import Step
from leadline.channels.email import smtp
from leadline.channels.email.imap.client import ImapClient, MailboxError, NoAccess
from leadline.channels.email.mailbox import IMAP, Mailbox, mailbox_of
from leadline.channels.email.providers import provider_for
from leadline.infra import mail

_IN, _OUT = "Receiving", "Sending"


def steps_of_test(connection: Connection) -> Sequence[Step]:
    """What trying found; reads nothing but the connection."""
    box = mailbox_of(connection)
    if box.sandbox:
        return [
            Step(name="Sandbox", ok=True, detail="Nothing leaves this server. Write from the sandbox page.")
        ]
    secrets = queries.secrets_of(connection)
    return [_sending(box, secrets), *_receiving(box, secrets)]


def _sending(box: Mailbox, secrets: Mapping[str, str]) -> Step:
    if box.smtp is None:
        ok = mail.is_configured()
        told = "Mails leave by the server of this installation." if ok else "Enter the server for sending."
        return Step(name=_OUT, ok=ok, detail=told)
    try:
        smtp.try_access(box.smtp, secrets.get("smtp_password", ""))
    except (mail.MailRefused, mail.MailNotTaken) as problem:
        return Step(name=_OUT, ok=False, detail=str(problem))
    return Step(name=_OUT, ok=True, detail="The server for sending lets us in.")


def _receiving(box: Mailbox, secrets: Mapping[str, str]) -> list[Step]:
    if box.incoming == IMAP:
        return [_folders(box, secrets.get("imap_password", ""))]
    provider = provider_for(box.incoming)
    if provider is None:
        return []
    missing = [name for name in provider.secrets if not secrets.get(name)]
    if missing and box.incoming in {"mailgun", "generic"}:
        detail = "Enter the key with which deliveries are signed; without it every one is refused."
        return [Step(name=_IN, ok=False, detail=detail)]
    return [Step(name=_IN, ok=True, detail="Deliveries can be checked. Enter our address at the service.")]


def _folders(box: Mailbox, password: str) -> Step:
    assert box.imap is not None
    try:
        client = ImapClient(box.imap)
        try:
            client.enter(password)
            for folder in [*box.folders, *([box.sent_folder] if box.sent_folder else [])]:
                client.look(folder)
        finally:
            client.shutdown()
    except NoAccess as refusal:
        detail = f"The mail server refuses our access. Check the user name and the password. ({refusal})"
        return Step(name=_IN, ok=False, detail=detail)
    except (MailboxError, imaplib.IMAP4.error, OSError) as problem:
        return Step(name=_IN, ok=False, detail=f"The mailbox cannot be read: {problem}")
    return Step(name=_IN, ok=True, detail="The mailbox can be read. Mails stay unread there.")
