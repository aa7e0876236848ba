"""Read one value of a delivery into what it says; unknown kinds and missing parts are normal."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Any

from leadline.channels.whatsapp import kinds
from leadline.channels.whatsapp.contents import (
    AccountTrouble,
    Content,
    Other,
    Preference,
    Sender,
    StatusChange,
    TemplateNews,
    Trouble,
    Written,
)

_MILLISECONDS_FROM = 10**12
_LAST_SECOND = 4_102_444_800  # the year 2100; later is not a time


def as_dict(value: Any) -> dict[str, Any]:
    """The value if it is an object, else an empty one."""
    return value if isinstance(value, dict) else {}


def as_list(value: Any) -> list[Any]:
    """The value if it is a list, else an empty one."""
    return value if isinstance(value, list) else []


def as_text(value: Any) -> str:
    """Text and numbers as text (ids come as both); everything else is empty."""
    if isinstance(value, str):
        return value.strip()
    return str(value) if isinstance(value, int | float) and not isinstance(value, bool) else ""


def moment(value: Any) -> datetime | None:
    """A time given in seconds or milliseconds since 1970, as text or number."""
    text = as_text(value)
    if not text.isascii() or not text.isdigit() or len(text) > 16:
        return None
    seconds = int(text)
    seconds = seconds // 1000 if seconds >= _MILLISECONDS_FROM else seconds
    return datetime.fromtimestamp(seconds, UTC) if 0 < seconds < _LAST_SECOND else None


def content(field: str, value: dict[str, Any]) -> Content:
    """What the value says."""
    if field == "messages" and as_list(value.get("messages")):
        return _written(value, as_dict(value["messages"][0]))
    if field == "messages" and as_list(value.get("statuses")):
        return _status(as_dict(value["statuses"][0]))
    if field == "messages" and as_list(value.get("errors")):
        return AccountTrouble(troubles=tuple(trouble(error) for error in value["errors"]))
    if as_list(value.get("user_preferences")):
        return _preference(value, as_dict(value["user_preferences"][0]))
    if field in {"message_template_status_update", "template_category_update"}:
        return _template_news(value)
    return Other(about=field or "unknown")


def trouble(error: Any) -> Trouble:
    """One error object."""
    error = as_dict(error)
    code = as_text(error.get("code"))
    return Trouble(
        code=int(code) if code.isascii() and code.isdigit() and len(code) < 10 else 0,
        title=as_text(error.get("title")) or as_text(error.get("message")),
        details=as_text(as_dict(error.get("error_data")).get("details")),
    )


def _sender(value: dict[str, Any], part: dict[str, Any]) -> Sender:
    wa_id, user_id = as_text(part.get("from")), as_text(part.get("from_user_id"))
    contact = _contact_of(value, wa_id, user_id)
    profile = as_dict(contact.get("profile"))
    return Sender(
        name=as_text(profile.get("name")),
        username=as_text(profile.get("username")) or as_text(contact.get("username")),
        wa_id=wa_id or as_text(contact.get("wa_id")),
        user_id=user_id or as_text(contact.get("user_id")),
        parent_user_id=as_text(part.get("from_parent_user_id")) or as_text(contact.get("parent_user_id")),
    )


def _contact_of(value: dict[str, Any], wa_id: str, user_id: str) -> dict[str, Any]:
    contacts = [as_dict(contact) for contact in as_list(value.get("contacts"))]
    for contact in contacts:
        if user_id and as_text(contact.get("user_id")) == user_id:
            return contact
        if wa_id and as_text(contact.get("wa_id")) == wa_id:
            return contact
    # A contact that names somebody else must not lend its name; one without any identifier may.
    strangers = [c for c in contacts if c.get("wa_id") or c.get("user_id")]
    if len(contacts) == 1 and (not strangers or not (wa_id or user_id)):
        return contacts[0]
    return {}


def _written(value: dict[str, Any], message: dict[str, Any]) -> Written:
    kind = as_text(message.get("type")) or "unknown"
    said = kinds.said(kind, message)
    details = dict(said.details)
    context = as_dict(message.get("context"))
    for key in ("forwarded", "frequently_forwarded", "referred_product"):
        if context.get(key):
            details[key] = context[key]
    errors = [trouble(error) for error in as_list(message.get("errors"))]
    if errors:
        details["error"] = {"code": errors[0].code, "title": errors[0].title, "details": errors[0].details}
    return Written(
        id=as_text(message.get("id")),
        sender=_sender(value, message),
        at=moment(message.get("timestamp")),
        kind=kind,
        text=said.text,
        reply_to=said.reply_to or as_text(context.get("id")),
        media=said.media,
        cards=said.cards,
        referral=as_dict(message.get("referral")),
        details=details,
    )


def _status(status: dict[str, Any]) -> StatusChange:
    errors = as_list(status.get("errors"))
    return StatusChange(
        provider_id=as_text(status.get("id")),
        status=as_text(status.get("status")),
        at=moment(status.get("timestamp")),
        our_ref=as_text(status.get("biz_opaque_callback_data")),
        recipient=as_text(status.get("recipient_user_id")) or as_text(status.get("recipient_id")),
        trouble=trouble(errors[0]) if errors else None,
        pricing=as_dict(status.get("pricing")),
    )


def _preference(value: dict[str, Any], preference: dict[str, Any]) -> Preference:
    told = {"from": preference.get("wa_id"), "from_user_id": preference.get("user_id")}
    return Preference(
        sender=_sender(value, told),
        stopped=as_text(preference.get("value")) == "stop",
        at=moment(preference.get("timestamp")),
    )


def _template_news(value: dict[str, Any]) -> TemplateNews:
    reason = as_text(value.get("reason"))
    category = as_text(value.get("new_category")) or as_text(value.get("message_template_category"))
    more = as_dict(value.get("other_info")) or as_dict(value.get("rejection_info"))
    return TemplateNews(
        provider_id=as_text(value.get("message_template_id")),
        name=as_text(value.get("message_template_name")),
        language=as_text(value.get("message_template_language")),
        state=as_text(value.get("event")).lower(),
        category=category.lower(),
        reason=as_text(more.get("description")) or as_text(more.get("reason")) or reason.replace("NONE", ""),
    )
