"""The public address of an own form: its page, its script, and what is posted to it."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from dataclasses import dataclass
from importlib.resources import files
from typing import Any
from urllib.parse import urlsplit

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.views.decorators.csrf import csrf_exempt

from leadline.capture import actions as capture
from leadline.capture import queries as doors
from leadline.capture.models import Connection
from leadline.capture.ports import Item
from leadline.channels.webforms import bodies, limits, pages, posts, proofs, returning, suspicion, work
from leadline.channels.webforms.adapters import OWN_FORM
from leadline.channels.webforms.attribution import urlsplit_host
from leadline.channels.webforms.filled import plain
from leadline.channels.webforms.forms import Form, mistakes
from leadline.channels.webforms.tools import generic
from leadline.channels.webforms.words import LANGUAGES, words
from leadline.infra import tenancy
from leadline.infra.throttle import caller_of
from leadline.kit import clock, ids, json
from leadline.kit.errors import LeadlineError
from leadline.kit.sentences import word
from leadline.workspaces.actor import Actor
from leadline.workspaces.queries import own_workspace

_SCRIPT = files("leadline.channels.webforms").joinpath("assets/embed.js").read_text("utf-8")


@dataclass(frozen=True)
class _Door:
    """An open form, whose it is, and how it speaks to this visitor."""

    connection: Connection
    form: Form
    place: pages.Place
    region: str


@csrf_exempt
def own_form(request: HttpRequest, token: str) -> HttpResponse:
    """Show the form, or take what was filled in."""
    door = _door(request, token)
    if isinstance(door, HttpResponse):
        return door
    if request.method == "OPTIONS":
        return posts.allow_origin(HttpResponse(status=204), request, door.form.allowed_origins)
    if request.method in ("GET", "HEAD"):
        told = _told(door, request.COOKIES.get(returning.COOKIE, ""))
        return pages.form_page(
            door.form, door.place, pages.Shown(hidden=_hidden(request, door), told=told.keys)
        )
    if request.method != "POST":
        return posts.refusal(405, "method_not_allowed", "Send the form with POST.")
    return posts.allow_origin(_post(request, door), request, door.form.allowed_origins)


def start(request: HttpRequest, token: str) -> HttpResponse:
    """The signed time from which a pasted form was shown; pages that carry it may be cached."""
    connection = doors.connection_by_token(OWN_FORM, token)
    if connection is None:
        return posts.refusal(404, "not_found", "There is no form at this address.")
    started, signature = suspicion.signed_start(settings.SECRET_KEY, str(connection.id), clock.now())
    form = Form.model_validate(connection.settings)
    told: dict[str, Any] = {"ts": started, "sig": signature}
    if form.proof_of_work:
        told["work"] = work.asked(settings.SECRET_KEY, str(connection.id), clock.now())
    if form.progressive:
        before = returning_to(connection, form, request.GET.get("told", ""))
        told["ask"] = [field.key for field in form.asked(before.keys)]
    response = posts.answer(told)
    response.headers["Cache-Control"] = "no-store"
    return posts.allow_origin(response, request, form.allowed_origins)


def script(request: HttpRequest, token: str = "") -> HttpResponse:
    """The script for pasted forms, the same for all of them."""
    response = HttpResponse(_SCRIPT, content_type="text/javascript; charset=utf-8")
    response.headers["Cache-Control"] = "public, max-age=3600"
    response.headers["Access-Control-Allow-Origin"] = "*"
    response.headers["Cross-Origin-Resource-Policy"] = "cross-origin"
    return response


def _door(request: HttpRequest, token: str) -> _Door | HttpResponse:
    connection = doors.connection_by_token(OWN_FORM, token)
    if connection is None:
        return pages.notice_page("en", "unknown", 404)
    form = Form.model_validate(connection.settings)
    with tenancy.workspace(connection.workspace_id):
        company = own_workspace(Actor.product(connection.workspace_id))
    asked = request.GET.get("lang", "").lower()
    language = asked if asked in LANGUAGES else form.language
    if not connection.enabled:
        return pages.notice_page(language, "closed", 410, company.name)
    place = pages.Place(
        path=request.path, company=company.name, language=language, framed=request.GET.get("frame") == "1"
    )
    return _Door(connection, form, place, company.phone_region)


def _hidden(request: HttpRequest, door: _Door) -> list[tuple[str, str]]:
    started, signature = suspicion.signed_start(settings.SECRET_KEY, str(door.connection.id), clock.now())
    seen = request.headers.get("Referer", "")
    page = seen if door.place.framed and seen else request.build_absolute_uri()
    known = [
        ("_ts", started),
        ("_sig", signature),
        ("_key", str(ids.new_id())),
        ("_lang", door.place.language),
    ]
    where = [("page_url", page[:2000]), ("referrer", seen[:2000])]
    before = request.COOKIES.get(returning.COOKIE, "") if door.form.progressive else ""
    told = [(returning.FIELD, before)] if before else []
    return [*known, *told, *where, *pages.carried(request.GET.dict())]


def _post(request: HttpRequest, door: _Door) -> HttpResponse:
    wants_json = "json" in request.headers.get("Content-Type", "").lower()
    say = words(door.place.language)
    wait = _wait(request, door)
    if wait:
        response = _refused(request, door, wants_json, 429, "too_many", say["too_many"])
        response.headers["Retry-After"] = str(round(wait))
        return response
    try:
        raw = posts.raw_body(request)
        answers = _answers(raw, request.headers.get("Content-Type", ""))
    except posts.BodyTooLarge:
        return _refused(request, door, wants_json, 413, "body_too_large", say["too_large"])
    except LeadlineError as problem:
        detail = problem.detail if wants_json else say["unreadable"]
        return _refused(request, door, wants_json, 422, problem.code, detail)
    trap = suspicion.honeypot_filled(answers)
    told = _told(door, plain(answers.get(returning.FIELD)))
    asked, how = door.form.asked(told.keys), (door.region, door.place.language)
    errors = {} if trap else mistakes(door.form, answers, *how, asked=asked, reachable=told.reachable)
    if errors:
        shown = pages.Shown(answers, errors, say["check"], _carried_on(answers), told.keys)
        if wants_json:
            return posts.refusal(422, "invalid_field", say["check"], errors=errors, field=next(iter(errors)))
        return pages.form_page(door.form, door.place, shown, 422)
    natural_key = _store(request, door, raw, answers, trap)
    return _thanks(door, answers, wants_json, _token(door, answers, told, natural_key))


def returning_to(connection: Connection, form: Form, token: str) -> returning.Told:
    """What the browser with this token has told the company's forms before."""
    if not token or not form.progressive:
        return returning.NOTHING
    with tenancy.workspace(connection.workspace_id):
        return returning.told(returning.secret_of(connection), token, clock.now())


