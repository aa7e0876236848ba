"""All reads of conversations."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.db.models import QuerySet

from leadline.contacts.models import Identity
from leadline.conversations import policy, rules
from leadline.conversations.models import Composer, Message, StatusNote, Template, Thread
from leadline.conversations.ports import CarriesLetters, channels
from leadline.conversations.rules import State, TemplateState
from leadline.infra import lookup
from leadline.infra.language import worded
from leadline.infra.web.shapes import decode_cursor, page
from leadline.kit import clock
from leadline.kit.errors import Invalid
from leadline.kit.sentences import Text, say, sentence_from
from leadline.workspaces.actor import Actor


@dataclass(frozen=True, kw_only=True)
class Way:
    """A channel by which a lead's person can be written to, or why not."""

    channel: str
    label: str
    address: str
    window_until: datetime | None
    can_free_text: bool
    reason: str
    templates: Sequence[Template]
    # None where messages have no subject; else the one that goes on from the last.
    subject: str | None
    longest: int


def ways_to(actor: Actor, lead_id: UUID) -> list[Way]:
    """Every channel with the person's address, the window and the templates: a fixed number of statements."""
    lead = lookup.get(policy.visible_leads(actor).select_related("contact"), lead_id)
    identities = list(Identity.objects.filter(contact_id=lead.contact_id).order_by("-primary", "created_at"))
    threads = {
        row.channel: row
        for row in Thread.objects.filter(contact_id=lead.contact_id).order_by("last_message_at", "id")
    }
    usable = list(templates(actor, state=TemplateState.APPROVED.value))
    ways = []
    for channel in channels():
        thread = threads.get(channel.key)
        account = channel.account(thread.account_id if thread else None)
        if account is None:
            continue
        written_from = thread.address if thread and thread.last_inbound_at else ""
        address = written_from or channel.address_of(identities)
        objection = rules.objection_to_writing(lead.contact.consent, channel.key, marketing=False)
        reason: Text
        free, reason = channel.can_send_free_text(thread, clock.now())
        letters = channel if isinstance(channel, CarriesLetters) else None
        if not address:
            free, reason = False, _no_address(channel.label, letters=letters is not None)
        lost = rules.objection_to_address(
            channel.label, address, thread.unreachable_address if thread else ""
        )
        problem = account.problem or next((one.text for one in (objection, lost) if one), "")
        ways.append(
            Way(
                channel=channel.key,
                label=worded(channel.label),
                address=address,
                window_until=channel.window_until(thread) if thread else None,
                can_free_text=free and not problem,
                reason=worded(problem or reason),
                templates=[
                    t
                    for t in usable
                    if not lost and t.channel == channel.key and t.account_id in {None, account.id}
                ],
                subject=letters.subject_after(last_subject(thread)) if letters else None,
                longest=letters.longest_body if letters else rules.LONGEST_BODY,
            )
        )
    return ways


def _no_address(label: Text, *, letters: bool) -> Text:
    if letters:
        return say("We have no mail address of this person. Add one to the contact first.")
    return say("We have no address for {label}. Add a phone number first.", label=sentence_from(label))


def composers(actor: Actor, lead_id: UUID) -> list[Composer]:
    """The other members who are writing to the lead's person, the first one first: 2 statements."""
    lookup.get(policy.visible_leads(actor), lead_id)
    rows = policy.composers(actor).filter(lead_id=lead_id, until__gt=clock.now())
    found = rows.select_related("member").order_by("since", "id")
    return [one for one in found if one.member_id != actor.member_id]


def templates(actor: Actor, *, channel: str | None = None, state: str | None = None) -> Sequence[Template]:
    """The workspace's templates by name and language, without those the provider has deleted."""
    rows = policy.visible_templates(actor).exclude(state=TemplateState.DELETED.value)
    if channel:
        rows = rows.filter(channel=channel)
    if state:
        rows = rows.filter(state=state)
    return list(rows.order_by("name", "language", "id"))


