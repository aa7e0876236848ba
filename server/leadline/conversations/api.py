"""The conversations of /api/v1."""

from __future__ import annotations

from typing import Annotated, Any
from uuid import UUID

from django.http import HttpResponse
from ninja import File, Form, Router, Status, UploadedFile
from pydantic import Field

from leadline.conversations import actions, queries, serving, shapes
from leadline.engines.timeline import queries as timeline
from leadline.engines.timeline.ports import EntryOut
from leadline.workspaces.requests import ActorRequest

router = Router(tags=["conversations"])
Limit = Annotated[int, Field(ge=1, le=200)]


@router.get("/leads/{lead_id}/channels", response=list[shapes.WayOut])
def lead_channels(request: ActorRequest, lead_id: UUID) -> list[shapes.WayOut]:
    """By which channels the lead's person can be written to, until when, and with which templates."""
    return [shapes.way_out(way) for way in queries.ways_to(request.auth, lead_id)]


@router.post("/leads/{lead_id}/messages", response={201: shapes.MessageOut})
def create_message(request: ActorRequest, lead_id: UUID, body: shapes.MessageIn) -> Status[Any]:
    """Write to the lead's person: free text, or a template with its variables."""
    answered = queries.message(request.auth, body.reply_to).provider_id if body.reply_to else ""
    draft = actions.Draft(
        id=body.id,
        channel=body.channel,
        subject=body.subject,
        body=body.body,
        template_id=body.template_id,
        variables=body.variables,
        reply_to=answered or "",
    )
    return Status(201, shapes.message_out(actions.send(request.auth, lead_id, draft)))


@router.post("/leads/{lead_id}/message-files", response={201: shapes.MessageOut})
def create_file_message(
    request: ActorRequest,
    lead_id: UUID,
    file: Annotated[UploadedFile, File()],
    channel: Annotated[str, Form()],
    body: Annotated[str, Form()] = "",
    subject: Annotated[str, Form()] = "",
) -> Status[Any]:
    """Send a file to the lead's person, with a caption."""
    sent = actions.send_file(
        request.auth,
        lead_id,
        channel,
        file.name or "file",
        file.content_type or "",
        file.read(),
        body,
        subject,
    )
    return Status(201, shapes.message_out(sent))


@router.post("/leads/{lead_id}/message-reads", response={204: None})
def create_message_read(request: ActorRequest, lead_id: UUID) -> Status[Any]:
    """The lead's messages have been read here."""
    actions.mark_read(request.auth, lead_id)
    return Status(204, None)


@router.post("/leads/{lead_id}/calls", response={201: EntryOut})
def create_call(request: ActorRequest, lead_id: UUID, body: shapes.CallIn) -> Status[EntryOut]:
    """Write down a call; one that was made counts as a touch, answered or not."""
    entry = actions.write_down_call(request.auth, lead_id, actions.Call(**body.model_dump()))
    return Status(201, timeline.shown([entry])[0])


@router.post("/leads/{lead_id}/meetings", response={201: EntryOut})
def create_meeting(request: ActorRequest, lead_id: UUID, body: shapes.MeetingIn) -> Status[EntryOut]:
    """Write down a meeting; one that was held counts as a touch."""
    entry = actions.write_down_meeting(request.auth, lead_id, actions.Meeting(**body.model_dump()))
    return Status(201, timeline.shown([entry])[0])


@router.get("/leads/{lead_id}/composers", response=list[shapes.ComposerOut])
def composers(request: ActorRequest, lead_id: UUID) -> list[dict[str, Any]]:
    """Who else is writing to the lead's person right now."""
    return [
        {"member_id": one.member_id, "name": one.member.name, "since": one.since}
        for one in queries.composers(request.auth, lead_id)
    ]


@router.put("/leads/{lead_id}/composers/me", response={204: None})
def keep_composing(request: ActorRequest, lead_id: UUID) -> Status[None]:
    """I am writing to the lead's person; holds for 25 seconds, so repeat it every 10 while it lasts."""
    actions.keep_composing(request.auth, lead_id)
    return Status(204, None)


@router.delete("/leads/{lead_id}/composers/me", response={204: None})
def stop_composing(request: ActorRequest, lead_id: UUID) -> Status[None]:
    """I have stopped writing."""
    actions.stop_composing(request.auth, lead_id)
    return Status(204, None)


@router.get("/messages", response=shapes.MessagePage)
def messages(
    request: ActorRequest,
    state: str | None = None,
    lead_id: UUID | None = None,
    cursor: str | None = None,
    limit: Limit = 50,
) -> shapes.MessagePage:
    """The outbox, newest first; several states are given with commas."""
    found, next_cursor = queries.outbox(
        request.auth, state=state, lead_id=lead_id, cursor=cursor, limit=limit
    )
    return shapes.MessagePage(items=[shapes.message_out(m) for m in found], next_cursor=next_cursor)


@router.get("/messages/{message_id}", response=shapes.MessageOut)
def message(request: ActorRequest, message_id: UUID) -> shapes.MessageOut:
    """One message."""
    return shapes.message_out(queries.message(request.auth, message_id))


@router.post("/messages/{message_id}/retries", response={201: shapes.MessageOut})
def create_retry(request: ActorRequest, message_id: UUID, body: shapes.RetryIn) -> Status[Any]:
    """Send a failed message again."""
    sent = actions.retry(request.auth, message_id, although_uncertain=body.although_uncertain)
    return Status(201, shapes.message_out(sent))


@router.get("/messages/{message_id}/media/{n}")
def message_media(request: ActorRequest, message_id: UUID, n: int) -> HttpResponse:
    """A file of a message, as an attachment."""
    return serving.file_of(queries.message(request.auth, message_id), n)


@router.get("/templates", response=list[shapes.TemplateOut])
def templates(
    request: ActorRequest, channel: str | None = None, state: str | None = None
) -> list[shapes.TemplateOut]:
    """The templates of the channels."""
    found = queries.templates(request.auth, channel=channel, state=state)
    return [shapes.template_out(template) for template in found]
