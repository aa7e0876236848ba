"""Fill in an advertisement's form as the customer, see what became of it, let the platform misbehave."""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from pathlib import Path
from uuid import UUID

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.csrf import ensure_csrf_cookie
from django.views.decorators.http import require_GET, require_POST

from leadline.ads import actions, ports, queries
from leadline.ads.models import SandboxAccount
from leadline.ads.ports import Desk, Filled, Question
from leadline.infra import language, tenancy
from leadline.kit.errors import Invalid, LeadlineError
from leadline.kit.sentences import say
from leadline.workspaces import door
from leadline.workspaces.actor import Actor
from leadline.workspaces.queries import own_workspace
from leadline.workspaces.rules import Right

View = Callable[[HttpRequest, str], HttpResponse]
Screen = Callable[[HttpRequest, Actor, Desk], HttpResponse]
_STYLE = Path(__file__).parent / "desk.css"


def members_only(view: Screen) -> View:
    """Only for members who look after capture, and only where the sandbox is offered."""

    @wraps(view)
    def guarded(request: HttpRequest, channel: str) -> HttpResponse:
        desk = ports.desk_for(channel)
        if desk is None or not settings.ENV.sandbox:
            raise Http404
        actor = door.actor_of(request)
        if actor is None:
            return HttpResponseRedirect(f"/login?next={_home(desk)}")
        if not actor.may(Right.SEE_CAPTURE):
            return HttpResponse("Your role may not use the sandbox.", status=403, content_type="text/plain")
        language.speak(actor.language)
        with tenancy.workspace(actor.workspace_id), timezone.override(own_workspace(actor).timezone):
            try:
                return view(request, actor, desk)
            except LeadlineError as problem:
                shown = {**_frame(actor, desk, None), "problem": language.worded(problem.said)}
                return render(request, "ads/desk.html", shown, status=problem.status)

    return guarded


@require_GET
@ensure_csrf_cookie
@members_only
def form(request: HttpRequest, actor: Actor, desk: Desk) -> HttpResponse:
    """The form, and what became of those filled in before."""
    frame = _frame(actor, desk, request.GET.get("account"))
    return render(request, "ads/desk.html", {**frame, "sent": "sent" in request.GET})


@require_POST
@members_only
def fill(request: HttpRequest, actor: Actor, desk: Desk) -> HttpResponse:
    """The customer has filled in the form."""
    answers = {one.key: _answers(request, one) for one in desk.questions}
    missing = next((one for one in desk.questions if one.required and not answers[one.key]), None)
    if missing is not None:
        raise Invalid(say("Please answer “{question}”.", question=say(missing.label)))
    filled = Filled(answers=answers, consent="consent" in request.POST)
    actions.fill_in(actor, _account_id(request), filled)
    return _back(request, desk)


@require_POST
@members_only
def test(request: HttpRequest, actor: Actor, desk: Desk) -> HttpResponse:
    """The advertiser presses the platform's button for a test lead."""
    actions.fill_in(actor, _account_id(request), Filled(answers={}, test=True))
    return _back(request, desk)


@require_POST
@members_only
def faults(request: HttpRequest, actor: Actor, desk: Desk) -> HttpResponse:
    """Switch the platform's faults."""
    actions.switch(
        actor,
        _account_id(request),
        fault=request.POST.get("fault", ""),
        switches=request.POST.getlist("switches"),
    )
    return HttpResponseRedirect(f"{_home(desk)}?account={_account_id(request)}")


@require_GET
def style(request: HttpRequest) -> HttpResponse:
    """The page's style."""
    response = HttpResponse(_STYLE.read_bytes(), content_type="text/css; charset=utf-8")
    response.headers["Cache-Control"] = "public, max-age=300"
    return response


def _answers(request: HttpRequest, question: Question) -> tuple[str, ...]:
    given = (value.strip()[:2000] for value in request.POST.getlist(question.key))
    return tuple(value for value in given if value)


def _account_id(request: HttpRequest) -> UUID:
    try:
        return UUID(request.POST.get("account", ""))
    except ValueError:
        raise Invalid(say("Choose a connection.")) from None


def _back(request: HttpRequest, desk: Desk) -> HttpResponse:
    return HttpResponseRedirect(f"{_home(desk)}?account={_account_id(request)}&sent=1")


def _home(desk: Desk) -> str:
    return f"/sandbox/ads/{desk.channel}/"


def _frame(actor: Actor, desk: Desk, chosen: str | None) -> dict[str, object]:
    accounts = queries.accounts(actor, desk.channel)
    playing = [one for one in accounts if one.connection.settings.get("mode") == "sandbox"]
    account: SandboxAccount | None = next((one for one in playing if str(one.id) == chosen), None)
    account = account or next(iter(playing), None)
    return {
        "desk": desk,
        "home": _home(desk),
        "title": language.worded(desk.title),
        "questions": [
            {
                "key": one.key,
                "label": language.worded(one.label),
                "kind": one.kind,
                "required": one.required,
                "example": one.example,
                "choices": [(key, language.worded(label)) for key, label in one.choices],
            }
            for one in desk.questions
        ],
        "accounts": playing,
        "account": account,
        "may_change": actor.may(Right.CHANGE_CAPTURE),
        "faults": [(key, language.worded(label)) for key, label in desk.faults],
        "switches": [(key, language.worded(label)) for key, label in desk.switches],
        "outcomes": [
            (one, language.worded(one.reason)) for one in queries.outcomes(actor, desk.channel, accounts)
        ],
    }
