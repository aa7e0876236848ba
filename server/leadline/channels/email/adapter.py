"""Understand stored mails: who wrote becomes a person, what they wrote an inquiry, an answer its thread's."""

from __future__ import annotations

from collections.abc import Sequence

from leadline.capture import ports as capture
from leadline.capture.models import Submission
from leadline.channels.email import finding, settling
from leadline.channels.email.finding import Place
from leadline.channels.email.mailbox import KEY
from leadline.channels.email.providers.delivery import Happening
from leadline.channels.email.reading import Mail, read
from leadline.channels.email.understanding.kinds import Kind
from leadline.channels.email.understanding.letter import Address
from leadline.contacts.ports import IdentityIn, Person
from leadline.contacts.rules import IdentityKind
from leadline.kit import email
from leadline.kit.language_of_text import detect_language
from leadline.kit.sentences import say
from leadline.workspaces.actor import Actor

_NOBODY = "The mail names no sender that could be answered. Look at the raw mail."
_OWN = "It comes from a mailbox of ours, so it is no inquiry."
_NOTHING = "Leadline keeps but does not use this notification."


class EmailAdapter:
    """Capture's view of mail; it reads the threads that a mail may answer."""

    channel = KEY

    def understand(self, submission: Submission) -> capture.Understood:
        """What the mail says, or that it is none."""
        found = read(submission)
        if not isinstance(found, Mail):
            known = any(told.what is not Happening.UNKNOWN for told in found)
            return capture.Understood() if known else capture.Understood(note=_NOTHING)
        if found.sent:
            return _understood(submission, found, finding.place_of(found.letter, sent=True))
        if found.verdict.kind is Kind.BULK:
            return capture.Understood(note=str(found.verdict.why))
        if found.verdict.kind is not Kind.PERSON:
            return capture.Understood()
        return _understood(submission, found, finding.place_of(found.letter, sent=found.sent))

    def settle(self, actor: Actor, submission: Submission, taken: Sequence[capture.Taken]) -> None:
        """File one mail."""
        self.settle_all(actor, [(submission, taken)])

    def settle_all(self, actor: Actor, settled: Sequence[tuple[Submission, Sequence[capture.Taken]]]) -> None:
        """File mails, reports and events; the messages of a batch with a fixed number of statements."""
        settling.settle(actor, [(submission, read(submission), taken) for submission, taken in settled])


def _understood(submission: Submission, mail: Mail, place: Place) -> capture.Understood:
    if place.own:
        if place.member is None:
            return capture.Understood(note=_OWN)
        text = say("It comes from {name}, who is a member, so it is no inquiry.", name=place.member.name)
        return capture.Understood(note=str(text))
    if place.thread is not None:
        return capture.Understood(inquiries=[_answer(submission, mail, place)])
    writer = place.outbound or place.writer
    if email.normalise(writer.address) is None:
        raise capture.NotUnderstood(_NOBODY)
    return capture.Understood(inquiries=[_inquiry(submission, mail, writer, outbound=bool(place.outbound))])


def _answer(submission: Submission, mail: Mail, place: Place) -> capture.Inquiry:
    assert place.thread is not None
    # Whoever answers, also from another address, belongs to the person of the thread.
    known = finding.address_of_contact(place.thread.contact_id)
    person = Person(identities=(IdentityIn(IdentityKind.EMAIL, known or place.writer.address),))
    return capture.Inquiry(
        natural_key=submission.natural_key,
        channel=KEY,
        source=KEY,
        at=mail.letter.at or submission.received_at,
        person=person,
        text=mail.words,
        opens_lead=not finding.is_closed(place.thread),
        message_follows=True,
        connection_id=submission.connection_id,
    )


def _inquiry(submission: Submission, mail: Mail, writer: Address, *, outbound: bool) -> capture.Inquiry:
    language = "" if outbound else detect_language(mail.words) or ""
    return capture.Inquiry(
        natural_key=submission.natural_key,
        channel=KEY,
        source=KEY,
        at=mail.letter.at or submission.received_at,
        person=Person(
            name=writer.name,
            identities=(IdentityIn(IdentityKind.EMAIL, writer.address),),
            language=language,
        ),
        text="" if outbound else mail.words,
        interest=mail.letter.subject[:300],
        # Who was written to has asked nothing; a lead opens only where nobody knows the person yet.
        opens_lead=not (outbound and finding.is_known(writer.address)),
        message_follows=True,
        connection_id=submission.connection_id,
    )
