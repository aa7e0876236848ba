"""What a mail service posts to us: its fields, the mail inside it, and what it tells about mails of ours."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from email import message_from_bytes
from email.message import EmailMessage, Message
from enum import StrEnum
from functools import cached_property
from typing import Protocol
from urllib.parse import parse_qsl

from leadline.channels.email.understanding.letter import decoded_text, payload
from leadline.kit import json, text

_MOST_FIELDS = 300


@dataclass(frozen=True)
class Delivery:
    """One request as it came; the names of headers are in lower case."""

    raw: bytes
    content_type: str
    headers: Mapping[str, str] = field(default_factory=dict)

    @property
    def kind(self) -> str:
        """The content type without its parameters."""
        return self.content_type.split(";")[0].strip().lower()

    @cached_property
    def fields(self) -> dict[str, str]:
        """The plain fields of a form; the last of several with one name counts."""
        if self.kind == "multipart/form-data":
            return {name: decoded_text(part) for name, part in self._parts if part.get_filename() is None}
        pairs = parse_qsl(
            self.raw.decode("utf-8", "replace"), keep_blank_values=True, max_num_fields=_MOST_FIELDS
        )
        return dict(pairs)

    @cached_property
    def contents(self) -> dict[str, bytes]:
        """The fields of a multipart form as bytes, for those whose encoding is told elsewhere."""
        return {name: payload(part) for name, part in self._parts if part.get_filename() is None}

    @cached_property
    def files(self) -> list[File]:
        """The files of a multipart form."""
        return [
            File(str(part.get_filename()), part.get_content_type(), payload(part), field=name)
            for name, part in self._parts
            if part.get_filename() is not None
        ]

    @cached_property
    def json(self) -> json.JsonValue:
        """The body as JSON; Invalid when it is none."""
        return json.loads(self.raw)

    @cached_property
    def _parts(self) -> list[tuple[str, Message]]:
        if self.kind != "multipart/form-data":
            return []
        head = b"Content-Type: " + self.content_type.replace("\n", " ").encode() + b"\r\n\r\n"
        whole = message_from_bytes(head + self.raw)
        inside = whole.get_payload()
        parts = [one for one in inside if isinstance(one, Message)] if isinstance(inside, list) else []
        named = [(str(one.get_param("name", "", "content-disposition")), one) for one in parts[:_MOST_FIELDS]]
        return [(name, one) for name, one in named if name]


@dataclass(frozen=True)
class File:
    """A file beside the fields of a mail that was taken apart."""

    name: str
    mime: str
    content: bytes
    content_id: str = ""
    field: str = ""


@dataclass(frozen=True, kw_only=True)
class Brought:
    """A mail that was brought: its bytes, and what only the service knows of it."""

    raw: bytes
    recipients: Sequence[str] = ()
    envelope_from: str | None = None
    hint: str = ""
    spam: str = ""


class Happening(StrEnum):
    """What may become of a mail of ours, in the same words for every service."""

    SENT = "sent"
    DELIVERED = "delivered"
    DEFERRED = "deferred"
    BOUNCED = "bounced"
    REJECTED = "rejected"
    COMPLAINED = "complained"
    UNSUBSCRIBED = "unsubscribed"
    SUBSCRIBED = "subscribed"
    OPENED = "opened"
    CLICKED = "clicked"
    AUTORESPONDED = "autoresponded"
    UNKNOWN = "unknown"


@dataclass(frozen=True, kw_only=True)
class Told:
    """Something that happened to a mail of ours, found by our reference, its Message-ID or the service's."""

    what: Happening
    address: str = ""
    our_ref: str = ""
    message_id: str = ""
    at: datetime | None = None
    status: str = ""
    text: str = ""
    url: str = ""
    agent: str = ""
    machine: bool = False


@dataclass(frozen=True)
class Cut:
    """One thing of a delivery, to be stored under its key; `content_type` says how to read it again."""

    natural_key: str
    body: bytes
    content_type: str
    spam: str = ""


class Provider(Protocol):
    """A mail service, as far as it knocks at our door."""

    @property
    def key(self) -> str:
        """Its name in the settings of a mailbox."""
        ...

    @property
    def secrets(self) -> tuple[str, ...]:
        """The secrets with which its deliveries are checked."""
        ...

    def is_genuine(
        self, delivery: Delivery, secrets: Mapping[str, str], settings: Mapping[str, str], now: datetime
    ) -> bool:
        """Whether the service sent it; never true without a configured secret where it signs."""
        ...

    def cut(self, delivery: Delivery) -> list[Cut]:
        """What the delivery holds, each with the key that makes a second delivery harmless."""
        ...

    def read(self, delivery: Delivery) -> Brought | Sequence[Told]:
        """A mail, or what happened to mails of ours; Invalid when it makes no sense."""
        ...


def mime_of(
    headers: Sequence[tuple[str, str]], plain: str, html: str = "", files: Sequence[File] = ()
) -> bytes:
    """The bytes of a mail that a service has taken apart, so that one reader serves all."""
    body = EmailMessage()
    body.set_content(text.clean(plain))
    if html:
        body.add_alternative(text.clean(html), subtype="html")
    for one in files:
        major, _, minor = one.mime.partition("/")
        known = (
            (major, minor)
            if minor and major not in {"multipart", "message"}
            else ("application", "octet-stream")
        )
        cid = f"<{one.content_id.strip('<>')}>" if one.content_id else None
        body.add_attachment(
            one.content, *known, filename=text.clean(one.name, 200).replace("\n", " ") or "file", cid=cid
        )
    own = {"content-type", "content-transfer-encoding", "mime-version", "content-disposition"}
    lines = [f"{_one_line(name)}: {_one_line(value)}" for name, value in headers if name.lower() not in own]
    return "\n".join(lines).encode("utf-8", "replace") + b"\n" + body.as_bytes()


def _one_line(value: str) -> str:
    return " ".join(value.split())
