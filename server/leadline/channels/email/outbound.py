"""Mail as a channel of conversations: where to write, and handing a mail over, each at most once."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from urllib.parse import urlsplit
from uuid import UUID

from django.conf import settings

from leadline.capture import actions as capture
from leadline.capture import queries
from leadline.capture.models import Connection
from leadline.channels.email import composing, limits, smtp
from leadline.channels.email.composing import Written
from leadline.channels.email.fetching import fetched
from leadline.channels.email.mailbox import KEY, Mailbox, Server, mailbox_of, open_mailboxes
from leadline.channels.email.reports import UNREACHABLE
from leadline.channels.email.sandbox import delivering
from leadline.channels.email.seen.links import Links
from leadline.channels.email.seen.tokens import Mark, address
from leadline.contacts.models import Identity
from leadline.contacts.rules import IdentityKind
from leadline.conversations import ports, rules
from leadline.conversations.models import Message
from leadline.conversations.rules import Direction
from leadline.infra import files, mail, tenancy
from leadline.kit import clock, email
from leadline.kit.sentences import word

_ANSWERS = re.compile(
    r"^\s*(re|aw|antw|sv|odp|vs|ref|rif|תשובה|回复|答复)\s*(\[\d+\])?\s*[:：]", re.IGNORECASE
)
_SES = re.compile(r"email-smtp(?:-fips)?\.([a-z0-9-]+)\.amazonaws\.com")
_CANNOT_SEND = word("This mailbox only receives. Enter its server for sending in Settings.")
_LOOP = word(
    "Many automatic mails went to this person within an hour: two machines seem to answer each other."
)
_NO_MORE = word("This person wants no more mails that write themselves. Write one yourself, or call.")
_OFF = word("This mailbox is switched off in Settings.")


@dataclass(frozen=True)
class _Prepared:
    """A mail that is ready to leave, and by which server."""

    box: Mailbox
    server: Server | None
    password: str
    content: bytes


class EmailChannel:
    """Mails from the workspace's mailboxes."""

    key = KEY
    label = "E-mail"
    uses_templates = False
    unreachable_codes = UNREACHABLE
    longest_body = 50_000

    def address_of(self, identities: Sequence[Identity]) -> str:
        """The primary mail address."""
        known = [one.shown for one in identities if one.kind == IdentityKind.EMAIL]
        return next((address for address in known if email.normalise(address)), "")

    def account(self, account_id: UUID | None) -> ports.Account | None:
        """The mailbox to write from: the thread's own, else the first that can send, a real one before one
        of the sandbox."""
        boxes = sorted((mailbox_of(row) for row in open_mailboxes()), key=lambda box: box.sandbox)
        usable = [box for box in boxes if box.enabled and _can_send(box)]
        chosen = next((box for box in boxes if box.id == account_id), None) or next(
            iter(usable or boxes), None
        )
        if chosen is None:
            return None
        return ports.Account(id=chosen.id, problem=_problem(chosen), sandbox=chosen.sandbox)

    def window_until(self, thread: ports.Heard) -> datetime | None:
        """No limit."""
        return None

    def can_send_free_text(self, thread: ports.Heard | None, now: datetime) -> tuple[bool, str]:
        """Always."""
        return True, ""

    def subject_after(self, subject: str) -> str:
        """The subject with a single Re: before it."""
        return subject if not subject or _ANSWERS.match(subject) else f"Re: {subject}"

    def send(self, outgoing: ports.Outgoing) -> ports.Sent:
        """One conversation with the mailbox's server; nothing is repeated here."""
        with tenancy.workspace(outgoing.workspace_id):
            rows = Connection.objects.filter(channel=KEY, closed_at=None)
            connection = rows.filter(id=outgoing.account_id).first() if outgoing.account_id else None
            if connection is None:
                raise ports.SendRefused("no_account", word("This mailbox is not connected any more."))
            prepared = _prepared(connection, outgoing)
        limits.take_turn(outgoing.workspace_id, prepared.box, outgoing.message_id)
        said = _handed_over(connection, prepared, outgoing)
        if connection.last_error:
            with tenancy.workspace(outgoing.workspace_id):
                capture.note_error(connection, "")
        return ports.Sent(provider_id=_id_at(prepared, outgoing.our_ref, said))

    def fetch(self, workspace_id: UUID, account_id: UUID | None, media: ports.MediaIn) -> ports.FetchedMedia:
        """A file of a stored mail."""
        return fetched(workspace_id, media)

    def show_read(self, workspace_id: UUID, account_id: UUID | None, provider_id: str) -> None:
        """Nobody is told that a mail was read."""


def _can_send(box: Mailbox) -> bool:
    return box.smtp is not None or box.sandbox or mail.is_configured()


def _problem(box: Mailbox) -> str:
    if not box.enabled:
        return _OFF
    return "" if _can_send(box) else _CANNOT_SEND


