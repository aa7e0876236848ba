"""The page of the mail sandbox: read what Leadline sent, write and answer as a customer."""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from pathlib import Path
from typing import Concatenate, ParamSpec, cast
from uuid import UUID

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.views.decorators.csrf import ensure_csrf_cookie
from django.views.decorators.http import require_GET, require_POST

from leadline.capture.models import Connection
from leadline.channels.email.mailbox import SANDBOX, open_mailboxes
from leadline.channels.email.models import SandboxMail
from leadline.channels.email.sandbox import delivering
from leadline.infra import language, tenancy
from leadline.kit.errors import LeadlineError
from leadline.workspaces import door
from leadline.workspaces.actor import Actor
from leadline.workspaces.rules import Right

P = ParamSpec("P")
HOME = "/sandbox/email/"
_STYLE = Path(__file__).parent / "mail.css"
_SHOWN = 100
View = Callable[Concatenate[HttpRequest, P], HttpResponse]
Screen = Callable[Concatenate[HttpRequest, Actor, P], HttpResponse]


def members_only(view: Screen[P]) -> View[P]:
    """Only for members who may write messages, and only where the sandbox is offered."""

    @wraps(view)
    def guarded(request: HttpRequest, *args: P.args, **kwargs: P.kwargs) -> HttpResponse:
        actor = door.actor_of(request)
        if not settings.ENV.sandbox:
            raise Http404
        if actor is None:
            return HttpResponseRedirect(f"/login?next={HOME}")
        if not actor.may(Right.SEND_MESSAGES):
            return HttpResponse("Your role may not use the sandbox.", status=403, content_type="text/plain")
        language.speak(actor.language)
        with tenancy.workspace(actor.workspace_id):
            return view(request, actor, *args, **kwargs)

    return cast(View[P], guarded)


@require_GET
@ensure_csrf_cookie
@members_only
def home(request: HttpRequest, actor: Actor) -> HttpResponse:
    """The mails of the sandbox, newest first, and a form to write one."""
    return _page(request)


@require_POST
@members_only
def write(request: HttpRequest, actor: Actor) -> HttpResponse:
    """A customer writes."""
    given = {name: request.POST.get(name, "") for name in ("name", "address", "subject", "body")}
    try:
        delivering.write(_mailbox(), **given)
    except LeadlineError as problem:
        return _page(request, problem=str(language.worded(problem.said)), given=given, status=422)
    return HttpResponseRedirect(HOME)


@require_POST
@members_only
def answer(request: HttpRequest, actor: Actor, mail_id: UUID) -> HttpResponse:
    """The customer answers a mail of ours, is away, or does not exist."""
    received = SandboxMail.objects.filter(id=mail_id, from_person=False).first()
    what = request.POST.get("what", "")
    if received is None or what not in set(delivering.Answer):
        raise Http404
    delivering.answer(_mailbox(), received, delivering.Answer(what), request.POST.get("body", ""))
    return HttpResponseRedirect(HOME)


@require_GET
def style(request: HttpRequest) -> HttpResponse:
    """The page's style."""
    return HttpResponse(_STYLE.read_text("utf-8"), content_type="text/css; charset=utf-8")


def _mailbox() -> Connection:
    found = next((row for row in open_mailboxes() if row.settings.get("incoming") == SANDBOX), None)
    if found is None:
        raise Http404
    return found


def _page(
    request: HttpRequest, *, problem: str = "", given: dict[str, str] | None = None, status: int = 200
) -> HttpResponse:
    box = _mailbox()
    mails = SandboxMail.objects.filter(connection_id=box.id).defer("raw").order_by("-at", "-id")[:_SHOWN]
    told = {
        "mails": mails,
        "address": box.settings.get("address"),
        "problem": problem,
        "given": given or {"name": "Dana Levi", "address": "dana@customer.test"},
    }
    return render(request, "email_sandbox/mails.html", told, status=status)
