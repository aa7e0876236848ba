"""Give out a whole mail as a page of its own, without scripts, forms or anything of ours."""

from __future__ import annotations

from uuid import UUID

from django.http import HttpResponse

from leadline.channels.email import composing
from leadline.channels.email.fetching import files_of
from leadline.channels.email.models import FiledMail
from leadline.channels.email.understanding.showing import page_of, policy_of_page
from leadline.conversations import queries
from leadline.workspaces.actor import Actor


def page(actor: Actor, message_id: UUID, *, images: bool) -> HttpResponse:
    """The page of a message the actor may see, with all of it where it was a mail; NotFound (404) else."""
    message = queries.message(actor, message_id)
    filed = FiledMail.objects.filter(message_id=message.id).first()
    html = filed.html if filed else ""
    shown = html or composing.html_of(filed.text if filed else message.body)
    inside = files_of(filed.submission_id) if html and filed and filed.submission_id else []
    response = HttpResponse(page_of(shown, inside, images=images), content_type="text/html; charset=utf-8")
    response.headers["Content-Security-Policy"] = policy_of_page(images=images)
    response.headers["Referrer-Policy"] = "no-referrer"
    response.headers["Cache-Control"] = "private, no-store"
    return response