def _told(door: _Door, token: str) -> returning.Told:
    return returning_to(door.connection, door.form, token)


def _token(door: _Door, answers: Mapping[str, Any], before: returning.Told, natural_key: str) -> str:
    """What the browser keeps for its next visit; nothing where a form asks everybody the same."""
    if not door.form.progressive:
        return ""
    keys = before.keys | {field.key for field in door.form.fields if plain(answers.get(field.key))}
    says_who = any(plain(answers.get(key)) for key in returning.REACH)
    whose = natural_key if says_who else before.natural_key
    return returning.token(returning.secret_of(door.connection), keys, whose, clock.now()) if whose else ""


def _answers(raw: bytes, content_type: str) -> dict[str, Any]:
    filled = generic.read(bodies.read(raw, content_type))
    value = filled[0] if filled else None
    if value is None:
        return {}
    consent = {"consent": "yes"} if value.consent.get("marketing") else {}
    key = {"_key": value.key} if value.key else {}
    return {**consent, **key, **value.answers}


def _store(request: HttpRequest, door: _Door, raw: bytes, answers: Mapping[str, Any], trap: bool) -> str:
    why = suspicion.reasons(
        answers,
        secret=settings.SECRET_KEY,
        form_id=str(door.connection.id),
        now=clock.now(),
        work="" if trap else _work_trouble(door, answers),
    )
    natural_key = _natural_key(door, answers)
    held_back = word("The hidden field was filled in.") if trap else suspicion.verdict(why)
    item = Item(
        natural_key=natural_key,
        body=raw,
        headers=posts.kept_headers(request),
        content_type=request.headers.get("Content-Type", ""),
        quarantine=held_back,
        spam=bool(held_back),
    )
    capture.store(door.connection.workspace_id, [(door.connection, [item])])
    return natural_key


