"""The pages a visitor sees, and the markup people paste into their site."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from django.http import HttpResponse
from django.template.loader import render_to_string
from django.utils.html import format_html
from django.utils.safestring import SafeString, mark_safe

from leadline.channels.webforms.attribution import CLICK_IDS, UTM
from leadline.channels.webforms.forms import Form, FormField
from leadline.channels.webforms.words import direction, words

SCRIPT_PATH = "/f/embed.js"
_HTML_TYPES = {"email": "email", "phone": "tel", "number": "text", "date": "date", "url": "url"}
_FILL = {
    "name": "name",
    "first_name": "given-name",
    "last_name": "family-name",
    "email": "email",
    "phone": "tel",
    "company": "organization",
    "city": "address-level2",
    "country": "country-name",
}
_LONGEST = {"email": 254, "phone": 40, "number": 30, "date": 10, "url": 2000}


@dataclass(frozen=True, kw_only=True)
class Place:
    """Where a form is: its address, whose it is, and in which language it speaks."""

    path: str
    company: str
    language: str
    framed: bool = False


@dataclass(frozen=True)
class Shown:
    """What the page is filled with when it is shown again."""

    answers: Mapping[str, Any] = field(default_factory=dict)
    errors: Mapping[str, str] = field(default_factory=dict)
    alert: str = ""
    hidden: Sequence[tuple[str, str]] = ()
    told: Collection[str] = ()


def form_page(form: Form, place: Place, shown: Shown, status: int = 200) -> HttpResponse:
    """The form itself, with one error line per wrong field."""
    say = words(place.language)
    context = {
        **_common(form, place),
        "state": "form",
        "title": form.title or say["title"],
        "action": place.path + ("?frame=1" if place.framed else ""),
        "fields": [_field(one, shown, "f-") for one in form.asked(shown.told)],
        "prefix": "f-",
        "consent_given": bool(shown.answers.get("consent")),
        "consent_error": shown.errors.get("consent", ""),
        "alert": shown.alert,
        "hidden": shown.hidden,
        "script": SCRIPT_PATH,
    }
    return _answer(form, "webforms/page.html", context, status)


def thanks_page(form: Form, place: Place) -> HttpResponse:
    """What comes after the form."""
    say = words(place.language)
    context = {
        **_common(form, place),
        "state": "thanks",
        "title": say["thanks"],
        "message": form.thank_you or say["thank_you"],
        "download": form.download_url,
        "again": place.path + ("?frame=1" if place.framed else ""),
    }
    return _answer(form, "webforms/page.html", context, 200)


def notice_page(language: str, key: str, status: int, company: str = "") -> HttpResponse:
    """A page with one sentence, such as that the form is closed."""
    say = words(language)
    context = {
        "state": "notice",
        "title": say[key],
        "company": company or "Leadline",
        "language": language,
        "direction": direction(language),
        "say": say,
    }
    return _answer(None, "webforms/page.html", context, status)


def snippet(form: Form, address: str, script: str) -> str:
    """The markup to paste: a plain form that works alone, and the script that makes it better."""
    context = {
        **_common(form, Place(path=address, company="", language=form.language)),
        "action": address,
        "fields": [_field(one, Shown(), "leadline-") for one in form.fields],
        "prefix": "leadline-",
        "mark_keys": form.progressive,
        "script": script,
    }
    return render_to_string("webforms/snippet.html", context)


def iframe(form: Form, address: str) -> str:
    """The markup for sites that allow no foreign script."""
    return str(
        format_html(
            '<iframe src="{}?frame=1" title="{}" loading="lazy" '
            'style="width:100%;max-width:480px;height:{}px;border:0"></iframe>',
            address,
            form.title or words(form.language)["title"],
            180 + 90 * len(form.fields),
        )
    )


def carried(query: Mapping[str, str]) -> list[tuple[str, str]]:
    """The campaign values of the page's address, to be posted with the form."""
    return [(name, query[name][:1000]) for name in (*UTM, *CLICK_IDS) if query.get(name)]


def _common(form: Form, place: Place) -> dict[str, Any]:
    say = words(place.language)
    return {
        "form": form,
        "company": place.company,
        "language": place.language,
        "direction": direction(place.language),
        "framed": place.framed,
        "button": form.button or say["button"],
        "say": say,
    }


def _field(asked: FormField, shown: Shown, prefix: str) -> dict[str, Any]:
    given = shown.answers.get(asked.key)
    values = [str(one) for one in given] if isinstance(given, list) else [str(given)] if given else []
    error = shown.errors.get(asked.key, "")
    return {
        "key": asked.key,
        "label": asked.label,
        "type": asked.type,
        "required": asked.required,
        "choices": asked.choices,
        "placeholder": asked.placeholder,
        "show_if": asked.show_if,
        "later": asked.later,
        "html_type": _HTML_TYPES.get(asked.type, "text"),
        "longest": _LONGEST.get(asked.type, 500),
        "value": values[0] if values else "",
        "values": values,
        "error": error,
        "attributes": _attributes(asked, error, prefix),
    }


def _attributes(asked: FormField, error: str, prefix: str) -> SafeString:
    # What is asked later is hidden at first, and a hidden field must not hold the form back.
    made = " required" if asked.required and not asked.later else ""
    if asked.key in _FILL:
        made += format_html(' autocomplete="{}"', _FILL[asked.key])
    if asked.type in ("email", "phone", "url"):
        made += ' dir="ltr"'
    if error:
        made += format_html(' aria-invalid="true" aria-describedby="{}{}-error"', prefix, asked.key)
    # Every part above is either fixed text or escaped by format_html.
    return mark_safe(made)  # noqa: S308


def _answer(form: Form | None, template: str, context: Mapping[str, Any], status: int) -> HttpResponse:
    response = HttpResponse(render_to_string(template, dict(context)), status=status)
    parents = " ".join(form.allowed_origins) if form and form.allowed_origins else "*"
    # A browser checks form-action against the redirect that answers a post as well.
    targets = " ".join(f"https://{host} http://{host}" for host in form.redirect_hosts) if form else ""
    response.headers["Content-Security-Policy"] = (
        "default-src 'none'; style-src 'unsafe-inline'; script-src 'self'; connect-src 'self'; "
        f"img-src 'self' data:; base-uri 'none'; form-action 'self' {targets}; frame-ancestors {parents}"
    )
    # The opener policy of the product's own pages has no place on a page that others frame.
    response.headers["Cross-Origin-Opener-Policy"] = "unsafe-none"
    response.headers["Cache-Control"] = "no-store"
    return response
