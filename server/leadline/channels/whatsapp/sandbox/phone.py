"""The phone of the sandbox: chat as a customer, see the ticks, switch faults on."""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from pathlib import Path
from typing import Concatenate, ParamSpec, cast
from uuid import UUID

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.csrf import ensure_csrf_cookie
from django.views.decorators.http import require_GET, require_POST

from leadline.channels.whatsapp.models import SandboxNumber, SandboxPerson
from leadline.channels.whatsapp.sandbox import chats, people
from leadline.infra import language, tenancy
from leadline.kit.errors import LeadlineError
from leadline.workspaces import door
from leadline.workspaces.actor import Actor
from leadline.workspaces.rules import Right

P = ParamSpec("P")
HOME = "/sandbox/whatsapp/"
_FILES = Path(__file__).parent / "phone"
_MOST_BYTES = 5 * 1024 * 1024
View = Callable[Concatenate[HttpRequest, P], HttpResponse]
Screen = Callable[Concatenate[HttpRequest, Actor, P], HttpResponse]


def members_only(view: Screen[P]) -> View[P]:
    """Only for members who may write messages, and only where the sandbox is offered."""

    @wraps(view)
    def guarded(request: HttpRequest, *args: P.args, **kwargs: P.kwargs) -> HttpResponse:
        if not settings.ENV.sandbox:
            raise Http404
        actor = door.actor_of(request)
        if actor is None:
            return HttpResponseRedirect(f"/login?next={HOME}")
        if not actor.may(Right.SEND_MESSAGES):
            return HttpResponse("Your role may not use the sandbox.", status=403, content_type="text/plain")
        language.speak(actor.language, actor.zone)
        with tenancy.workspace(actor.workspace_id):
            try:
                with timezone.override(chats.home_time(actor)):
                    return view(request, actor, *args, **kwargs)
            except LeadlineError as problem:
                return render(
                    request,
                    "whatsapp_sandbox/problem.html",
                    {"problem": language.worded(problem.said)},
                    status=problem.status,
                )

    return cast(View[P], guarded)


@require_GET
@ensure_csrf_cookie
@members_only
def home(request: HttpRequest, actor: Actor) -> HttpResponse:
    """The list of chats of the workspace's sandbox number."""
    return render(request, "whatsapp_sandbox/chats.html", _frame(actor))


@require_GET
@ensure_csrf_cookie
@members_only
def chat(request: HttpRequest, actor: Actor, person_id: UUID) -> HttpResponse:
    """One chat; opening it shows our messages as read."""
    person = chats.person(person_id)
    people.look(person)
    frame = _frame(actor)
    return render(
        request, "whatsapp_sandbox/chat.html", {**frame, "person": person, "bubbles": chats.bubbles(person)}
    )


@require_GET
@members_only
def bubbles(request: HttpRequest, actor: Actor, person_id: UUID) -> HttpResponse:
    """The messages of a chat alone, for the page to refresh itself."""
    person = chats.person(person_id)
    people.look(person)
    return render(
        request, "whatsapp_sandbox/bubbles.html", {"person": person, "bubbles": chats.bubbles(person)}
    )


@require_POST
@members_only
def invent(request: HttpRequest, actor: Actor) -> HttpResponse:
    """A new customer; their first message may come along."""
    number = chats.number(request.POST.get("number"))
    person = people.invent(
        number,
        name=request.POST.get("name", ""),
        raw_phone=request.POST.get("phone", ""),
        username=request.POST.get("username", ""),
        region=chats.region(actor),
    )
    if request.POST.get("body", "").strip():
        people.write_text(person, request.POST["body"])
    return HttpResponseRedirect(f"{HOME}{person.id}")


@require_POST
@members_only
def write(request: HttpRequest, actor: Actor, person_id: UUID) -> HttpResponse:
    """The customer writes, shares or taps."""
    person = chats.person(person_id)
    what = request.POST.get("what", "text")
    if what == "place":
        people.send_place(person)
    elif what == "picture":
        _picture(request, person)
    elif what == "tap":
        people.tap(person, UUID(request.POST.get("message", "")), request.POST.get("label", ""))
    else:
        people.write_text(person, request.POST.get("body", ""))
    return HttpResponseRedirect(f"{HOME}{person.id}")


@require_POST
@members_only
def faults(request: HttpRequest, actor: Actor) -> HttpResponse:
    """Switch the provider's faults."""
    actor.require(Right.SEND_MESSAGES)
    number = chats.number(request.POST.get("number"))
    chats.set_faults(
        number,
        fault=request.POST.get("fault", ""),
        duplicates="duplicates" in request.POST,
        out_of_order="out_of_order" in request.POST,
    )
    return HttpResponseRedirect(HOME)


@require_GET
def asset(request: HttpRequest, name: str) -> HttpResponse:
    """The page's style and script."""
    kinds = {"phone.css": "text/css", "phone.js": "text/javascript"}
    if name not in kinds or not settings.ENV.sandbox:
        raise Http404
    response = HttpResponse((_FILES / name).read_bytes(), content_type=f"{kinds[name]}; charset=utf-8")
    response.headers["Cache-Control"] = "public, max-age=300"
    return response


def _picture(request: HttpRequest, person: SandboxPerson) -> None:
    file = request.FILES.get("file")
    caption = request.POST.get("body", "").strip()
    if file is None:
        people.send_picture(person, "picture.png", "image/png", people.PICTURE, caption)
        return
    if (file.size or 0) > _MOST_BYTES:
        raise chats.too_big()
    mime = file.content_type or "application/octet-stream"
    people.send_picture(person, file.name or "file", mime, file.read(), caption)


def _frame(actor: Actor) -> dict[str, object]:
    numbers: list[SandboxNumber] = chats.numbers()
    return {
        "actor": actor,
        "numbers": numbers,
        "number": numbers[0] if numbers else None,
        "people": chats.people_of(numbers),
        "faults": [(key, language.worded(label)) for key, label in chats.FAULTS],
        "home": HOME,
    }
