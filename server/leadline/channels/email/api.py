"""The mails of /api/v1: a whole mail as it looks, on a page that can do no harm."""

from __future__ import annotations

from uuid import UUID

from django.http import HttpResponse
from ninja import Router

from leadline.channels.email import pages
from leadline.workspaces.requests import ActorRequest

router = Router(tags=["mail"])


@router.get("/mails/{message_id}/page")
def mail_page(request: ActorRequest, message_id: UUID, images: bool = False) -> HttpResponse:
    """The whole mail of a message, to be shown in a frame; remote pictures only with `images`."""
    return pages.page(request.auth, message_id, images=images)
