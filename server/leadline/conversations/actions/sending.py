"""Write a message into the outbox; it is handed to the provider after the commit."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any
from uuid import UUID

from leadline.contacts.models import Identity
from leadline.conversations import policy, queries, rules
from leadline.conversations.actions.delivering import deliver
from leadline.conversations.actions.threads import lock_newest_thread, lock_threads
from leadline.conversations.events import MessageSent
from leadline.conversations.models import Message, Template, Thread
from leadline.conversations.ports import CarriesLetters, Channel, channel_for
from leadline.conversations.rules import Direction, State, TemplateState
from leadline.engines.timeline import actions as timeline
from leadline.infra import events, files, lookup
from leadline.kit import clock, ids
from leadline.kit.errors import Conflict, Invalid
from leadline.kit.sentences import Text, say
from leadline.leads import actions as leads
from leadline.leads.models import Lead
from leadline.workspaces import audit
from leadline.workspaces.actor import Actor


@dataclass(frozen=True, kw_only=True)
class Draft:
    """What to send: free text, or a template with its variables. `our_ref` makes a repetition harmless."""

    channel: str
    body: str = ""
    template_id: UUID | None = None
    # The template of that id, where it was read in this transaction.
    template: Template | None = None
    variables: Mapping[str, str] = field(default_factory=dict)
    subject: str = ""
    file: Mapping[str, Any] | None = None
    reply_to: str = ""
    automatic: bool = False
    cause: str = ""
    our_ref: str = ""
    id: UUID | None = None


def send(actor: Actor, lead_id: UUID, draft: Draft) -> Message:
    """Put a message to the lead's person into the outbox; a human one is a touch.

    A second call with the same reference or id gives the first message. Refuses, with a sentence, people
    who opted out or cannot be reached, free text outside the window, templates that are not approved or
    not filled in.
    """
    lead = lookup.get(policy.leads_to_write_to(actor).select_related("contact"), lead_id)
    if (before := _sent_before(actor, draft)) is not None:
        return before
    channel = _channel(draft.channel)
    thread = _thread(channel, lead)
    # A twin of this call may have held the thread until now.
    if (before := _sent_before(actor, draft)) is not None:
        return before
    template = _template(actor, draft, thread) if draft.template_id else None
    lost = rules.objection_to_address(channel.label, thread.address, thread.unreachable_address)
    if lost is not None:
        raise Conflict(lost.text, code=lost.code)
    _refuse_unwanted(lead, draft, template)
    if template is None:
        _refuse_free_text(channel, thread, draft)
    subject = _subject(channel, thread, draft)
    message = _outbox(actor, lead, thread, draft, template, subject)
    _tell(actor, lead, message)
    deliver.later(workspace_id=str(actor.workspace_id), message_id=str(message.id))
    return message


def send_file(
    actor: Actor,
    lead_id: UUID,
    channel: str,
    name: str,
    mime: str,
    content: bytes,
    caption: str = "",
    subject: str = "",
) -> Message:
    """Store the file and send it to the lead's person, with a caption."""
    lookup.get(policy.leads_to_write_to(actor), lead_id)
    stored = files.store(name, content, mime)
    kept = {"file_id": str(stored.id), "name": stored.name, "mime": stored.mime, "size": stored.size}
    return send(actor, lead_id, Draft(channel=channel, body=caption, subject=subject, file=kept))


def _sent_before(actor: Actor, draft: Draft) -> Message | None:
    if draft.our_ref:
        return policy.outbox(actor).filter(our_ref=draft.our_ref).first()
    return policy.outbox(actor).filter(id=draft.id).first() if draft.id else None


def _channel(key: str) -> Channel:
    channel = channel_for(key)
    if channel is None:
        raise Invalid(say("There is no channel “{key}” to send by.", key=key), field="channel")
    return channel


def _thread(channel: Channel, lead: Lead) -> Thread:
    newest = lock_newest_thread(channel.key, lead.contact_id)
    account = channel.account(newest.account_id if newest else None)
    if account is None:
        raise Conflict(
            say("{label} is not connected. Connect it in Settings.", label=channel.label), code="no_account"
        )
    if account.problem:
        raise Conflict(account.problem, code="account_stopped")
    key = (channel.key, account.id, lead.contact_id)
    thread = newest if newest and newest.account_id == account.id else lock_threads([key])[key]
    identities = Identity.objects.filter(contact_id=lead.contact_id)
    # Only an address the person wrote from is kept; a corrected phone number must count at once.
    written_from = thread.address if thread.last_inbound_at else ""
    known = list(identities.order_by("-primary", "created_at"))
    thread.address = written_from or channel.address_of(known)
    if not thread.address:
        raise Conflict(
            _no_address(channel),
            code="no_address",
        )
    return thread


