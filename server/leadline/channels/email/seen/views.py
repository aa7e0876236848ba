"""The addresses in our mails: a picture, links, and the way to get no more."""

from __future__ import annotations

import base64

from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods, require_safe

from leadline.channels.email.seen import noting
from leadline.channels.email.seen.tokens import Mark, mark_in

_DOT = base64.b64decode("R0lGODlhAQABAIAAAAAAAP///yH5BAEAAAAALAAAAAABAAEAAAIBRAA7")


@require_safe
def dot(request: HttpRequest, told: str) -> HttpResponse:
    """The picture of one dot; an unknown one looks the same."""
    mark = mark_in(told)
    if mark is not None and request.method == "GET":
        noting.note_open(mark, request.headers.get("User-Agent", ""))
    return HttpResponse(_DOT, content_type="image/gif", headers={"Cache-Control": "no-store, private"})


@require_safe
def link(request: HttpRequest, told: str, number: int) -> HttpResponse:
    """On to where the link leads, which stands with us and never in the address."""
    mark = _known(told)
    if request.method == "HEAD":
        return HttpResponse(status=200)
    url = noting.note_click(mark, number, request.headers.get("User-Agent", ""))
    if not url:
        raise Http404
    answer = HttpResponseRedirect(url)
    answer.headers["Cache-Control"] = "no-store, private"
    answer.headers["Referrer-Policy"] = "no-referrer"
    return answer


@csrf_exempt
@require_http_methods(["GET", "HEAD", "POST"])
def no_more(request: HttpRequest, told: str) -> HttpResponse:
    """POST stops mails at once, without login (RFC 8058); GET only shows the button, for scanners look."""
    mark = _known(told)
    done = request.method == "POST"
    if done and not noting.note_no_more(mark):
        raise Http404
    return render(request, "email_seen/no_more.html", {"done": done})


def _known(told: str) -> Mark:
    mark = mark_in(told)
    if mark is None:
        raise Http404
    return mark
