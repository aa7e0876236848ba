"""Turn an outgoing message into the body of a send call. Pure."""

from __future__ import annotations

import re
from typing import Any

from leadline.conversations.ports import Outgoing, OutgoingTemplate

_USER_ID = re.compile(r"^[A-Z]{2}\.(?:ENT\.)?[A-Za-z0-9]{1,128}$")
_LONGEST_CAPTION = 1024
_MOST_MEGABYTES = {"image": 5, "audio": 16, "video": 16, "document": 100}


def is_user_id(address: str) -> bool:
    """Whether the address is a business-scoped user id and not a phone number."""
    return _USER_ID.match(address) is not None


def send_body(outgoing: Outgoing, media_id: str = "") -> dict[str, Any]:
    """The JSON of the call that sends the message; `media_id` is the uploaded file's."""
    body: dict[str, Any] = {"messaging_product": "whatsapp", "recipient_type": "individual"}
    # A number is sent exactly as the provider gave it; a user id goes into a field of its own.
    body["recipient" if is_user_id(outgoing.to) else "to"] = outgoing.to
    if outgoing.reply_to:
        body["context"] = {"message_id": outgoing.reply_to}
    if outgoing.template is not None:
        body |= {"type": "template", "template": _template(outgoing.template)}
    elif outgoing.file is not None:
        body |= _file(outgoing, media_id)
    else:
        body |= {"type": "text", "text": {"preview_url": False, "body": outgoing.body}}
    body["biz_opaque_callback_data"] = outgoing.our_ref
    return body


def _file(outgoing: Outgoing, media_id: str) -> dict[str, Any]:
    assert outgoing.file is not None
    kind = kind_of(outgoing.file.mime)
    part: dict[str, Any] = {"id": media_id}
    if kind != "audio" and outgoing.body:
        part["caption"] = outgoing.body[:_LONGEST_CAPTION]
    if kind == "document":
        part["filename"] = outgoing.file.name
    return {"type": kind, kind: part}


def kind_of(mime: str) -> str:
    """The message kind a file is sent as."""
    pure = mime.split(";")[0].strip().lower()
    if pure in {"image/jpeg", "image/png"}:
        return "image"
    if pure in {"video/mp4", "video/3gpp"}:
        return "video"
    if pure in {"audio/ogg", "audio/mpeg", "audio/mp4", "audio/aac", "audio/amr"}:
        return "audio"
    return "document"


def most_bytes(mime: str) -> int:
    """How big a file of this type may be."""
    return _MOST_MEGABYTES[kind_of(mime)] * 1024 * 1024


def _template(template: OutgoingTemplate) -> dict[str, Any]:
    made: dict[str, Any] = {"name": template.name, "language": {"code": template.language}}
    components = _components(template)
    return {**made, "components": components} if components else made


def _components(template: OutgoingTemplate) -> list[dict[str, Any]]:
    named = template.provider.get("format") == "named"
    found: dict[tuple[str, str], dict[str, Any]] = {}
    for place in template.provider.get("places") or []:
        where, index = str(place.get("where")), str(place.get("index", ""))
        component = found.setdefault((where, index), {"type": where, "parameters": []})
        if where == "button":
            component |= {"sub_type": "url", "index": index}
        parameter = {"type": "text", "text": template.variables.get(str(place.get("name")), "")}
        if named and where != "button":
            parameter["parameter_name"] = str(place.get("given"))
        component["parameters"].append(parameter)
    order = {"header": 0, "body": 1, "button": 2}
    return sorted(found.values(), key=lambda c: (order.get(c["type"], 3), c.get("index", "")))
