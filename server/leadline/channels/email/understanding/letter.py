"""Take a mail apart. Odd mail never raises: what cannot be read is left empty, and the bytes are kept."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from email import message_from_bytes, policy
from email.errors import HeaderParseError
from email.header import decode_header, make_header
from email.message import Message
from email.utils import getaddresses, parsedate_to_datetime
from functools import cached_property

from leadline.kit import text

_IDS = re.compile(r"<([^<>\s]+)>")
_BARE_ADDRESS = re.compile(r"[^\s<>\"',;:()@]{1,100}@[^\s<>\"',;:()@]{1,200}")
_BLANK = re.compile(r"\s+")
_MOST_PARTS = 200
_LONGEST_TEXT = 200_000
_LONGEST_HTML = 500_000
_TOLD_BY = ("delivered-to", "x-original-to", "x-forwarded-to", "envelope-to")


class _AsItCame(policy.Compat32):
    """Headers as they came, so that bytes nobody declared can be read as what they mostly are."""

    def header_fetch_parse(self, name: str, value: str) -> str:
        """The value itself."""
        return value


_AS_IT_CAME = _AsItCame()


@dataclass(frozen=True)
class Address:
    """A mail address and the name beside it."""

    name: str
    address: str

    @property
    def local(self) -> str:
        """What stands before the @, in lower case."""
        return self.address.rpartition("@")[0].lower()


@dataclass(frozen=True)
class Attachment:
    """A file of a mail; `place` finds it again in the same bytes."""

    place: int
    name: str
    mime: str
    content: bytes
    content_id: str = ""
    inline: bool = False


class Letter:
    """A mail as it can be read; `envelope_from` is None where nobody told it, empty for `<>`."""

    def __init__(
        self, raw: bytes, *, recipients: Sequence[str] = (), envelope_from: str | None = None
    ) -> None:
        # The old policy keeps what it cannot read instead of raising, which strangers' mail needs.
        self.message: Message = message_from_bytes(raw, policy=_AS_IT_CAME)
        self._recipients = tuple(recipients)
        self._envelope_from = envelope_from

    def header(self, name: str) -> str:
        """The first header of this name, decoded, on one line; empty when there is none."""
        found = self.message.get(name)
        return "" if found is None else decoded(found)

    def headers(self, name: str) -> list[str]:
        """Every header of this name, decoded."""
        return [decoded(found) for found in self.message.get_all(name) or []]

    def addresses(self, *names: str) -> list[Address]:
        """The addresses in these headers, in order, without those that are none."""
        return [one for name in names for value in self.message.get_all(name) or [] for one in _listed(value)]

    @cached_property
    def message_id(self) -> str:
        """The Message-ID without its angle brackets."""
        return next(iter(ids_in(self.header("message-id"))), self.header("message-id").strip("<> "))[:300]

    @cached_property
    def answers(self) -> list[str]:
        """The mails this one answers, the nearest first."""
        near = ids_in(self.header("in-reply-to"))
        return list(dict.fromkeys([*near, *reversed(ids_in(self.header("references")))]))

    @cached_property
    def subject(self) -> str:
        """The subject on one line."""
        return text.clean(self.header("subject"), 500)

    @cached_property
    def sender(self) -> Address:
        """Who wrote it, as From says; an empty address when nobody is named."""
        return next(iter(self.addresses("from", "sender")), Address("", ""))

    @cached_property
    def envelope_from(self) -> str | None:
        """The envelope's sender; empty for `<>`, None when unknown."""
        if self._envelope_from is not None:
            return self._envelope_from.strip("<> ").lower()
        told = self.message.get("return-path")
        return None if told is None else str(told).strip("<> \t\r\n").lower()

    @cached_property
    def recipients(self) -> list[str]:
        """Every address it was brought to, the envelope's first, in lower case."""
        told = [*self._recipients, *(one.address for one in self.addresses(*_TOLD_BY, "to", "cc", "bcc"))]
        return list(dict.fromkeys(address.strip().lower() for address in told if address.strip()))

    @cached_property
    def at(self) -> datetime | None:
        """When it was written, as its sender says."""
        try:
            told = parsedate_to_datetime(self.header("date"))
            return (told if told.tzinfo else told.replace(tzinfo=UTC)).astimezone(UTC)
        except (TypeError, ValueError, IndexError, OverflowError):
            return None

    @cached_property
    def text(self) -> str:
        """The plain text, all its parts; empty when there is only HTML."""
        parts = (decoded_text(one) for one in self._shown("text/plain"))
        return text.clean("\n".join(part.rstrip() for part in parts if part.strip()), _LONGEST_TEXT)

    @cached_property
    def html(self) -> str:
        """The HTML as it came: hostile, never to be shown as it is."""
        return "\n".join(decoded_text(one) for one in self._shown("text/html"))[:_LONGEST_HTML]

    @cached_property
    def attachments(self) -> list[Attachment]:
        """The files, pictures inside the text included."""
        return [made for place, part in enumerate(self.parts) if (made := _attachment(place, part))]

    @cached_property
    def parts(self) -> list[Message]:
        """The parts of the mail itself, those of mails inside it left out."""
        return list(_parts(self.message))

    def _shown(self, kind: str) -> list[Message]:
        return [part for part in self.parts if part.get_content_type() == kind and not _is_file(part)]


