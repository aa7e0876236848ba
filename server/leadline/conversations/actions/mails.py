"""Mails that automations write by the house's own server: rows of the outbox like every other message.

The automation's run hands them over and tries again; what is written here is how far each has come.
"""

from __future__ import annotations

from uuid import UUID

from leadline.conversations.actions.errors import give_error
from leadline.conversations.actions.statuses import tell_state
from leadline.conversations.actions.threads import lock_threads
from leadline.conversations.events import MessageSent
from leadline.conversations.models import Message
from leadline.conversations.rules import HOUSE_MAIL, MOST_ATTEMPTS, Direction, State
from leadline.engines.timeline import actions as timeline
from leadline.infra import events
from leadline.kit import clock
from leadline.kit.sentences import Text
from leadline.leads import actions as leads
from leadline.workspaces import audit
from leadline.workspaces.actor import Actor

CHANNEL = "email"
# What the outcome of handing over means, and the code it is kept under.
_OUTCOMES = {State.FAILED: "refused", State.UNCERTAIN: "uncertain"}


def begin_mail(
    actor: Actor, *, lead_id: UUID, contact_id: UUID, to: str, subject: str, body: str, our_ref: str
) -> Message:
    """The mail as it is about to be handed over; another attempt with the same reference is the same one."""
    now = clock.now()
    before = Message.objects.select_for_update().filter(our_ref=our_ref).first()
    message = before or _written(actor, lead_id, contact_id, to, subject, body, our_ref)
    message.state, message.sending_at = State.SENDING.value, now
    message.attempts += 1
    give_error(message, "", "")
    message.save()
    if before is None:
        _tell(actor, message, subject, to)
    return message


def mail_taken(actor: Actor, message_id: UUID) -> None:
    """The server has the mail: to the person it is an automatic answer, never a touch."""
    message = Message.objects.select_for_update().get(id=message_id)
    message.state, message.sent_at = State.SENT.value, clock.now()
    give_error(message, "", "")
    message.save()
    assert message.lead_id is not None
    leads.note_auto_reply([message.lead_id], CHANNEL, message.sent_at)
    told = {"channel": CHANNEL, "message_id": message.id}
    audit.record(actor, "message.sent", "lead", message.lead_id, told)
    tell_state(message)


def mail_not_taken(message_id: UUID, state: State, said: Text, *, again: bool = False) -> None:
    """The server has not taken the mail, or nobody knows. While it is tried `again`, nobody is told yet."""
    message = Message.objects.select_for_update().get(id=message_id)
    message.state = state.value
    give_error(message, _OUTCOMES[state], said)
    message.save()
    if not again or message.attempts >= MOST_ATTEMPTS:
        tell_state(message)


def _written(
    actor: Actor, lead_id: UUID, contact_id: UUID, to: str, subject: str, body: str, our_ref: str
) -> Message:
    key = (CHANNEL, None, contact_id)
    thread, now = lock_threads([key])[key], clock.now()
    thread.lead_id, thread.last_message_at = lead_id, max(thread.last_message_at or now, now)
    thread.address = thread.address if thread.last_inbound_at else to
    thread.save(update_fields=["lead", "last_message_at", "address"])
    return Message(
        thread=thread,
        contact_id=contact_id,
        lead_id=lead_id,
        direction=Direction.OUT.value,
        channel=CHANNEL,
        kind=HOUSE_MAIL,
        body=body,
        details={"subject": subject, "to": to},
        automatic=True,
        cause=actor.name,
        actor_name=actor.name,
        our_ref=our_ref,
        at=now,
    )


def _tell(actor: Actor, message: Message, subject: str, to: str) -> None:
    timeline.record(
        timeline.Entry.by(
            actor,
            "message",
            about_id=message.lead_id,
            with_id=message.contact_id,
            text=f"{subject}\n\n{message.body}",
            at=message.at,
            direction="out",
            channel=CHANNEL,
            payload={
                "message_id": str(message.id),
                "kind": HOUSE_MAIL,
                "subject": subject,
                "to": to,
                "cause": message.cause,
            },
        )
    )
    events.record(
        MessageSent(
            workspace_id=message.workspace_id,
            lead_id=message.lead_id,
            contact_id=message.contact_id,
            message_id=message.id,
            channel=CHANNEL,
            automatic=True,
            member_id=None,
            at=message.at,
        )
    )