def _work_trouble(door: _Door, answers: Mapping[str, Any]) -> str:
    if not door.form.proof_of_work:
        return ""
    key = work.key_of(settings.SECRET_KEY, str(door.connection.id))
    proof = work.proven(plain(answers.get(work.FIELD)), key, clock.now())
    return proofs.spend(door.connection.workspace_id, proof)


def _natural_key(door: _Door, answers: Mapping[str, Any]) -> str:
    """The same answers count once: per page that was shown, or within a few minutes without its key."""
    said = {
        name: value
        for name, value in answers.items()
        if name not in ("_ts", "_sig", "_key", work.FIELD, returning.FIELD)
    }
    digest = hashlib.sha256(json.dumps(said, sort_keys=True)).hexdigest()
    own = plain(answers.get("_key"))[:100]
    if own:
        return f"{door.connection.id}:{own}:{digest}"
    window = int(clock.now().timestamp() // 300)
    before = f"{door.connection.id}:{window - 1}:{digest}"
    known = doors.was_received(door.connection, before)
    return before if known else f"{door.connection.id}:{window}:{digest}"


def _thanks(door: _Door, answers: Mapping[str, Any], wants_json: bool, token: str) -> HttpResponse:
    target = _allowed_redirect(door.form, plain(answers.get("_redirect")))
    thank_you = door.form.thank_you or words(door.place.language)["thank_you"]
    if wants_json:
        more = {"redirect": target, "told": token, "download": door.form.download_url}
        return posts.answer({"ok": True, "thank_you": thank_you, **{k: v for k, v in more.items() if v}})
    response = pages.thanks_page(door.form, door.place)
    if target:
        response = HttpResponse(status=303, headers={"Location": target})
    if token:
        age = int(returning.REMEMBERED.total_seconds())
        response.set_cookie(
            returning.COOKIE,
            token,
            max_age=age,
            path="/f/",
            httponly=True,
            samesite="Lax",
            secure=_is_https(),
        )
    return response


def _is_https() -> bool:
    return str(settings.PUBLIC_URL).startswith("https://")


def _allowed_redirect(form: Form, target: str) -> str:
    try:
        scheme = urlsplit(target).scheme
    except ValueError:
        return ""
    allowed = scheme in ("http", "https") and urlsplit_host(target) in form.redirect_hosts
    # A backslash or a control character is read differently by browsers.
    return target if allowed and target.isprintable() and "\\" not in target else ""


def _wait(request: HttpRequest, door: _Door) -> float:
    now, visitor = clock.now(), caller_of(request.META)
    by_visitor = limits.counter.wait(f"{door.connection.id}:{visitor}", limits.PER_ADDRESS, now)
    return by_visitor or limits.counter.wait(str(door.connection.id), limits.PER_FORM, now)


def _refused(
    request: HttpRequest, door: _Door, wants_json: bool, status: int, code: str, detail: str
) -> HttpResponse:
    if wants_json:
        return posts.refusal(status, code, detail)
    shown = pages.Shown(alert=detail, hidden=_hidden(request, door))
    return pages.form_page(door.form, door.place, shown, status)


def _carried_on(answers: Mapping[str, Any]) -> list[tuple[str, str]]:
    known = (
        "_ts",
        "_sig",
        "_key",
        "_lang",
        "_redirect",
        returning.FIELD,
        "page_url",
        "referrer",
        "landing_url",
    )
    kept = [(name, plain(answers[name])[:2000]) for name in known if answers.get(name)]
    return [*kept, *pages.carried({name: plain(value) for name, value in answers.items()})]
