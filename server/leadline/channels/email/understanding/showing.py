"""HTML of strangers made harmless: an allow list, nothing remote until asked, styles that cannot call."""

from __future__ import annotations

import base64
import re
from collections.abc import Sequence

import nh3

from leadline.channels.email.understanding.letter import Attachment

_TAGS = frozenset({
    "a", "abbr", "b", "blockquote", "br", "caption", "center", "code", "col", "colgroup", "dd", "del",
    "div", "dl", "dt", "em", "font", "h1", "h2", "h3", "h4", "h5", "h6", "hr", "i", "img", "ins", "li",
    "ol", "p", "pre", "q", "s", "small", "span", "strike", "strong", "sub", "sup", "table", "tbody",
    "td", "tfoot", "th", "thead", "tr", "u", "ul",
})  # fmt: skip
_ATTRIBUTES = {
    "*": {"style", "dir", "lang", "align", "valign", "title"},
    "a": {"href"},
    "img": {"src", "alt", "width", "height"},
    "font": {"color", "face", "size"},
    "table": {"width", "border", "cellpadding", "cellspacing", "bgcolor"},
    "td": {"width", "height", "colspan", "rowspan", "bgcolor"},
    "th": {"width", "height", "colspan", "rowspan", "bgcolor"},
    "tr": {"bgcolor"},
    "ol": {"start", "type"},
}
# Sizes, colours and distances only: no position over other things, no addresses.
_STYLES = frozenset({
    "color", "background-color", "font-family", "font-size", "font-style", "font-weight",
    "line-height", "text-align", "text-decoration", "margin", "margin-top", "margin-right",
    "margin-bottom", "margin-left", "padding", "padding-top", "padding-right", "padding-bottom",
    "padding-left", "border", "border-top", "border-right", "border-bottom", "border-left",
    "border-collapse", "border-spacing", "width", "max-width", "height", "vertical-align",
    "white-space", "direction", "unicode-bidi", "list-style-type",
})  # fmt: skip
_SHOWN_INSIDE = frozenset({"image/png", "image/jpeg", "image/gif", "image/webp"})
_LARGEST_INSIDE = 2 * 1024 * 1024
_CALLS = re.compile(r"url\s*\(|expression\s*\(|@import", re.IGNORECASE)
_PAGE = (
    '<!doctype html><html><head><meta charset="utf-8"><meta name="referrer" content="no-referrer">'
    '<base target="_blank"><style>body{{margin:12px;font:15px/1.5 system-ui,sans-serif;'
    "overflow-wrap:anywhere;background:#fff;color:#14191f}}img{{max-width:100%;height:auto}}table{{max-width:100%}}"
    "blockquote{{margin-inline:8px 0;padding-inline-start:12px;border-inline-start:2px solid #ccd3da}}"
    '</style></head><body dir="auto">{body}</body></html>'
)


def page_of(html: str, attachments: Sequence[Attachment] = (), *, images: bool = False) -> str:
    """A page of its own with the mail's HTML: pictures that came along, remote ones only with `images`."""
    inside = {one.content_id: one for one in attachments if one.content_id and one.mime in _SHOWN_INSIDE}

    def attribute(tag: str, name: str, value: str) -> str | None:
        if name == "style":
            return None if _CALLS.search(value) else value
        if tag == "img" and name == "src":
            return _source(value, inside, images)
        if name == "href" and value.lower().strip().startswith(("data:", "cid:")):
            return None
        return value

    body = nh3.clean(
        html,
        tags=set(_TAGS),
        clean_content_tags={
            "script",
            "style",
            "title",
            "head",
            "noscript",
            "template",
            "object",
            "svg",
            "math",
        },
        attributes=_ATTRIBUTES,
        attribute_filter=attribute,
        url_schemes={"http", "https", "mailto", "tel", "cid", "data"},
        filter_style_properties=set(_STYLES),
        url_relative="deny",
        link_rel="noopener noreferrer nofollow",
        strip_comments=True,
    )
    return _PAGE.format(body=body)


def policy_of_page(*, images: bool) -> str:
    """The content policy under which the page is given out: no script, no forms, no origin of ours."""
    pictures = "data: https: http:" if images else "data:"
    return (
        f"default-src 'none'; style-src 'unsafe-inline'; img-src {pictures}; form-action 'none'; "
        "base-uri 'none'; frame-ancestors 'self'; sandbox allow-popups allow-popups-to-escape-sandbox"
    )


def _source(value: str, inside: dict[str, Attachment], images: bool) -> str | None:
    if value.lower().startswith("cid:"):
        one = inside.get(value[4:])
        if one is None or len(one.content) > _LARGEST_INSIDE:
            return None
        return f"data:{one.mime};base64,{base64.b64encode(one.content).decode()}"
    if value.lower().startswith("data:"):
        return value if value.lower().startswith(tuple(f"data:{mime}" for mime in _SHOWN_INSIDE)) else None
    return value if images and value.lower().startswith(("http://", "https://", "//")) else None
