"""Write down that a mail was opened or a link followed, once for people and once for machines."""

from __future__ import annotations

from datetime import datetime

from leadline.channels.email.mailbox import KEY
from leadline.channels.email.models import OutgoingLinks, Sighting
from leadline.channels.email.seen.machines import is_machine
from leadline.channels.email.seen.tokens import Mark
from leadline.conversations import actions as conversations
from leadline.conversations.models import Message
from leadline.conversations.ports import StatusIn
from leadline.conversations.rules import Direction
from leadline.engines.timeline import actions as timeline
from leadline.infra import tenancy
from leadline.kit import clock
from leadline.kit.sentences import Text, say
from leadline.workspaces.actor import Actor

OPEN, CLICK = "mail_opened", "click"


def note_open(mark: Mark, agent: str) -> None:
    """The mail's picture was loaded."""
    with tenancy.workspace(mark.workspace_id):
        message = _message(mark)
        if message is not None:
            _note(message, OPEN, "", agent, None, clock.now())


def note_seen(mark: Mark, url: str, agent: str, machine: bool) -> None:
    """A mail service tells of an open, or with an address of a click; it may know that a machine did it."""
    with tenancy.workspace(mark.workspace_id):
        message = _message(mark)
        if message is not None:
            _note(message, CLICK if url else OPEN, url, agent, machine or None, clock.now())


def note_click(mark: Mark, number: int, agent: str) -> str:
    """A link of the mail was followed; where it leads, empty when there is none."""
    with tenancy.workspace(mark.workspace_id):
        message = _message(mark)
        links = OutgoingLinks.objects.filter(message=message).first() if message else None
        if message is None or links is None or not 0 <= number < len(links.urls):
            return ""
        url = str(links.urls[number])
        _note(message, CLICK, url, agent, None, clock.now())
        return url


def note_no_more(mark: Mark) -> bool:
    """The person wants no more mails that write themselves; False when the mail is not known."""
    with tenancy.workspace(mark.workspace_id):
        message = _message(mark)
        if message is None:
            return False
        conversations.note_wish(
            Actor.product(mark.workspace_id),
            message.contact,
            f"{KEY}_marketing",
            allowed=False,
            source="unsubscribed from a mail",
            at=clock.now(),
            lead_id=message.lead_id,
        )
        return True


def _message(mark: Mark) -> Message | None:
    rows = Message.objects.select_related("contact", "thread")
    return rows.filter(id=mark.message_id, channel=KEY, direction=Direction.OUT.value).first()


def _note(message: Message, kind: str, url: str, agent: str, machine: bool | None, at: datetime) -> None:
    by_machine = is_machine(agent, at, message.sent_at) if machine is None else machine
    _, new = Sighting.objects.get_or_create(
        message=message, kind=kind, url=url, machine=by_machine, defaults={"at": at, "agent": agent[:300]}
    )
    if not new:
        return
    timeline.record(
        timeline.Entry(
            kind=kind,
            about_id=message.lead_id,
            with_id=message.contact_id,
            text=_sentence(kind, str(message.details.get("subject") or ""), url, machine=by_machine),
            at=at,
            direction="in",
            automatic=by_machine,
            channel=KEY,
            payload={"message": str(message.id), "url": url, "machine": by_machine},
        )
    )
    if not by_machine:
        status = StatusIn(
            channel=KEY,
            status="read",
            provider_id=message.provider_id or "",
            our_ref=message.send_ref or "",
            at=at,
        )
        conversations.apply_statuses(Actor.product(message.workspace_id), [status])


def _sentence(kind: str, subject: str, url: str, *, machine: bool) -> Text:
    if kind == OPEN and machine:
        return say("A machine loaded the mail “{subject}”", subject=subject)
    if kind == OPEN:
        return say("Opened the mail “{subject}”", subject=subject)
    if machine:
        return say("A machine followed the link {url}", url=url)
    return say("Followed the link {url}", url=url)
