"""File what mails contain, in the transaction that makes people and leads."""

from __future__ import annotations

from collections.abc import Sequence

from leadline.capture.models import Submission
from leadline.capture.ports import Taken
from leadline.channels.email import finding, reports
from leadline.channels.email.finding import Place
from leadline.channels.email.mailbox import KEY
from leadline.channels.email.models import FiledMail
from leadline.channels.email.providers.delivery import Told
from leadline.channels.email.reading import Mail
from leadline.channels.email.understanding.kinds import Kind
from leadline.channels.email.understanding.letter import Letter
from leadline.conversations import actions as conversations
from leadline.conversations.ports import InboundMessage, MediaIn, SentElsewhere
from leadline.engines.notices import actions as notices
from leadline.kit.sentences import say
from leadline.leads.models import Lead
from leadline.workspaces.actor import Actor

Settled = tuple[Submission, Mail | Sequence[Told], Sequence[Taken]]
_MOST_FILES = 50


def settle(actor: Actor, settled: Sequence[Settled]) -> None:
    """Messages in one go; reports and what is rare one by one."""
    arrived: list[tuple[Submission, Mail, InboundMessage]] = []
    for submission, found, taken in settled:
        if not isinstance(found, Mail):
            reports.apply_told(actor, found)
        elif found.verdict.kind is not Kind.PERSON and not found.sent:
            reports.apply_report(actor, found)
        elif taken:
            place = finding.place_of(found.letter, sent=found.sent)
            if place.outbound is not None:
                _file_sent(actor, submission, found, place, taken[0])
            else:
                arrived.append((submission, found, _message(actor, submission, found, place, taken[0])))
    _file(actor, arrived)


def _file(actor: Actor, arrived: Sequence[tuple[Submission, Mail, InboundMessage]]) -> None:
    filed = conversations.receive(actor, [message for _, _, message in arrived])
    by_id = {message.provider_id: message for message in filed}
    rows = []
    for submission, mail, item in arrived:
        message = by_id.pop(item.provider_id, None)
        if message is not None and (mail.letter.html or mail.words != mail.whole):
            rows.append(
                FiledMail(
                    message=message, submission_id=submission.id, html=mail.letter.html, text=mail.whole
                )
            )
    FiledMail.objects.bulk_create(rows)


def _message(actor: Actor, submission: Submission, mail: Mail, place: Place, taken: Taken) -> InboundMessage:
    letter, thread = mail.letter, place.thread
    lead = taken.lead
    if lead is None and thread is not None:
        lead = thread.lead
        _tell_owner(lead, taken)
    known = thread is None or finding.belongs_to(taken.contact.id, place.writer.address)
    return InboundMessage(
        contact_id=taken.contact.id,
        lead_id=lead.id if lead else None,
        channel=KEY,
        account_id=thread.account_id if thread else submission.connection_id,
        provider_id=letter.message_id or submission.natural_key,
        address=place.writer.address if known else "",
        at=taken.inquiry.at,
        kind="text",
        body=mail.words,
        reply_to=next(iter(letter.answers), ""),
        media=_files(submission, letter),
        details=details_of(letter, trimmed=mail.words != mail.whole),
    )


def details_of(letter: Letter, *, trimmed: bool) -> dict[str, object]:
    """What the lead's page shows of a mail beside its words."""
    sender = letter.sender
    told: dict[str, object] = {
        "subject": letter.subject,
        "from": f"{sender.name} <{sender.address}>" if sender.name else sender.address,
        "to": [one.address for one in letter.addresses("to")][:20],
        "cc": [one.address for one in letter.addresses("cc")][:20],
        "references": letter.answers[:20],
        "html": bool(letter.html),
        "trimmed": trimmed,
    }
    return {name: value for name, value in told.items() if value}


def _files(submission: Submission, letter: Letter) -> list[MediaIn]:
    # Pictures that the text shows belong to the text; they are no files of their own.
    shown = [one for one in letter.attachments if not (one.inline and f"cid:{one.content_id}" in letter.html)]
    return [
        MediaIn(reference=f"{submission.id}:{one.place}", mime=one.mime, name=one.name)
        for one in shown[:_MOST_FILES]
    ]


def _file_sent(actor: Actor, submission: Submission, mail: Mail, place: Place, taken: Taken) -> None:
    assert place.outbound is not None
    conversations.file_sent(
        actor,
        SentElsewhere(
            contact_id=taken.contact.id,
            lead_id=taken.lead.id if taken.lead else None,
            channel=KEY,
            account_id=submission.connection_id,
            provider_id=mail.letter.message_id or submission.natural_key,
            address=place.outbound.address,
            at=taken.inquiry.at,
            body=mail.words,
            member_id=place.member.id if place.member else None,
            member_name=place.member.name if place.member else "",
            details=details_of(mail.letter, trimmed=mail.words != mail.whole),
        ),
    )


def _tell_owner(lead: Lead | None, taken: Taken) -> None:
    """An answer to a closed lead opens none, but somebody should know of it."""
    if lead is None or lead.owner_id is None:
        return
    notices.tell(
        [
            notices.Telling(
                member_id=lead.owner_id,
                kind="lead.joined",
                title=say("{name} answered by mail, although the lead is closed", name=lead.name),
                link_object="lead",
                link_id=lead.id,
                once=f"answered:{taken.inquiry.natural_key}",
            )
        ]
    )
