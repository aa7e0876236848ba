"""What conversations offer to automations: messages that come, answers, failures; and sending one."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any
from uuid import UUID

from leadline.conversations import actions, queries
from leadline.conversations.events import CallNoted, MessageReceived, MessageStateChanged
from leadline.conversations.models import Template, Thread
from leadline.conversations.ports import Channel, channel_for, channels
from leadline.conversations.rules import CallOutcome, State
from leadline.engines.automation import actions as automation
from leadline.engines.automation.actions import StepContext, StepRefused
from leadline.engines.automation.ports import Options, equal_options
from leadline.engines.schema.actions import Choice, Field, FieldType
from leadline.infra.language import worded
from leadline.kit.sentences import say
from leadline.workspaces import queries as workspaces

_NO_NAME = "there"


def _channels() -> Sequence[Choice]:
    return [Choice(channel.key, worded(channel.label)) for channel in channels()]


_CHANNEL = Field(key="channel", type=FieldType.CHOICE, label="Channel", choices=_channels)
_CALL = [
    Field(
        key="outcome",
        type=FieldType.CHOICE,
        label="How it ended",
        choices=[
            Choice(CallOutcome.ANSWERED, "Answered"),
            Choice(CallOutcome.INTERESTED, "Interested"),
            Choice(CallOutcome.NO_ANSWER, "No answer"),
            Choice(CallOutcome.BUSY, "Busy"),
            Choice(CallOutcome.LEFT_MESSAGE, "Left a message"),
            Choice(CallOutcome.WRONG_NUMBER, "Wrong number"),
        ],
    ),
    Field(
        key="direction",
        type=FieldType.CHOICE,
        label="Who called",
        choices=[Choice("out", "We called"), Choice("in", "They called")],
    ),
]
_PARAMETERS = [
    Field(key="channel", type=FieldType.CHOICE, label="Channel", choices=_channels, required=True),
    Field(key="subject", type=FieldType.LONG_TEXT, label="Subject of the mail"),
    Field(key="text", type=FieldType.LONG_TEXT, label="Text"),
    Field(key="template", type=FieldType.TEXT, label="Template"),
    Field(
        key="variables", type=FieldType.LONG_TEXT, label="Values of the template, one “name: text” per line"
    ),
]


def _lead_of(event: Any) -> UUID | None:
    return event.lead_id if isinstance(event.lead_id, UUID) else None


def _is_message(event: MessageReceived, options: Options) -> bool:
    return event.kind != "reaction" and equal_options(event, options)


def _is_answer(event: MessageReceived, options: Options) -> bool:
    return event.reply and _is_message(event, options)


def _is_failure(event: MessageStateChanged, options: Options) -> bool:
    return event.state == State.FAILED and equal_options(event, options)


def send_message(step: StepContext) -> dict[str, Any]:
    """Send the text, where the channel's rules allow free text now, else the template.

    The message is automatic, so it is no touch; the step's reference makes a repetition harmless.
    """
    given = step.given
    channel = channel_for(str(given.get("channel", "")))
    if channel is None:
        raise StepRefused(say("There is no channel “{value}” to send by.", value=given.get("channel", "")))
    thread = queries.thread_with(step.record["contact_id"], channel.key)
    text, template_name = str(given.get("text") or "").strip(), str(given.get("template") or "").strip()
    free, why_not = channel.can_send_free_text(thread, step.now)
    if text and (free or not template_name):
        draft = _draft(step, channel, body=text, subject=str(given.get("subject") or ""))
    elif template_name:
        template = _template(step, channel, thread, template_name)
        filled = _variables(step, template)
        draft = _draft(step, channel, template_id=template.id, template=template, variables=filled)
    else:
        raise StepRefused(why_not or "There is neither a text nor a template to send.")
    message = actions.send(step.actor, step.subject_id, draft)
    return {
        "message_id": str(message.id),
        "channel": channel.key,
        "template": message.template_name,
        "text": message.body,
    }


def _draft(step: StepContext, channel: Channel, **content: Any) -> actions.Draft:
    return actions.Draft(
        channel=channel.key, automatic=True, cause=step.automation_name, our_ref=step.our_ref, **content
    )


def _template(step: StepContext, channel: Channel, thread: Thread | None, name: str) -> Template:
    account = channel.account(thread.account_id if thread else None)
    if account is None:
        raise StepRefused(say("{label} is not connected. Connect it in Settings.", label=channel.label))
    languages = [
        str(step.record.get("contact.language") or ""),
        workspaces.own_workspace(step.actor).language,
        "en",
    ]
    found = queries.template_named(step.actor, channel.key, account.id, name, languages)
    if found is None:
        raise StepRefused(say("{label} has no approved template “{name}”.", label=channel.label, name=name))
    return found


def _variables(step: StepContext, template: Template) -> dict[str, str]:
    """The given values; a variable nobody gave is the field of that name, and `name` the first name."""
    given = _lines(step.given.get("variables"))
    known: Mapping[str, Any] = {
        **step.record,
        "name": step.record.get("contact.first_name") or step.record.get("contact.name") or _NO_NAME,
    }
    return {name: given.get(name) or str(known.get(name) or "") for name in template.variables}


def _lines(written: Any) -> dict[str, str]:
    if isinstance(written, Mapping):
        return {str(key): str(value) for key, value in written.items()}
    pairs = (line.partition(":") for line in str(written or "").splitlines())
    return {name.strip(): text.strip() for name, colon, text in pairs if colon}


def offer() -> None:
    """Offer the triggers and the action; called once, from the door plate."""
    for key, label, event, matches in (
        ("message.received", "A message comes in", MessageReceived, _is_message),
        ("message.replied", "The person answers", MessageReceived, _is_answer),
        ("message.failed", "A message could not be delivered", MessageStateChanged, _is_failure),
    ):
        automation.offer_trigger(
            automation.Trigger(key, label, event, _lead_of, fields=[_CHANNEL], matches=matches)
        )
    automation.offer_trigger(
        automation.Trigger("call.noted", "A call is written down", CallNoted, _lead_of, fields=_CALL)
    )
    automation.offer_action(automation.Action("message.send", "Send a message", _PARAMETERS, send_message))
