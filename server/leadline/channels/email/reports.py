"""Draw the consequences of bounces, automatic answers, complaints and events of mail services."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import timedelta

from leadline.channels.email.addresses import Purpose, pointer_in
from leadline.channels.email.mailbox import KEY
from leadline.channels.email.providers.delivery import Happening, Told
from leadline.channels.email.reading import Mail
from leadline.channels.email.seen.noting import note_seen
from leadline.channels.email.seen.tokens import Mark
from leadline.channels.email.understanding import bounces
from leadline.channels.email.understanding.bounces import Lasting, Report
from leadline.channels.email.understanding.kinds import Kind
from leadline.conversations import actions as conversations
from leadline.conversations.models import Message
from leadline.conversations.ports import StatusIn
from leadline.conversations.rules import Direction
from leadline.engines.timeline import actions as timeline
from leadline.engines.timeline.models import TimelineEntry
from leadline.kit import clock
from leadline.kit.sentences import Text, say
from leadline.workspaces.actor import Actor

UNREACHABLE = frozenset({"bounced"})
_SOFT_BEFORE_LOST = 4
_SOFT_WITHIN = timedelta(days=14)
_STATUSES = {
    Happening.SENT: "sent",
    Happening.DELIVERED: "delivered",
}
_SENTENCES = {
    Lasting.HARD: say("The address does not exist. Ask for another one, or call."),
    Lasting.POLICY: say("The recipient's mail server refuses our mail. Look at its answer below."),
    Lasting.SOFT: say("The recipient's mail server cannot take the mail now and keeps trying."),
}


def apply_report(actor: Actor, mail: Mail) -> None:
    """A bounce, a complaint or an automatic answer finds the mail it is about; else it changes nothing."""
    if mail.verdict.kind is Kind.BOUNCE:
        _bounced(actor, mail)
    elif mail.verdict.kind is Kind.COMPLAINT:
        message = _about(mail, bounces.message_id_in(mail.letter))
        if message is not None:
            _complained(actor, message)
    else:
        message = _about(mail, next(iter(mail.letter.answers), ""))
        if message is not None:
            _answered_itself(actor, message, mail)


def apply_told(actor: Actor, events: Sequence[Told]) -> None:
    """What a mail service tells of mails of ours."""
    for told in events:
        message = _told_about(told)
        if told.what in _STATUSES:
            _apply(actor, told, _STATUSES[told.what])
        elif message is None:
            continue
        elif told.what in (Happening.BOUNCED, Happening.REJECTED):
            lasting = bounces.lasting_of("failed", told.status, told.text)
            _failed(actor, message, Report(told.address, lasting, told.status, told.text))
        elif told.what is Happening.DEFERRED:
            _failed(actor, message, Report(told.address, Lasting.SOFT, told.status, told.text))
        elif told.what is Happening.COMPLAINED:
            _complained(actor, message)
        elif told.what in (Happening.OPENED, Happening.CLICKED):
            mark = Mark(message.workspace_id, message.id)
            note_seen(mark, told.url if told.what is Happening.CLICKED else "", told.agent, told.machine)
        elif told.what in (Happening.UNSUBSCRIBED, Happening.SUBSCRIBED):
            _wish(actor, message, told.what is Happening.SUBSCRIBED, "chose it at the mail service")


def _bounced(actor: Actor, mail: Mail) -> None:
    found = bounces.bounce_in(mail.letter)
    message = _about(mail, found.message_id)
    worst = found.worst
    if message is None or worst is None:
        return
    if worst.lasting is Lasting.DELIVERED:
        conversations.apply_statuses(actor, [_status(message, "delivered")])
    else:
        _failed(actor, message, worst)


def _failed(actor: Actor, message: Message, report: Report) -> None:
    lasting = report.lasting
    if lasting is Lasting.SOFT:
        if not _soft_too_often(message):
            _note(message, _SENTENCES[lasting], report.text)
            return
        lasting = Lasting.HARD
    code = "bounced" if lasting is Lasting.HARD else "refused"
    text = f"{_SENTENCES[lasting]} ({report.text})" if report.text else str(_SENTENCES[lasting])
    conversations.apply_statuses(actor, [_status(message, "failed", code=code, text=text[:500])])


def _soft_too_often(message: Message) -> bool:
    """Whether several mails to this person could not be delivered over the last days, this one included."""
    rows = TimelineEntry.objects.filter(
        with_id=message.contact_id, kind="mail_delayed", at__gte=clock.now() - _SOFT_WITHIN
    )
    return rows.values("at__date").distinct().count() + 1 >= _SOFT_BEFORE_LOST


def _complained(actor: Actor, message: Message) -> None:
    _wish(actor, message, False, "marked a mail of ours as unwanted")


def _wish(actor: Actor, message: Message, allowed: bool, source: str) -> None:
    conversations.note_wish(
        actor,
        message.contact,
        f"{KEY}_marketing",
        allowed=allowed,
        source=source,
        at=clock.now(),
        lead_id=message.lead_id,
    )


def _answered_itself(actor: Actor, message: Message, mail: Mail) -> None:
    # It may say until when somebody is away; it is no answer, so nothing reacts to it.
    timeline.record(
        timeline.Entry(
            kind="auto_reply",
            about_id=message.lead_id,
            with_id=message.contact_id,
            text=mail.words[:2000] or mail.letter.subject,
            at=clock.now(),
            direction="in",
            automatic=True,
            channel=KEY,
            payload={"subject": mail.letter.subject},
        )
    )


def _note(message: Message, text: Text, said: str) -> None:
    timeline.record(
        timeline.Entry(
            kind="mail_delayed",
            about_id=message.lead_id,
            with_id=message.contact_id,
            text=text,
            at=clock.now(),
            direction="in",
            automatic=True,
            channel=KEY,
            payload={"said": said, "message": str(message.id)},
        )
    )


def _about(mail: Mail, message_id: str) -> Message | None:
    """The mail of ours that is meant: by the address we gave it to come back to, else by its Message-ID."""
    pointers = [found for one in mail.letter.recipients if (found := pointer_in(one))]
    ids = [one.id for one in pointers if one.purpose is Purpose.BOUNCE]
    rows = Message.objects.select_related("contact", "thread__lead").filter(
        channel=KEY, direction=Direction.OUT.value
    )
    if ids:
        return rows.filter(id__in=ids).first()
    if message_id:
        return rows.filter(provider_id=message_id).first()
    threads = [one.id for one in pointers if one.purpose is Purpose.THREAD]
    return rows.filter(thread_id__in=threads).order_by("-at").first() if threads else None


def _told_about(told: Told) -> Message | None:
    rows = Message.objects.select_related("contact").filter(channel=KEY, direction=Direction.OUT.value)
    if told.our_ref:
        return rows.filter(send_ref=told.our_ref).first()
    return rows.filter(provider_id=told.message_id).first() if told.message_id else None


def _apply(actor: Actor, told: Told, status: str) -> None:
    message = _told_about(told)
    if message is not None:
        conversations.apply_statuses(actor, [_status(message, status, at_told=told)])


def _status(
    message: Message, status: str, *, code: str = "", text: str = "", at_told: Told | None = None
) -> StatusIn:
    return StatusIn(
        channel=KEY,
        status=status,
        provider_id=message.provider_id or "",
        our_ref=message.send_ref or "",
        at=at_told.at if at_told else None,
        error_code=code,
        error_text=text,
    )
