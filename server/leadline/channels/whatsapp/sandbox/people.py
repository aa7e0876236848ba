"""The customers of the sandbox: invent them, let them write, tap, share and read."""

from __future__ import annotations

import base64
import hashlib
import secrets
from typing import Any
from uuid import UUID

from leadline.channels.whatsapp.models import SandboxMedia, SandboxMessage, SandboxNumber, SandboxPerson
from leadline.channels.whatsapp.sandbox import telling
from leadline.infra import lookup
from leadline.kit import clock, phone, text
from leadline.kit.errors import Conflict, Invalid
from leadline.kit.sentences import say

# The smallest valid PNG that still looks like a picture: a blue square.
PICTURE = base64.b64decode(
    "iVBORw0KGgoAAAANSUhEUgAAABAAAAAQCAIAAACQkWg2AAAAGUlEQVR4nGNgaPhPGhrVMKphVMOohsGsAQDZZv4BwZ2GQQAAAABJRU5ErkJggg=="
)
_COLUMNS = ("last_wrote_at", "last_at")


def invent(number: SandboxNumber, *, name: str, raw_phone: str, username: str, region: str) -> SandboxPerson:
    """A customer with a phone number, or with a user name only."""
    shown = text.clean(name, 120) or "Somebody"
    if not raw_phone.strip():
        handle = text.clean(username, 60).lstrip("@") or text.slug(shown, separator=".") or "somebody"
        user_id = f"{region}.{secrets.randbelow(9 * 10**19) + 10**19}"
        return SandboxPerson.objects.create(number=number, name=shown, username=handle, user_id=user_id)
    read = phone.parse(raw_phone, region)
    if read.e164 is None:
        raise Invalid(
            say("“{phone}” is not a phone number. Leave it empty for a user name only.", phone=raw_phone[:40])
        )
    wa_id = read.e164.lstrip("+")
    if SandboxPerson.objects.filter(number=number, wa_id=wa_id).exists():
        raise Conflict(say("There is somebody with the number {number} already.", number=read.e164))
    user_id = f"{read.country or region}.{secrets.randbelow(9 * 10**19) + 10**19}"
    return SandboxPerson.objects.create(
        number=number, name=shown, username=text.clean(username, 60), wa_id=wa_id, user_id=user_id
    )


def write(person: SandboxPerson, kind: str, content: dict[str, Any], shown: str) -> SandboxMessage:
    """The person sends a message of any kind; its delivery is queued."""
    message = SandboxMessage.objects.create(
        person=person,
        provider_id=new_wamid(person.wa_id or person.user_id),
        from_person=True,
        kind=kind,
        text=shown,
        content=content,
        state="delivered",
        at=clock.now(),
    )
    person.last_wrote_at = person.last_at = message.at
    person.save(update_fields=[*_COLUMNS])
    telling.tell(person.number, [telling.message_value(person, message)])
    return message


def write_text(person: SandboxPerson, body: str) -> SandboxMessage:
    """The person writes."""
    clean = text.clean(body, 4096)
    if not clean:
        raise Invalid("Write something first.", field="body")
    return write(person, "text", {"text": {"body": clean}}, clean)


def send_picture(person: SandboxPerson, name: str, mime: str, content: bytes, caption: str) -> SandboxMessage:
    """The person sends a picture or a document."""
    media = keep_media(person.number, name, mime, content)
    kind = "image" if mime in {"image/jpeg", "image/png"} else "document"
    part: dict[str, Any] = {"mime_type": mime, "id": media.media_id}
    part["sha256"] = base64.b64encode(bytes.fromhex(media.sha256)).decode()
    if caption:
        part["caption"] = text.clean(caption, 1024)
    if kind == "document":
        part["filename"] = name
    return write(person, kind, {kind: part}, caption or ("📷 " if kind == "image" else "📄 ") + name)


def send_place(person: SandboxPerson) -> SandboxMessage:
    """The person shares where they are."""
    spot = {"latitude": 32.0853, "longitude": 34.7818, "name": "Office", "address": "Rothschild 1, Tel Aviv"}
    return write(person, "location", {"location": spot}, "📍 Office, Rothschild 1, Tel Aviv")


def tap(person: SandboxPerson, message_id: UUID, label: str) -> SandboxMessage:
    """The person taps a quick-reply button under one of our messages."""
    answered = lookup.get(person.messages.filter(from_person=False), message_id)
    shown = text.clean(label, 40) or "Yes"
    content = {
        "context": {"from": person.number.display_phone, "id": answered.provider_id},
        "button": {"payload": text.slug(shown, separator="_").upper() or "TAP", "text": shown},
    }
    return write(person, "button", content, shown)


def look(person: SandboxPerson) -> int:
    """The person opens the chat: our messages in it turn blue, and their statuses are delivered."""
    rows = person.messages.filter(from_person=False, state="delivered").select_for_update()
    unread = list(rows.select_related("person").order_by("at"))
    if not unread:
        return 0
    person.messages.filter(id__in=[message.id for message in unread]).update(state="read")
    SandboxPerson.objects.filter(id=person.id).update(unread=0)
    telling.tell(person.number, [telling.status_value(message, "read") for message in unread])
    return len(unread)


def keep_media(number: SandboxNumber, name: str, mime: str, content: bytes) -> SandboxMedia:
    """Store a file at the provider."""
    return SandboxMedia.objects.create(
        number=number,
        media_id=str(secrets.randbelow(9 * 10**15) + 10**15),
        name=text.clean(name, 200) or "file",
        mime=mime[:120],
        sha256=hashlib.sha256(content).hexdigest(),
        content=content,
    )


def new_wamid(who: str) -> str:
    """A fresh message id in the provider's style."""
    made = base64.b64encode(who.encode() + secrets.token_bytes(18)).decode()
    return f"wamid.HBgM{made}"
