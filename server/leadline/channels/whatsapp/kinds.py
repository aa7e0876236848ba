"""What each kind of WhatsApp message says, as text a rep can read and as parts a program can use."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

from leadline.channels.whatsapp.contents import Card, Media
from leadline.kit import json
from leadline.kit.errors import Invalid

MEDIA_KINDS = frozenset({"image", "video", "audio", "document", "sticker"})
_LONGEST_TEXT = 20_000


@dataclass(frozen=True)
class Said:
    """The content of one message."""

    text: str = ""
    details: dict[str, Any] = field(default_factory=dict)
    media: tuple[Media, ...] = ()
    cards: tuple[Card, ...] = ()
    reply_to: str = ""


def said(kind: str, message: dict[str, Any]) -> Said:
    """The content of a message of any kind, known or not."""
    if kind == "contacts":
        return _contact_cards(message)
    body = _object(message.get(kind))
    reader = _READERS.get(kind)
    if reader is None:
        return Said(details={"kind": kind, "raw": body} if body else {"kind": kind})
    return reader(body)


def _object(value: Any) -> dict[str, Any]:
    return value if isinstance(value, dict) else {}


def _text(value: Any) -> str:
    if isinstance(value, str):
        return value.strip()[:_LONGEST_TEXT]
    return str(value) if isinstance(value, int | float) and not isinstance(value, bool) else ""


def _objects(value: Any) -> list[dict[str, Any]]:
    return [_object(item) for item in value] if isinstance(value, list) else []


def _plain(body: dict[str, Any]) -> Said:
    return Said(text=_text(body.get("body")))


def _media(body: dict[str, Any]) -> Said:
    part = Media(
        id=_text(body.get("id")),
        mime=_text(body.get("mime_type")),
        sha256=_text(body.get("sha256")),
        name=_text(body.get("filename")),
        url=_text(body.get("url")),
        voice=body.get("voice") is True,
    )
    return Said(text=_text(body.get("caption")), media=(part,) if part.id or part.url else ())


def _location(body: dict[str, Any]) -> Said:
    spot = {key: body[key] for key in ("latitude", "longitude", "name", "address", "url") if body.get(key)}
    words = [_text(body.get("name")), _text(body.get("address"))]
    if body.get("latitude") is not None and body.get("longitude") is not None:
        words.append(f"{_text(body['latitude'])}, {_text(body['longitude'])}")
    return Said(text=" · ".join(word for word in words if word), details={"location": spot})


def _contact_cards(message: dict[str, Any]) -> Said:
    cards = tuple(_card(card) for card in _objects(message.get("contacts")))
    lines = [" ".join([card.name, *card.phones, *card.emails]).strip() for card in cards]
    shown = [
        {"name": c.name, "phones": list(c.phones), "emails": list(c.emails), "company": c.company}
        for c in cards
    ]
    return Said(text="\n".join(lines), cards=cards, details={"contacts": shown})


def _card(card: dict[str, Any]) -> Card:
    name = _object(card.get("name"))
    phones = [_text(p.get("wa_id")) or _text(p.get("phone")) for p in _objects(card.get("phones"))]
    emails = [_text(mail.get("email")) for mail in _objects(card.get("emails"))]
    return Card(
        name=_text(name.get("formatted_name")) or _text(name.get("first_name")),
        phones=tuple(phone for phone in phones if phone),
        emails=tuple(mail for mail in emails if mail),
        company=_text(_object(card.get("org")).get("company")),
    )


def _button(body: dict[str, Any]) -> Said:
    return Said(
        text=_text(body.get("text")) or _text(body.get("payload")),
        details={"button": {"payload": _text(body.get("payload")), "text": _text(body.get("text"))}},
    )


def _interactive(body: dict[str, Any]) -> Said:
    for key in ("button_reply", "list_reply"):
        reply = _object(body.get(key))
        if reply:
            details = {k: _text(reply.get(k)) for k in ("id", "title", "description") if reply.get(k)}
            return Said(text=_text(reply.get("title")) or _text(reply.get("id")), details={key: details})
    return _flow(_object(body.get("nfm_reply")))


def _flow(reply: dict[str, Any]) -> Said:
    try:
        answers = json.loads(_text(reply.get("response_json")).encode())
    except Invalid:
        answers = {}
    fields = {k: v for k, v in _object(answers).items() if k != "flow_token"}
    lines = [f"{key}: {value}" for key, value in fields.items() if isinstance(value, str | int | float)]
    return Said(text="\n".join(lines) or _text(reply.get("body")), details={"answers": fields})


def _reaction(body: dict[str, Any]) -> Said:
    emoji = _text(body.get("emoji"))
    return Said(text=emoji, details={"reaction": emoji or None}, reply_to=_text(body.get("message_id")))


def _order(body: dict[str, Any]) -> Said:
    items = _objects(body.get("product_items"))
    lines = [f"{_text(i.get('quantity')) or '1'} × {_text(i.get('product_retailer_id'))}" for i in items]
    return Said(text="\n".join([_text(body.get("text")), *lines]).strip(), details={"order": body})


def _system(body: dict[str, Any]) -> Said:
    details = {k: _text(body.get(k)) for k in ("type", "wa_id", "new_wa_id", "user_id") if body.get(k)}
    return Said(text=_text(body.get("body")), details={"system": details})


def _unsupported(body: dict[str, Any]) -> Said:
    return Said(details={"unsupported": True})


_READERS: dict[str, Callable[[dict[str, Any]], Said]] = {
    "text": _plain,
    **dict.fromkeys(MEDIA_KINDS, _media),
    "location": _location,
    "button": _button,
    "interactive": _interactive,
    "reaction": _reaction,
    "order": _order,
    "system": _system,
    "unsupported": _unsupported,
}
