"""WhatsApp as a channel of conversations: where to write, until when, and handing messages over."""

from __future__ import annotations

import base64
import binascii
import hashlib
import re
from collections.abc import Sequence
from datetime import datetime, timedelta
from uuid import UUID

from leadline.capture.models import Connection
from leadline.channels.whatsapp import composing, consequences, graph, troubles
from leadline.channels.whatsapp.graph import Access, GraphError, NoAnswer
from leadline.contacts.models import Identity
from leadline.contacts.rules import IdentityKind
from leadline.conversations import ports
from leadline.infra import files, tenancy
from leadline.kit import phone
from leadline.kit.sentences import say, word

KEY = "whatsapp"
WINDOW = timedelta(hours=24)
# The provider's clock and ours may differ: in the last minute only a template is safe.
_SAFETY = timedelta(minutes=1)
_NOT_DIGITS = re.compile(r"\D")
_CLOSED = word(
    "More than 24 hours have passed since this person last wrote. "
    "WhatsApp allows an approved template now; free text is possible again after an answer."
)
_NEVER_WROTE = word(
    "This person has not written by WhatsApp yet. WhatsApp allows an approved template first."
)
_NO_ANSWER = word("WhatsApp does not answer. Leadline tries again by itself.")


class WhatsappChannel:
    """Messages by the WhatsApp Business Cloud API."""

    key = KEY
    label = "WhatsApp"
    uses_templates = True
    unreachable_codes = troubles.UNREACHABLE

    def address_of(self, identities: Sequence[Identity]) -> str:
        """The WhatsApp id as it came, else the phone number, else the user id."""
        by_kind = {identity.kind: identity for identity in reversed(identities)}
        known = by_kind.get(IdentityKind.WHATSAPP)
        if known is not None:
            return known.raw
        number = by_kind.get(IdentityKind.PHONE)
        digits = _NOT_DIGITS.sub("", number.shown) if number and phone.canonical(number.shown) else ""
        user = by_kind.get(IdentityKind.WHATSAPP_USER)
        return digits or (user.raw if user else "")

    def account(self, account_id: UUID | None) -> ports.Account | None:
        """The number to send from: the given one while it is open, else the oldest one."""
        rows = list(Connection.objects.filter(channel=KEY, closed_at=None).order_by("created_at"))
        usable = [row for row in rows if row.enabled and not row.settings.get("stopped")]
        chosen = next((row for row in rows if row.id == account_id), None) or next(iter(usable or rows), None)
        if chosen is None:
            return None
        off = "" if chosen.enabled else word("This WhatsApp number is switched off in Settings.")
        return ports.Account(id=chosen.id, problem=str(chosen.settings.get("stopped") or off))

    def window_until(self, thread: ports.Heard) -> datetime | None:
        """24 hours after the person's last message."""
        return thread.last_inbound_at + WINDOW if thread.last_inbound_at else None

    def can_send_free_text(self, thread: ports.Heard | None, now: datetime) -> tuple[bool, str]:
        """Inside the window, less a minute for clocks that differ."""
        if thread is None or thread.last_inbound_at is None:
            return False, _NEVER_WROTE
        if now >= thread.last_inbound_at + WINDOW - _SAFETY:
            return False, _CLOSED
        return True, ""

    def send(self, outgoing: ports.Outgoing) -> ports.Sent:
        """One call, two with a file; nothing is repeated here."""
        connection, access = _access(outgoing.workspace_id, outgoing.account_id)
        try:
            media_id = _uploaded(access, outgoing) if outgoing.file else ""
            answer = graph.post(
                access, f"{access.phone_number_id}/messages", composing.send_body(outgoing, media_id)
            )
        except GraphError as error:
            raise _refused(connection, outgoing, error) from error
        except NoAnswer as problem:
            if problem.reached:
                raise ports.SendUncertain(str(problem)) from problem
            # A closed circuit lasts a while: the pauses together must outlast it.
            pause = timedelta(seconds=10 * 2 ** min(outgoing.attempt, 8))
            raise ports.SendRefused("no_answer", _NO_ANSWER, retry_after=pause) from problem
        sent = graph.ids_in(answer)
        if not sent:
            raise ports.SendUncertain("The answer names no message.")
        return ports.Sent(provider_id=sent[0])

    def fetch(self, workspace_id: UUID, account_id: UUID | None, media: ports.MediaIn) -> ports.FetchedMedia:
        """Look the file up, download it and check its digest."""
        _, access = _access(workspace_id, account_id)
        try:
            found = graph.get(access, media.reference, phone_number_id=access.phone_number_id)
            content = graph.download(access, str(found.get("url") or media.url))
        except GraphError as error:
            remedy = troubles.remedy(error.trouble.code, error.status)
            again = remedy.action is troubles.Action.RETRY or error.status in {401, 403}
            raise ports.SendRefused(
                str(error.trouble.code),
                word("WhatsApp does not have this file any more."),
                retry_after=remedy.first_pause if again else None,
            ) from error
        except NoAnswer as problem:
            raise ports.SendRefused("no_answer", _NO_ANSWER, retry_after=timedelta(seconds=10)) from problem
        expected = str(found.get("sha256") or media.sha256)
        if expected and not digest_fits(content, expected):
            raise ports.SendRefused(
                "sha256", word("The file arrived damaged."), retry_after=timedelta(seconds=10)
            )
        mime = media.mime or str(found.get("mime_type") or "application/octet-stream")
        name = media.name or f"whatsapp-{media.reference[-12:]}{_ending(mime)}"
        try:
            with tenancy.workspace(workspace_id):
                stored = files.store(name, content, mime)
        except files.FileRefused as refusal:
            raise ports.SendRefused(refusal.code, refusal.said) from refusal
        return ports.FetchedMedia(file_id=stored.id, name=name, mime=stored.mime, size=len(content))

    def show_read(self, workspace_id: UUID, account_id: UUID | None, provider_id: str) -> None:
        """Show the person the blue ticks; not important enough to try again."""
        _, access = _access(workspace_id, account_id)
        body = {"messaging_product": "whatsapp", "status": "read", "message_id": provider_id}
        try:
            graph.post(access, f"{access.phone_number_id}/messages", body)
        except (GraphError, NoAnswer):
            return


