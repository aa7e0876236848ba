"""Take a send call as the provider would: check it, keep it, tell its statuses."""

from __future__ import annotations

import re
from collections.abc import Mapping
from datetime import timedelta
from typing import Any

from django.http import HttpResponse

from leadline.channels.whatsapp.models import SandboxMessage, SandboxNumber, SandboxPerson, SandboxTemplate
from leadline.channels.whatsapp.reading import as_dict, as_list, as_text
from leadline.channels.whatsapp.sandbox import people, telling
from leadline.channels.whatsapp.sandbox.refusals import answer, refusal
from leadline.conversations.rules import variables_in
from leadline.kit import clock, phone

_WINDOW = timedelta(hours=24)
_GAPS = re.compile(r"[\n\t]| {5,}")


def send(number: SandboxNumber, body: Mapping[str, Any]) -> HttpResponse:
    """Accept or refuse a message to a person."""
    person = _recipient(number, as_text(body.get("to")), as_text(body.get("recipient")))
    if person is None:
        return refusal(131009, "Parameter value is not valid: to / recipient.")
    kind = as_text(body.get("type")) or "text"
    if kind == "template":
        shown, refused = _template(number, as_dict(body.get("template")))
    else:
        shown, refused = _free(number, person, kind, as_dict(body.get(kind)))
    if refused is not None:
        return refused
    message = SandboxMessage.objects.create(
        person=person,
        provider_id=people.new_wamid(number.display_phone),
        from_person=False,
        kind=kind,
        text=shown,
        content={kind: as_dict(body.get(kind)), "context": as_dict(body.get("context"))},
        state="delivered",
        callback_data=as_text(body.get("biz_opaque_callback_data"))[:512],
        at=clock.now(),
    )
    SandboxPerson.objects.filter(id=person.id).update(last_at=message.at, unread=person.unread + 1)
    telling.tell(number, [telling.status_value(message, status) for status in ("sent", "delivered")])
    contact = {"input": person.wa_id or person.user_id}
    contact |= {"wa_id": person.wa_id} if person.wa_id else {"user_id": person.user_id}
    sent: dict[str, Any] = {"id": message.provider_id}
    if kind == "template":
        sent["message_status"] = "accepted"
    return answer({"messaging_product": "whatsapp", "contacts": [contact], "messages": [sent]})


def mark_read(number: SandboxNumber, message_id: str) -> HttpResponse:
    """The person's messages up to this one show blue ticks on their phone."""
    message = SandboxMessage.objects.filter(provider_id=message_id, person__number=number).first()
    if message is None:
        return refusal(100, "The message does not exist.")
    shown = SandboxMessage.objects.filter(person_id=message.person_id, from_person=True, at__lte=message.at)
    shown.update(state="read")
    return answer({"success": True})


def _recipient(number: SandboxNumber, to: str, user_id: str) -> SandboxPerson | None:
    if user_id:
        return SandboxPerson.objects.filter(number=number, user_id=user_id).select_related("number").first()
    digits = to.lstrip("+")
    if not digits.isdigit():
        return None
    known = SandboxPerson.objects.filter(number=number, wa_id=digits).select_related("number").first()
    # Somebody we wrote to first gets a phone in the sandbox as well.
    region = phone.region_of("+" + digits) or "US"
    return known or people.invent(
        number, name=f"+{digits}", raw_phone=f"+{digits}", username="", region=region
    )


def _free(
    number: SandboxNumber, person: SandboxPerson, kind: str, part: dict[str, Any]
) -> tuple[str, HttpResponse | None]:
    if person.last_wrote_at is None or clock.now() >= person.last_wrote_at + _WINDOW:
        details = (
            "Message failed to send because more than 24 hours have passed since the customer last replied."
        )
        return "", refusal(131047, details)
    if kind == "text":
        shown = as_text(part.get("body"))
        return shown, None if 0 < len(shown) <= 4096 else refusal(
            100, "text.body must have 1 to 4096 characters."
        )
    if kind in {"image", "video", "audio", "document"}:
        known = bool(part.get("link")) or number.media.filter(media_id=as_text(part.get("id"))).exists()
        shown = as_text(part.get("caption")) or as_text(part.get("filename")) or f"📎 {kind}"
        return shown, None if known else refusal(131009, "The media id is not known.")
    if kind == "interactive":
        return as_text(as_dict(part.get("body")).get("text")), None
    return "", refusal(131009, f"Message type {kind} is not supported.")


def _template(number: SandboxNumber, part: dict[str, Any]) -> tuple[str, HttpResponse | None]:
    name, language = as_text(part.get("name")), as_text(as_dict(part.get("language")).get("code"))
    template = SandboxTemplate.objects.filter(number=number, name=name, language=language).first()
    if template is None:
        return "", refusal(132001, f"template name ({name}) does not exist in {language}")
    if template.status != "APPROVED":
        return "", refusal(132015)
    text = next((as_text(as_dict(c).get("text")) for c in template.components), "")
    values = _values(part)
    wanted = variables_in(text)
    if sorted(values) != sorted(wanted) or any(not v or _GAPS.search(v) for v in values.values()):
        return "", refusal(132000, f"body: number of params ({len(values)}) of ({len(wanted)}) expected")
    for key, value in values.items():
        text = text.replace("{{" + key + "}}", value)
    return text, None


def _values(part: dict[str, Any]) -> dict[str, str]:
    found: dict[str, str] = {}
    for component in map(as_dict, as_list(part.get("components"))):
        if as_text(component.get("type")) == "body":
            for place, parameter in enumerate(map(as_dict, as_list(component.get("parameters"))), start=1):
                found[as_text(parameter.get("parameter_name")) or str(place)] = as_text(parameter.get("text"))
    return found
