"""Messages, templates and channels as the API shows them."""

from __future__ import annotations

from datetime import datetime
from typing import Annotated, Any, Literal
from uuid import UUID

from leadline.conversations import rules
from leadline.conversations.models import Message, Template
from leadline.conversations.queries import Way
from leadline.engines.timeline.ports import SENTENCE
from leadline.infra.language import told
from leadline.infra.web import Shape, one_of


class MediaOut(Shape):
    """A file of a message; `url` is empty while it is not here yet, `problem` says why it never will be."""

    n: int
    name: str
    mime: str
    size: int | None
    url: str
    problem: str


class MessageOut(Shape):
    """A message as the API shows it."""

    id: UUID
    version: int
    lead_id: UUID | None
    lead_name: str
    contact_id: UUID
    channel: str
    direction: Annotated[str, one_of(rules.Direction)]
    kind: str
    body: str
    template: str
    media: list[MediaOut]
    details: dict[str, Any]
    state: Annotated[str, one_of(rules.State)]
    error_code: str
    error_text: str
    automatic: bool
    cause: str
    actor_name: str
    attempts: int
    at: datetime
    try_at: datetime | None
    sent_at: datetime | None
    delivered_at: datetime | None
    read_at: datetime | None


class TemplateOut(Shape):
    """A template as the API shows it; `variables` are the names to fill in."""

    id: UUID
    version: int
    channel: str
    name: str
    language: str
    category: str
    body: str
    variables: list[str]
    state: Annotated[str, one_of(rules.TemplateState)]
    reason: str


class WayOut(Shape):
    """A channel by which a lead's person can be written to; `subject` is null where there are none."""

    channel: str
    label: str
    address: str
    window_until: datetime | None
    can_free_text: bool
    reason: str
    templates: list[TemplateOut]
    subject: str | None
    longest: int


class MessageIn(Shape):
    """What to send: `body`, or `template_id` with `variables`."""

    id: UUID | None = None
    channel: str
    subject: str = ""
    body: str = ""
    template_id: UUID | None = None
    variables: dict[str, str] = {}
    reply_to: UUID | None = None


class RetryIn(Shape):
    """Send again; an uncertain message only with `although_uncertain`."""

    although_uncertain: bool = False


class CallIn(Shape):
    """A call that was made or came in; it began now unless `started_at` says when."""

    id: UUID | None = None
    direction: Literal["in", "out"]
    outcome: rules.CallOutcome
    started_at: datetime | None = None
    seconds: int | None = None
    text: str = ""


class MeetingIn(Shape):
    """A meeting that is planned, was held, or was not."""

    id: UUID | None = None
    starts_at: datetime
    ends_at: datetime | None = None
    outcome: rules.MeetingOutcome
    text: str = ""


class ComposerOut(Shape):
    """Somebody else who is writing to the lead's person right now."""

    member_id: UUID
    name: str
    since: datetime


class MessagePage(Shape):
    """One page of the outbox."""

    items: list[MessageOut]
    next_cursor: str | None


def media_of(message: Message) -> list[MediaOut]:
    """The files of a message."""
    return [
        MediaOut(
            n=n,
            name=media.get("name") or "",
            mime=media.get("mime") or "",
            size=media.get("size"),
            url=f"/api/v1/messages/{message.id}/media/{n}" if media.get("file_id") else "",
            problem=told(media.get(SENTENCE), media.get("problem") or ""),
        )
        for n, media in enumerate(message.media)
    ]


def message_out(message: Message) -> MessageOut:
    """A message, with its lead's name when the lead was loaded along."""
    lead = message.lead if message.lead_id and "lead" in message._state.fields_cache else None
    plain = {
        name: getattr(message, name)
        for name in MessageOut.model_fields
        if name not in {"media", "lead_name", "template", "details", "error_text"}
    }
    return MessageOut(
        **plain,
        details={key: value for key, value in message.details.items() if key != SENTENCE},
        error_text=error_of(message),
        media=media_of(message),
        lead_name=lead.name if lead else "",
        template=message.template_name,
    )


def error_of(message: Message) -> str:
    """What went wrong with a message, in the language spoken now."""
    return told(message.details.get(SENTENCE), message.error_text) if message.error_text else ""


def template_out(template: Template) -> TemplateOut:
    """A template."""
    return TemplateOut.model_validate(template)


def way_out(way: Way) -> WayOut:
    """A channel of a lead."""
    plain = {name: getattr(way, name) for name in WayOut.model_fields if name != "templates"}
    return WayOut(**plain, templates=[template_out(template) for template in way.templates])