def digest_fits(content: bytes, expected: str) -> bool:
    """Whether the content has this SHA-256, which comes as hex or base64."""
    digest = hashlib.sha256(content).digest()
    if expected.lower() == digest.hex():
        return True
    try:
        return base64.b64decode(expected, validate=True) == digest
    except (binascii.Error, ValueError):
        return False


def _access(workspace_id: UUID, account_id: UUID | None) -> tuple[Connection, Access]:
    with tenancy.workspace(workspace_id):
        rows = Connection.objects.filter(channel=KEY, closed_at=None)
        connection = rows.filter(id=account_id).first() if account_id else None
        if connection is None or not connection.enabled:
            raise ports.SendRefused("no_account", word("This WhatsApp number is not connected any more."))
        if connection.settings.get("stopped"):
            raise ports.SendRefused("account_stopped", str(connection.settings["stopped"]))
        return connection, graph.access_of(connection)


def _uploaded(access: Access, outgoing: ports.Outgoing) -> str:
    assert outgoing.file is not None
    with tenancy.workspace(outgoing.workspace_id):
        content = files.read(outgoing.file.file_id)
    most = composing.most_bytes(outgoing.file.mime)
    if len(content) > most:
        raise ports.SendRefused(
            "file_too_big",
            say(
                "WhatsApp takes files of this kind up to {size} MB. Send a link instead.",
                size=most // 1024 // 1024,
            ),
        )
    path = f"{access.phone_number_id}/media"
    try:
        answer = graph.upload(access, path, outgoing.file.name, outgoing.file.mime, content)
    except NoAnswer as problem:
        # An upload alone shows nothing to the person, so it may be repeated.
        raise NoAnswer(str(problem), reached=False) from problem
    return str(answer.get("id") or "")


def _refused(connection: Connection, outgoing: ports.Outgoing, error: GraphError) -> ports.SendRefused:
    code = error.trouble.code
    remedy = troubles.remedy(code, error.status)
    template = (outgoing.template.name, outgoing.template.language) if outgoing.template else None
    consequences.draw(connection, remedy, template)
    retry = remedy.action is troubles.Action.RETRY and outgoing.attempt < remedy.most_attempts
    pause = max(error.retry_after or timedelta(0), remedy.pause(outgoing.attempt))
    return ports.SendRefused(
        str(code),
        remedy.text,
        retry_after=pause if retry else None,
        stops_account=remedy.action is troubles.Action.STOP_ACCOUNT,
    )


def _ending(mime: str) -> str:
    pure = mime.split(";")[0].strip()
    known = {"image/jpeg": ".jpg", "image/png": ".png", "image/webp": ".webp", "audio/ogg": ".ogg"}
    more = {"video/mp4": ".mp4", "application/pdf": ".pdf", "audio/mpeg": ".mp3", "text/plain": ".txt"}
    return {**known, **more}.get(pure, "")