def ids_in(value: str) -> list[str]:
    """The Message-IDs in a header, without their angle brackets."""
    return [found[:300] for found in _IDS.findall(value)]


def decoded(value: object) -> str:
    """A header's text, its encoded words read, on one line."""
    raw = str(value)
    try:
        read = str(make_header(decode_header(raw)))
    except (HeaderParseError, LookupError, ValueError, AssertionError, UnicodeError):
        read = raw
    # Bytes that nobody declared are mostly UTF-8.
    read = read.encode("utf-8", "surrogateescape").decode("utf-8", "replace")
    return _BLANK.sub(" ", read).strip()


def decoded_text(part: Message) -> str:
    """The text of a part in its own encoding, or in the likeliest one."""
    content = payload(part)
    for charset in (part.get_content_charset() or "utf-8", "utf-8", "cp1252"):
        try:
            return content.decode(charset)
        except (LookupError, UnicodeError, ValueError):
            continue
    return content.decode("utf-8", "replace")


def payload(part: Message) -> bytes:
    """The bytes of a part; none when it holds other parts."""
    try:
        found = part.get_payload(decode=True)
    except (ValueError, LookupError, AssertionError):
        return b""
    return found if isinstance(found, bytes) else b""


def _parts(message: Message) -> Iterator[Message]:
    waiting, seen = [message], 0
    while waiting and seen < _MOST_PARTS:
        part, seen = waiting.pop(0), seen + 1
        inside = part.get_payload()
        if part.get_content_maintype() == "multipart" and isinstance(inside, list):
            waiting[:0] = [one for one in inside if isinstance(one, Message)]
        else:
            yield part


def _is_file(part: Message) -> bool:
    return (part.get_content_disposition() or "") == "attachment" or bool(_name_of(part))


def _name_of(part: Message) -> str:
    try:
        return decoded(part.get_filename() or "")
    except (ValueError, LookupError, UnicodeError, TypeError):
        return ""


def _attachment(place: int, part: Message) -> Attachment | None:
    kind = part.get_content_type()
    content_id = str(part.get("content-id") or "").strip("<> ")
    if kind.startswith("text/") and not _is_file(part):
        return None
    if kind.startswith("message/"):
        content = _bytes_inside(part)
        name = _name_of(part) or f"mail-{place}.eml"
    else:
        content, name = payload(part), _name_of(part) or f"file-{place}"
    if not content:
        return None
    inline = bool(content_id) and part.get_content_disposition() != "attachment"
    return Attachment(place, text.clean(name, 200), kind, content, content_id, inline)


def _bytes_inside(part: Message) -> bytes:
    inside = part.get_payload()
    mails = [one for one in inside if isinstance(one, Message)] if isinstance(inside, list) else []
    return b"".join(one.as_bytes() for one in mails) or payload(part)


def _listed(value: object) -> list[Address]:
    raw = str(value).replace("\r", "").replace("\n", " ")
    try:
        found = [Address(decoded(name), address.strip()) for name, address in getaddresses([raw])]
    except (ValueError, IndexError, TypeError):
        found = []
    found = [one for one in found if "@" in one.address]
    return found or [Address("", address) for address in _BARE_ADDRESS.findall(raw)[:20]]