def _no_address(channel: Channel) -> Text:
    if isinstance(channel, CarriesLetters):
        return "We have no mail address of this person. Add one to the contact first."
    return say(
        "We have no address for {label}. Add a phone number to the contact first.", label=channel.label
    )


def _template(actor: Actor, draft: Draft, thread: Thread) -> Template:
    template = draft.template or lookup.get(
        policy.visible_templates(actor), draft.template_id or ids.new_id()
    )
    fits = template.channel == thread.channel and template.account_id in {None, thread.account_id}
    if template.state != TemplateState.APPROVED or not fits:
        raise Conflict(
            say(
                "The template “{name}” cannot be used here now. Choose an approved one.",
                name=template.name,
            ),
            code="template_not_approved",
        )
    problem = rules.objection_to_variables(template.variables, draft.variables)
    if problem is not None:
        raise Invalid(problem[1], code="template_variables", field=f"variables.{problem[0]}")
    return template


def _refuse_unwanted(lead: Lead, draft: Draft, template: Template | None) -> None:
    marketing = template is not None and template.category == "marketing"
    objection = rules.objection_to_writing(lead.contact.consent, draft.channel, marketing=marketing)
    if objection is not None:
        raise Conflict(objection.text, code=objection.code)


def _refuse_free_text(channel: Channel, thread: Thread, draft: Draft) -> None:
    if not draft.body.strip() and draft.file is None:
        raise Invalid("Write something, or choose a template.", field="body")
    longest = channel.longest_body if isinstance(channel, CarriesLetters) else rules.LONGEST_BODY
    if len(draft.body) > longest:
        raise Invalid(say("Write at most {longest_body} characters.", longest_body=longest), field="body")
    allowed, reason = channel.can_send_free_text(thread, clock.now())
    if not allowed:
        raise Conflict(reason, code="window_closed")


def _subject(channel: Channel, thread: Thread, draft: Draft) -> str:
    """The subject as it is sent, on one line; empty on channels without subjects."""
    if not isinstance(channel, CarriesLetters):
        return ""
    subject = " ".join(draft.subject.split())[: rules.LONGEST_SUBJECT]
    subject = subject or channel.subject_after(queries.last_subject(thread))
    if not subject:
        raise Invalid("Write a subject.", field="subject")
    return subject


def _outbox(
    actor: Actor, lead: Lead, thread: Thread, draft: Draft, template: Template | None, subject: str
) -> Message:
    now = clock.now()
    message = Message(
        id=draft.id or ids.new_id(),
        thread=thread,
        contact_id=lead.contact_id,
        lead=lead,
        direction=Direction.OUT.value,
        channel=draft.channel,
        kind="template" if template else "file" if draft.file else "text",
        body=rules.filled_in(template.body, draft.variables) if template else draft.body.strip(),
        template=template,
        template_name=template.name if template else "",
        variables=dict(draft.variables) if template else {},
        media=[dict(draft.file)] if draft.file else [],
        details={"subject": subject} if subject else {},
        reply_to=draft.reply_to,
        state=State.QUEUED.value,
        automatic=draft.automatic or not actor.human,
        cause=draft.cause,
        member_id=actor.member_id,
        actor_name=actor.name,
        at=now,
    )
    message.our_ref, message.send_ref = draft.our_ref or None, str(message.id)
    message.save(force_insert=True)
    thread.lead, thread.last_message_at = lead, max(thread.last_message_at or now, now)
    thread.save(update_fields=["lead", "last_message_at", "address"])
    return message


def _entry(actor: Actor, lead: Lead, message: Message) -> timeline.Entry:
    return timeline.Entry(
        kind="message",
        about_id=lead.id,
        with_id=lead.contact_id,
        text=message.body,
        at=message.at,
        direction="out",
        automatic=message.automatic,
        actor_name=actor.name,
        member_id=actor.member_id,
        channel=message.channel,
        payload={
            "message_id": str(message.id),
            "kind": message.kind,
            "template": message.template_name,
            "cause": message.cause,
            **({"details": message.details} if message.details else {}),
        },
    )


def _tell(actor: Actor, lead: Lead, message: Message) -> None:
    timeline.record(_entry(actor, lead, message))
    audit.record(
        actor, "message.sent", "lead", lead.id, {"channel": message.channel, "message_id": message.id}
    )
    if message.automatic:
        leads.note_auto_reply([lead.id], message.channel, message.at)
    else:
        leads.note_touch([lead.id], actor.member_id, message.channel, message.at)
    events.record(
        MessageSent(
            workspace_id=actor.workspace_id,
            lead_id=lead.id,
            contact_id=lead.contact_id,
            message_id=message.id,
            channel=message.channel,
            automatic=message.automatic,
            member_id=actor.member_id,
            at=message.at,
        )
    )
