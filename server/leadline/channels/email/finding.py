"""Where a mail belongs: an answer on a thread, a mail of ours to be filed, or somebody new."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from uuid import UUID

from leadline.channels.email.addresses import Purpose, plain, pointer_in
from leadline.channels.email.mailbox import KEY, open_mailboxes, own_addresses
from leadline.channels.email.understanding.kinds import is_nobody
from leadline.channels.email.understanding.letter import Address, Letter
from leadline.contacts.models import Identity
from leadline.contacts.rules import IdentityKind
from leadline.conversations.models import Message, Thread
from leadline.kit import email
from leadline.leads.rules import LeadStatus
from leadline.workspaces.models import Member

_FORWARDED = re.compile(
    r"^[> \t*]{0,20}[^\W\d_][\w ]{0,14} ?[:：]\*?[ \t]{0,5}(?P<name>[^<>\n@]{0,100}?)[ \t]{0,5}"
    r"[<\[(]?(?:mailto:)?"
    r"(?P<address>[^\s<>()\[\]\"',;@]{1,64}@[^\s<>()\[\]\"',;@.]{1,60}\.[^\s<>()\[\]\"',;@]{1,100})[>\])]?",
    re.MULTILINE,
)


@dataclass(frozen=True)
class Place:
    """Where a mail belongs.

    With `thread` it answers us there. With `member` one of us sent it: `outbound` names whom to, else it was
    handed on and `writer` is who wrote it first. `own` mails come from a mailbox of ours and are not filed.
    """

    writer: Address
    thread: Thread | None = None
    member: Member | None = None
    outbound: Address | None = None
    own: bool = False


def place_of(letter: Letter, *, sent: bool = False) -> Place:
    """Where the letter belongs, with a few statements; `sent` says it lay in our folder of sent mail."""
    pointers = [found for address in letter.recipients if (found := pointer_in(address))]
    sender, ours = letter.sender, own_addresses(open_mailboxes())
    from_us = plain(sender.address) in {plain(one) for one in ours}
    member = _member(sender.address)
    filing = any(one.purpose is Purpose.FILING for one in pointers)
    if member is not None or from_us or sent:
        return _sent_by_us(letter, member, ours, filing=filing, sent=sent)
    thread = _thread([one.id for one in pointers if one.purpose is Purpose.THREAD], letter.answers)
    return Place(writer=writer_of(letter), thread=thread)


def writer_of(letter: Letter) -> Address:
    """Who is to be answered: Reply-To where it names a person, else From."""
    answer = next(iter(letter.addresses("reply-to")), None)
    if answer is None or is_nobody(answer.local) or answer.address.lower() == letter.sender.address.lower():
        return letter.sender
    return Address(
        answer.name or ("" if is_nobody(letter.sender.local) else letter.sender.name), answer.address
    )


def messages_with_ids(message_ids: Sequence[str]) -> dict[str, Message]:
    """Messages of ours and of others by their Message-ID; one statement."""
    rows = Message.objects.select_related("thread__lead").filter(
        channel=KEY, provider_id__in=list(message_ids)
    )
    return {str(row.provider_id): row for row in rows} if message_ids else {}


def address_of_contact(contact_id: UUID) -> str:
    """A mail address by which the contact is recognised; empty when there is none."""
    rows = Identity.objects.filter(contact_id=contact_id, kind=IdentityKind.EMAIL.value)
    return rows.order_by("-primary", "created_at").values_list("raw", flat=True).first() or ""


def is_closed(thread: Thread) -> bool:
    """Whether the thread's lead is won, lost or spam, so that an answer opens no new one."""
    lead = thread.lead
    return lead is not None and (lead.status != LeadStatus.OPEN or lead.deleted_at is not None)


def _thread(ids: Sequence[UUID], answers: Sequence[str]) -> Thread | None:
    if ids:
        # Our own address stands whatever the sender's program did to the headers.
        found = Thread.objects.select_related("lead").filter(id__in=ids, channel=KEY).first()
        if found is not None:
            return found
    known = messages_with_ids(answers)
    return next((known[one].thread for one in answers if one in known), None)


def _member(address: str) -> Member | None:
    rows = Member.objects.select_related("user").filter(user__email__iexact=address.strip(), active=True)
    return rows.first() if address else None


def _sent_by_us(
    letter: Letter, member: Member | None, ours: frozenset[str], *, filing: bool, sent: bool
) -> Place:
    if letter.message_id and letter.message_id in messages_with_ids([letter.message_id]):
        return Place(writer=letter.sender, member=member, own=True)
    inside = ours | ({member.user.email.lower()} if member else frozenset())
    others = [
        one
        for one in letter.addresses("to", "cc")
        if one.address.lower() not in inside
        and plain(one.address) not in inside
        and not pointer_in(one.address)
    ]
    if filing and others:
        return Place(writer=letter.sender, member=member, outbound=others[0])
    if sent:
        # What we send to people nobody knows here is nobody's business here.
        known = next((one for one in others if is_known(one.address)), None)
        return Place(writer=letter.sender, member=member, outbound=known, own=known is None)
    handed_on = forwarded_by(letter.text, inside) if member is not None else None
    if handed_on is not None:
        return Place(writer=handed_on, member=member)
    return Place(writer=letter.sender, member=member, own=True)


def is_known(address: str) -> bool:
    """Whether a contact of the workspace has this mail address."""
    key = email.match_key(address)
    return Identity.objects.filter(kind=IdentityKind.EMAIL.value, value=key).exists() if key else False


def belongs_to(contact_id: UUID, address: str) -> bool:
    """Whether the contact is recognised by this mail address."""
    key = email.match_key(address)
    rows = Identity.objects.filter(contact_id=contact_id, kind=IdentityKind.EMAIL.value, value=key)
    return rows.exists() if key else False


def forwarded_by(words: str, inside: frozenset[str]) -> Address | None:
    """Who wrote a mail that one of us hands on: the first address behind a `Word:` that is not ours."""
    for found in _FORWARDED.finditer(words):
        if found["address"].lower() not in inside:
            return Address(found["name"].strip(" \"'*"), found["address"])
    return None
