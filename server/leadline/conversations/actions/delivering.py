"""Hand messages of the outbox to their provider: intent, call, record, in that order, at most once."""

from __future__ import annotations

import logging
from uuid import UUID

from django.db.models import Q

from leadline.contacts.models import Contact
from leadline.conversations import policy, rules
from leadline.conversations.actions.errors import ERROR, give_error
from leadline.conversations.actions.statuses import lock_provider_ids, noted, tell_state
from leadline.conversations.events import ChannelStopped
from leadline.conversations.models import Message, Thread
from leadline.conversations.ports import (
    Outgoing,
    OutgoingFile,
    OutgoingTemplate,
    SendRefused,
    SendUncertain,
    Sent,
    channel_for,
)
from leadline.conversations.rules import State
from leadline.infra import events, lookup, tenancy
from leadline.infra.jobs import background
from leadline.kit import clock, ids
from leadline.kit.errors import Conflict
from leadline.kit.sentences import Text, say, word
from leadline.workspaces import audit
from leadline.workspaces.actor import Actor
from leadline.workspaces.rules import Right

log = logging.getLogger(__name__)

_UNCERTAIN = word(
    "The connection broke while sending, so it is not known whether the message arrived. "
    "It is not sent again by itself; a status from the provider settles it."
)


@background(retries=3, priority=20)
def deliver(*, workspace_id: str, message_id: str) -> None:
    """Send one queued message. Run a second time it does nothing, or marks an interrupted send uncertain."""
    outgoing = _claim(UUID(workspace_id), UUID(message_id))
    if outgoing is None:
        return
    channel = channel_for(outgoing.channel_key)
    try:
        if channel is None:
            raise SendRefused("no_channel", word("The channel of this message is not installed any more."))
        sent = channel.send(outgoing.content)
    except SendRefused as refusal:
        _record_refusal(outgoing.content, refusal)
    except SendUncertain as doubt:
        _record_uncertain(outgoing.content, str(doubt))
    except Exception as error:
        # Whatever broke, the call may have gone out: never a second time by itself.
        log.exception("message %s", message_id)
        _record_uncertain(outgoing.content, type(error).__name__)
    else:
        _record_sent(outgoing.channel_key, outgoing.content, sent)


class _Claimed:
    """A message that is ours to send now, as its channel needs it."""

    def __init__(self, channel_key: str, content: Outgoing) -> None:
        self.channel_key = channel_key
        self.content = content


def _claim(workspace_id: UUID, message_id: UUID) -> _Claimed | None:
    with tenancy.workspace(workspace_id):
        rows = Message.objects.select_for_update(of=("self",)).select_related("thread", "template")
        message = rows.filter(id=message_id).first()
        if message is None:
            return None
        if message.state == State.SENDING:
            # Only an interrupted run leaves this behind: the job engine gives one run at a time.
            _set_uncertain(message, "interrupted")
            return None
        if message.state != State.QUEUED or message.try_at is not None:
            return None
        objection = _objection(message)
        if objection is not None:
            _fail(message, *objection)
            return None
        message.state, message.sending_at = State.SENDING.value, clock.now()
        message.attempts += 1
        message.save(update_fields=["state", "sending_at", "attempts"])
        return _Claimed(message.channel, _outgoing(message, message.thread))


def _objection(message: Message) -> tuple[str, Text] | None:
    """What may have changed between writing and sending: the person said stop, or the window closed."""
    consent = Contact.objects.values_list("consent", flat=True).get(id=message.contact_id)
    marketing = message.template is not None and message.template.category == "marketing"
    objection = rules.objection_to_writing(consent, message.channel, marketing=marketing)
    if objection is not None:
        return objection.code, objection.text
    channel = channel_for(message.channel)
    if channel is None or message.template_id is not None:
        return None
    allowed, reason = channel.can_send_free_text(message.thread, clock.now())
    return None if allowed else ("window_closed", reason)


def _outgoing(message: Message, thread: Thread) -> Outgoing:
    template, file = message.template, next(iter(message.media), None)
    return Outgoing(
        message_id=message.id,
        workspace_id=message.workspace_id,
        account_id=thread.account_id,
        to=thread.address,
        body=message.body,
        our_ref=message.send_ref or str(message.id),
        attempt=message.attempts,
        reply_to=message.reply_to,
        subject=str(message.details.get("subject") or ""),
        automatic=message.automatic,
        thread_id=thread.id,
        template=None
        if template is None
        else OutgoingTemplate(
            name=template.name,
            language=template.language,
            category=template.category,
            variables=message.variables,
            provider=template.provider,
        ),
        file=None
        if file is None
        else OutgoingFile(file_id=UUID(file["file_id"]), name=file["name"], mime=file["mime"]),
    )


