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
from leadline.kit.sentences import Text, say, word

_IN, _OUT = word("Receiving"), word("Sending")
_SANDBOX = word("Nothing leaves this server. Write from the sandbox page.")
_SHARED = word("Mails leave by the server of this installation.")
_NO_SMTP = word("Enter the server for sending.")
_NO_IMAP = word("Enter the server that the mail is fetched from.")
_NO_TOPIC = word("Enter the ARN of the SNS topic, as Amazon shows it.")
_NO_KEY = word("Enter the key with which deliveries are signed; without it every one is refused.")
_HOOK = word("Deliveries can be checked. Enter our address at the service.")
_LETS_IN = word("The server for sending lets us in.")
_READABLE = word("The mailbox can be read. Mails stay unread there.")


def steps_of_test(connection: Connection) -> Sequence[Step]:
    """What trying found; reads nothing but the connection."""
    box = mailbox_of(connection)
    if box.sandbox:
        return [Step(name=word("Sandbox"), ok=True, detail=_SANDBOX)]
    secrets = queries.secrets_of(connection)
    topic = str(connection.settings.get("topic_arn") or "")
    return [_sending(box, secrets), *_receiving(box, secrets, topic)]


def _sending(box: Mailbox, secrets: Mapping[str, str]) -> Step:
    if box.smtp is None:
        ok = mail.is_configured()
        return Step(name=_OUT, ok=ok, detail=_SHARED if ok else _NO_SMTP)
    try:
        smtp.try_access(box.smtp, secrets.get("smtp_password", ""))
    except (mail.MailRefused, mail.MailNotTaken) as problem:
        return Step(name=_OUT, ok=False, detail=problem.said)
    return Step(name=_OUT, ok=True, detail=_LETS_IN)


def _receiving(box: Mailbox, secrets: Mapping[str, str], topic: str) -> list[Step]:
    if box.incoming == IMAP:
        problem = _problem_of_folders(box, secrets.get("imap_password", ""))
        return [Step(name=_IN, ok=problem is None, detail=problem or _READABLE)]
    provider = provider_for(box.incoming)
    if provider is None:
        return []
    if box.incoming == "ses" and not topic:
        return [Step(name=_IN, ok=False, detail=_NO_TOPIC)]
    missing = [name for name in provider.secrets if not secrets.get(name)]
    if missing and box.incoming in {"mailgun", "generic"}:
        return [Step(name=_IN, ok=False, detail=_NO_KEY)]
    return [Step(name=_IN, ok=True, detail=_HOOK)]


def _problem_of_folders(box: Mailbox, password: str) -> Text | None:
    if box.imap is None:
        return _NO_IMAP
    try:
        client = ImapClient(box.imap)
        try:
            client.enter(password)
            for folder in [*box.folders, *([box.sent_folder] if box.sent_folder else [])]:
                client.look(folder)
        finally:
            client.shutdown()
    except NoAccess:
        return smtp.NO_ACCESS
    except (MailboxError, imaplib.IMAP4.error, OSError) as problem:
        return say("The mailbox cannot be read: {trouble}", trouble=str(problem))
    return None