def _prepared(connection: Connection, outgoing: ports.Outgoing) -> _Prepared:
    box = mailbox_of(connection)
    problem = _problem(box)
    if problem:
        raise ports.SendRefused("account_stopped", problem)
    assert outgoing.thread_id is not None
    if outgoing.automatic and limits.is_loop(outgoing.thread_id, outgoing.message_id):
        raise ports.SendRefused("loop", _LOOP)
    parent = _parent(outgoing)
    attached = outgoing.file
    tracks = _may_track(box, outgoing)
    mark = Mark(outgoing.workspace_id, outgoing.message_id)
    links = Links(mark)
    content = composing.mail_of(
        box,
        Written(
            message_id=outgoing.message_id,
            thread_id=outgoing.thread_id,
            ref=outgoing.our_ref,
            to=outgoing.to,
            subject=outgoing.subject,
            text=outgoing.body,
            at=clock.now(),
            automatic=outgoing.automatic,
            parent=str(parent.provider_id or "") if parent else "",
            references=parent.details.get("references", []) if parent else [],
            unsubscribe=address(mark, "u") if outgoing.automatic else "",
            link=links if tracks else lambda url: url,
            end=links.dot if tracks else "",
            file=(attached.name, attached.mime, files.read(attached.file_id)) if attached else None,
        ),
    )
    links.keep()
    secrets = queries.secrets_of(connection)
    server, password = (box.smtp, secrets.get("smtp_password", "")) if box.smtp else _installations_server()
    return _Prepared(box, server, password, content)


def _may_track(box: Mailbox, outgoing: ports.Outgoing) -> bool:
    """Whether opens and clicks may be seen; a person who said no to that, or to such mails, is heard."""
    consent = Message.objects.values_list("contact__consent", flat=True).get(id=outgoing.message_id)
    if outgoing.automatic and rules.objection_to_writing(consent, KEY, marketing=True) is not None:
        raise ports.SendRefused("opted_out", _NO_MORE)
    return box.tracking and rules.objection_to_writing(consent, f"{KEY}_tracking", marketing=False) is None


def _parent(outgoing: ports.Outgoing) -> Message | None:
    """The mail this one goes on from: the one that is answered, else the newest of the thread."""
    assert outgoing.thread_id is not None
    rows = Message.objects.filter(thread_id=outgoing.thread_id, provider_id__isnull=False)
    rows = rows.exclude(id=outgoing.message_id)
    if outgoing.reply_to:
        answered = rows.filter(provider_id=outgoing.reply_to).first()
        if answered is not None:
            return answered
    inbound = rows.filter(direction=Direction.IN.value).order_by("-at").first()
    return inbound or rows.order_by("-at").first()


def _installations_server() -> tuple[Server | None, str]:
    if not mail.is_configured():
        return None, ""
    parts = urlsplit(settings.ENV.mail_url)
    security = "tls" if parts.scheme == "smtps" else "starttls" if parts.username else "none"
    reached = mail.server()
    server = Server(str(reached["host"]), int(reached["port"]), security, str(reached["username"]))
    return server, str(reached["password"])


def _handed_over(connection: Connection, prepared: _Prepared, outgoing: ports.Outgoing) -> str:
    box = prepared.box
    if box.sandbox:
        return delivering.deliver(outgoing.workspace_id, box, prepared.content, outgoing)
    assert prepared.server is not None
    try:
        sender = composing.return_path(box, outgoing.message_id)
        return smtp.hand_over(prepared.server, prepared.password, sender, [outgoing.to], prepared.content)
    except smtp.NoAccess as problem:
        with tenancy.workspace(outgoing.workspace_id):
            capture.note_error(connection, str(problem))
        raise ports.SendRefused("no_access", smtp.NO_ACCESS, stops_account=True) from problem
    except smtp.AddressRefused as problem:
        raise ports.SendRefused("bounced", problem.said) from problem
    except mail.MailRefused as problem:
        raise ports.SendRefused("refused", problem.said) from problem
    except mail.MailNotTaken as problem:
        # Greylisting asks for minutes, a restart for seconds.
        pause = timedelta(seconds=30 * 4 ** min(outgoing.attempt - 1, 4))
        raise ports.SendRefused("not_taken", problem.said, retry_after=pause) from problem
    except mail.MailUncertain as doubt:
        raise ports.SendUncertain(str(doubt)) from doubt


def _id_at(prepared: _Prepared, ref: str, said: str) -> str:
    """The Message-ID that the recipient sees; Amazon gives each mail a new one."""
    region = _SES.fullmatch(prepared.server.host) if prepared.server else None
    given = said.removeprefix("Ok ").strip()
    if region is None or not re.fullmatch(r"[0-9a-f-]{20,80}", given):
        return composing.own_id(prepared.box, ref)
    domain = "email" if region[1] == "us-east-1" else region[1]
    return f"{given}@{domain}.amazonses.com"
