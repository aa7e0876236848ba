"""The public addresses of websites: the script, and what it posts to."""

from __future__ import annotations

from importlib.resources import files

from django.core.exceptions import RequestDataTooBig
from django.http import HttpRequest, HttpResponse
from django.http.request import UnreadablePostError
from django.views.decorators.csrf import csrf_exempt

from leadline.capture import actions as capture
from leadline.capture import queries as doors
from leadline.capture.models import Connection
from leadline.channels.tracking import messages
from leadline.channels.tracking.sites import CHANNEL, SiteSettings, origin_of, site_of
from leadline.infra import tenancy
from leadline.infra.throttle import Buckets, caller_of
from leadline.kit import clock
from leadline.kit.errors import LeadlineError
from leadline.tracking import actions, rules

_WRITTEN = files("leadline.channels.tracking").joinpath("assets/visit.js").read_text("utf-8")
# Every visitor of every page loads it: without what only its readers need.
_SCRIPT = "\n".join(line.strip() for line in _WRITTEN.splitlines() if line.strip())
_ASKING = "/*ask*/true"
by_address = Buckets(per_second=4, burst=120)
by_visitor = Buckets(per_second=1, burst=60)


def script(request: HttpRequest, token: str) -> HttpResponse:
    """The script of one website, which knows whether it has to ask for consent."""
    connection = doors.connection_by_token(CHANNEL, token)
    if connection is None or not connection.enabled:
        return _answered(HttpResponse("", content_type="text/javascript; charset=utf-8"), request, None)
    asks = SiteSettings.model_validate(connection.settings).ask_consent
    made = _SCRIPT if asks else _SCRIPT.replace(_ASKING, "false")
    response = HttpResponse(made, content_type="text/javascript; charset=utf-8")
    response.headers["Cache-Control"] = "public, max-age=3600"
    response.headers["Cross-Origin-Resource-Policy"] = "cross-origin"
    return response


@csrf_exempt
def collect(request: HttpRequest) -> HttpResponse:
    """Take what a website tells. The answer is the same whatever became of it: it reveals nothing."""
    if request.method == "OPTIONS":
        return _answered(HttpResponse(status=204), request, None)
    if request.method != "POST":
        return HttpResponse(status=405, headers={"Allow": "POST, OPTIONS"})
    try:
        raw = request.body
    except RequestDataTooBig:
        return HttpResponse(status=413)
    except UnreadablePostError:
        raw = b""
    if len(raw) > messages.MAX_BYTES:
        return HttpResponse(status=413)
    if not by_address.take(caller_of(request.META)).allowed:
        return HttpResponse(status=429)
    site = _kept(request, raw)
    return _answered(HttpResponse(status=204), request, site)


def _kept(request: HttpRequest, raw: bytes) -> Connection | None:
    """Keep the message; the website it came from when it is one of ours."""
    connection = _site(raw)
    if connection is None or not _may_post(request, connection):
        return None
    if rules.is_robot(request.headers.get("User-Agent", "")):
        return connection
    try:
        message = messages.read(raw, refused=_refuses(request), now=clock.now())
    except LeadlineError:
        return connection
    visitor = message.visited.visitor
    if visitor and not by_visitor.take(visitor).allowed:
        return connection
    with tenancy.workspace(connection.workspace_id):
        site = site_of(connection)
        actions.keep(site, message.visited)
        for token in message.links:
            actions.join_by_link(site, visitor, token)
        capture.note_seen(connection)
    return connection


def _site(raw: bytes) -> Connection | None:
    try:
        token = messages.site_in(raw)
    except LeadlineError:
        return None
    return doors.connection_by_token(CHANNEL, token) if token else None


def _may_post(request: HttpRequest, connection: Connection) -> bool:
    known = SiteSettings.model_validate(connection.settings).origins
    return connection.enabled and origin_of(request.headers.get("Origin", "")) in known


def _refuses(request: HttpRequest) -> bool:
    return request.headers.get("Sec-GPC") == "1" or request.headers.get("DNT") == "1"


def _answered(response: HttpResponse, request: HttpRequest, site: Connection | None) -> HttpResponse:
    if site is not None:
        response.headers["Access-Control-Allow-Origin"] = request.headers.get("Origin", "")
    response.headers["Vary"] = "Origin"
    response.headers["Cache-Control"] = "no-store"
    return response