def _record_sent(channel_key: str, outgoing: Outgoing, sent: Sent) -> None:
    with tenancy.workspace(outgoing.workspace_id):
        # A status may have come first, under the same lock, and left a note or a later state.
        lock_provider_ids(channel_key, [sent.provider_id])
        message = Message.objects.select_for_update().get(id=outgoing.message_id)
        message.provider_id = sent.provider_id
        message.sent_at = rules.earlier(message.sent_at, clock.now())
        message.state = rules.later(message.state, State.SENT).value
        if message.state == State.SENT:
            message.error_code = message.error_text = ""
        noted(message)
        message.save()
        tell_state(message)


def _record_refusal(outgoing: Outgoing, refusal: SendRefused) -> None:
    with tenancy.workspace(outgoing.workspace_id):
        message = (
            Message.objects.select_for_update(of=("self",))
            .select_related("thread")
            .get(id=outgoing.message_id)
        )
        if message.state not in {State.SENDING, State.UNCERTAIN}:
            return
        if refusal.stops_account:
            events.record(
                ChannelStopped(
                    workspace_id=message.workspace_id,
                    channel=message.channel,
                    account_id=message.thread.account_id,
                    text=str(refusal.text),
                )
            )
        if refusal.waits:
            message.attempts -= 1
        if refusal.retry_after is None or message.attempts >= rules.MOST_ATTEMPTS:
            _fail(message, refusal.code, refusal.text)
            return
        message.state, message.try_at = State.QUEUED.value, clock.now() + refusal.retry_after
        give_error(message, refusal.code, refusal.text)
        message.save(update_fields=["state", "try_at", "attempts", *ERROR])
        tell_state(message)


def _record_uncertain(outgoing: Outgoing, why: str) -> None:
    with tenancy.workspace(outgoing.workspace_id):
        message = Message.objects.select_for_update().get(id=outgoing.message_id)
        if message.state == State.SENDING:
            _set_uncertain(message, why)


def _set_uncertain(message: Message, why: str) -> None:
    message.state = State.UNCERTAIN.value
    give_error(message, "uncertain", _UNCERTAIN)
    message.details = {**message.details, "uncertain_because": why[:200]}
    message.save(update_fields=["state", *ERROR])
    tell_state(message)


def _fail(message: Message, code: str, text: Text) -> None:
    message.state = State.FAILED.value
    give_error(message, code, text)
    message.save(update_fields=["state", *ERROR])
    tell_state(message)


def try_due(workspace_id: UUID, message_ids: list[UUID]) -> int:
    """Queue again the messages whose pause is over; exactly one caller wins each."""
    with tenancy.workspace(workspace_id):
        due = Message.objects.filter(id__in=message_ids, state=State.QUEUED.value, try_at__lte=clock.now())
        won = list(due.select_for_update(skip_locked=True).values_list("id", flat=True))
        Message.objects.filter(id__in=won).update(try_at=None)
        deliver.later_many({"workspace_id": str(workspace_id), "message_id": str(m)} for m in won)
        return len(won)


def mark_interrupted(workspace_id: UUID, message_ids: list[UUID]) -> int:
    """Mark sends that were interrupted as uncertain; never sends again."""
    with tenancy.workspace(workspace_id):
        old = Q(sending_at__lte=clock.now() - rules.INTERRUPTED_AFTER)
        rows = Message.objects.filter(old, id__in=message_ids, state=State.SENDING.value)
        found = list(rows.select_for_update(skip_locked=True))
        for message in found:
            _set_uncertain(message, "interrupted")
        return len(found)


def retry(actor: Actor, message_id: UUID, *, although_uncertain: bool = False) -> Message:
    """Send a failed message again; an uncertain one only when a person says so, since it may arrive twice."""
    actor.require(Right.SEND_MESSAGES)
    message = lookup.lock(policy.outbox(actor), message_id)
    allowed = {State.FAILED, State.UNCERTAIN} if although_uncertain else {State.FAILED}
    if message.state not in allowed:
        raise Conflict(
            "Only failed messages can be sent again."
            if message.state != State.UNCERTAIN
            else "It is not known whether this message arrived. Ask the person, or send it all the same.",
            code=f"message_{message.state}",
        )
    if message.kind == rules.HOUSE_MAIL:
        words = say(
            "Try the run of the automation “{name}” again; it hands the mail over.", name=message.cause
        )
        raise Conflict(words, code="sent_by_automation")
    message.state, message.try_at, message.attempts = State.QUEUED.value, None, 0
    message.error_code = message.error_text = ""
    # What the provider still says about the first try must not be taken for this one.
    message.provider_id, message.send_ref = None, str(ids.new_id())
    message.save()
    audit.record(actor, "message.retried", "message", message.id)
    deliver.later(workspace_id=str(actor.workspace_id), message_id=str(message.id))
    tell_state(message)
    return message
