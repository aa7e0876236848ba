"""Read a mailbox (mbox): one row for each sender, with the first message."""

from __future__ import annotations

import re
from collections.abc import Generator, Iterator
from email import message_from_bytes, policy
from email.message import EmailMessage
from email.utils import parseaddr, parsedate_to_datetime
from typing import IO

from leadline.kit import email

HEADERS = ["Name", "E-mail", "Subject", "Message", "Date"]
# Of a message only so much is read: the text stands before what is attached.
_MAX_MESSAGE = 2 * 1024 * 1024
_MAX_TEXT = 20_000
_START = re.compile(rb"^From \S+.*\d{4}\s*$")
_MACHINES = re.compile(
    r"^(no-?reply|do-?not-?reply|mailer-daemon|postmaster|bounces?)([+.\-_]|@)", re.IGNORECASE
)
_TAGS = re.compile(r"(?s)<(style|script).*?</\1>|<[^>]+>")


def cells(file: IO[bytes]) -> Generator[list[str], None, None]:
    """One row per distinct sender, under HEADERS, by the sender's first message in the file.

    Machines that take no answer are no senders.
    """
    seen: set[str] = set()
    for raw in _messages(file):
        message = message_from_bytes(raw, policy=policy.default)
        name, address = _sender(message)
        key = email.match_key(address) or address.lower()
        if not key or key in seen or _MACHINES.match(address):
            continue
        seen.add(key)
        yield [
            name or address.partition("@")[0],
            address,
            _header(message, "Subject"),
            _text(message),
            _date(message),
        ]


def _messages(file: IO[bytes]) -> Iterator[bytes]:
    file.seek(0)
    lines: list[bytes] = []
    size, before = 0, b"\n"
    for line in file:
        if _START.match(line) and not before.strip():
            if lines:
                yield b"".join(lines)
            lines, size = [], 0
        elif size < _MAX_MESSAGE:
            lines.append(line[1:] if re.match(rb"^>+From ", line) else line)
            size += len(line)
        before = line
    if lines:
        yield b"".join(lines)


def _header(message: EmailMessage, name: str) -> str:
    try:
        return " ".join(str(message.get(name, "")).split())
    except Exception:
        # The library raises all kinds of errors on headers that no standard knows.
        return ""


def _sender(message: EmailMessage) -> tuple[str, str]:
    name, address = parseaddr(_header(message, "From"))
    return name.strip(), address.strip()


def _text(message: EmailMessage) -> str:
    try:
        part = message.get_body(("plain", "html"))
        content = str(part.get_content()) if part is not None else ""
        if part is not None and part.get_content_subtype() == "html":
            content = _TAGS.sub(" ", content)
    except Exception:
        return ""
    return content.strip()[:_MAX_TEXT]


def _date(message: EmailMessage) -> str:
    try:
        return parsedate_to_datetime(_header(message, "Date")).isoformat()
    except (ValueError, TypeError):
        return ""