def template_named(
    actor: Actor, channel: str, account_id: UUID | None, name: str, languages: Sequence[str]
) -> Template | None:
    """The approved template of this name in the first of the languages that exists, else in any."""
    rows = policy.visible_templates(actor).filter(
        channel=channel, account_id=account_id, name=name, state=TemplateState.APPROVED.value
    )
    found = {row.language: row for row in rows.order_by("language")}
    # "he" also fits "he_IL", and the other way round.
    for wanted in languages:
        fitting = (t for key, t in found.items() if wanted and key.split("_")[0] == wanted.split("_")[0])
        chosen = found.get(wanted) or next(fitting, None)
        if chosen is not None:
            return chosen
    return next(iter(found.values()), None)


def outbox(
    actor: Actor,
    *,
    state: str | None = None,
    lead_id: UUID | None = None,
    cursor: str | None = None,
    limit: int = 50,
) -> tuple[list[Message], str | None]:
    """Outbound messages, newest first: one statement."""
    rows = policy.outbox(actor).select_related("lead", "contact")
    if state:
        rows = rows.filter(state__in=state.split(","))
    if lead_id:
        rows = rows.filter(lead_id=lead_id)
    if cursor:
        rows = rows.filter(id__lt=_id_in(cursor))
    return page(list(rows.order_by("-id")[: limit + 1]), limit=limit, key=lambda m: [str(m.id)])


def message(actor: Actor, message_id: UUID) -> Message:
    """One message of a lead the actor may see."""
    return lookup.get(policy.visible_messages(actor).select_related("lead", "contact"), message_id)


def messages_by_id(ids: Sequence[UUID]) -> dict[UUID, Message]:
    """The messages behind timeline entries that were already found to be visible: one statement."""
    return Message.objects.in_bulk(list(ids))


def thread_with(contact_id: UUID, channel: str) -> Thread | None:
    """The thread a channel last used with a person."""
    return threads_with(contact_id, channel).first()


def threads_with(contact_id: UUID, channel: str) -> QuerySet[Thread]:
    """The threads of a channel with a person, the one used last first."""
    rows = Thread.objects.filter(contact_id=contact_id, channel=channel)
    return rows.order_by("-last_message_at", "-id")


def last_subject(thread: Thread | None) -> str:
    """The subject of the thread's newest message that has one; empty when none has."""
    rows = (
        Message.objects.filter(thread=thread, details__has_key="subject")
        if thread
        else Message.objects.none()
    )
    details = rows.order_by("-at").values_list("details", flat=True).first() or {}
    return str(details.get("subject") or "")


def due_messages(limit: int = 500) -> list[tuple[UUID, UUID]]:
    """(workspace, message) whose pause before another attempt is over; call it everywhere."""
    rows = Message.objects.filter(state=State.QUEUED.value, try_at__lte=clock.now())
    return list(rows.order_by("try_at").values_list("workspace_id", "id")[:limit])


def interrupted_messages(limit: int = 500) -> list[tuple[UUID, UUID]]:
    """(workspace, message) whose sending was interrupted; call it everywhere."""
    old = clock.now() - rules.INTERRUPTED_AFTER
    rows = Message.objects.filter(state=State.SENDING.value, sending_at__lte=old)
    return list(rows.order_by("sending_at").values_list("workspace_id", "id")[:limit])


def workspaces_with_old_notes(before: datetime) -> list[UUID]:
    """Workspaces with statuses that nothing has claimed since; call it everywhere."""
    rows = StatusNote.objects.filter(created_at__lt=before)
    return list(rows.values_list("workspace_id", flat=True).order_by("workspace_id").distinct())


def _id_in(cursor: str) -> UUID:
    try:
        return UUID(str(decode_cursor(cursor)[0]))
    except (ValueError, IndexError) as error:
        raise Invalid("This cursor is not valid; start again without it.", field="cursor") from error
