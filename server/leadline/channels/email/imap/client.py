"""A conversation with an IMAP server over a connection of ours: log in, look, fetch, wait for news."""

from __future__ import annotations

import imaplib
import re
import select
import ssl
import threading
import time
from collections.abc import Sequence
from datetime import datetime

from leadline.channels.email.lines import TIMEOUT, connect, secured
from leadline.channels.email.mailbox import Server

# Servers drop who says nothing for half an hour, and the boxes between them drop earlier.
LONGEST_IDLE = 600.0
_LONGEST_LINE = 1024 * 1024
_SLICE = 2.0
_SIZE = re.compile(rb"UID (\d+)[^)]*RFC822\.SIZE (\d+)|RFC822\.SIZE (\d+)[^)]*UID (\d+)")
_MONTHS = ("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec")


class MailboxError(Exception):
    """The server cannot be reached, or does not do what it is asked; worth trying again."""


class NoAccess(MailboxError):
    """The server does not let us in."""


class ImapClient(imaplib.IMAP4):
    """One connection to one mailbox; nothing in it is ever changed or marked as read."""

    def __init__(self, server: Server) -> None:
        self._server = server
        self._buffer = bytearray()
        super().__init__(server.host, server.port, TIMEOUT)

    def open(self, host: str = "", port: int = 143, timeout: float | None = None) -> None:
        """Connect to the checked address of the server."""
        self.host, self.port = host, port
        self.sock = connect(self._server, timeout=timeout or TIMEOUT)

    def read(self, size: int) -> bytes:
        """Exactly so many bytes, fewer at the end."""
        while len(self._buffer) < size and self._receive():
            pass
        return self._taken(size)

    def readline(self) -> bytes:
        """One line with its end."""
        while (end := self._buffer.find(b"\n")) < 0:
            if len(self._buffer) > _LONGEST_LINE:
                raise self.error("the server sends an endless line")
            if not self._receive():
                return self._taken(len(self._buffer))
        return self._taken(end + 1)

    def shutdown(self) -> None:
        """Close the connection."""
        self.sock.close()

    def enter(self, password: str) -> None:
        """Encrypt if asked to, and log in; NoAccess when the server refuses."""
        if self._server.security == "starttls":
            self._encrypt()
        try:
            if password.isascii() and self._server.username.isascii():
                self.login(self._server.username, password)
            else:
                told = f"\0{self._server.username}\0{password}".encode()
                self.authenticate("PLAIN", lambda _: told)
        except self.abort:
            raise
        except self.error as refusal:
            raise NoAccess(_words(refusal)) from refusal

    def look(self, folder: str) -> tuple[int, int]:
        """Open a folder for reading only; its UIDVALIDITY and the UID that the next mail gets."""
        self._done(self.select(_quoted(folder), readonly=True))
        validity, following = self.response("UIDVALIDITY")[1], self.response("UIDNEXT")[1]
        if not validity or not validity[0]:
            raise MailboxError("The server gives no UIDVALIDITY.")
        return int(validity[0]), int(following[0]) if following and following[0] else 0

    def uids_after(self, uid: int) -> list[int]:
        """The UIDs above this one, in order; servers name the last mail even when it is below."""
        return [one for one in self._search(f"UID {uid + 1}:*") if one > uid]

    def uids_since(self, day: datetime) -> list[int]:
        """The UIDs of mails that came on this day or later, in order."""
        return self._search(f"SINCE {day.day}-{_MONTHS[day.month - 1]}-{day.year}")

    def sizes(self, uids: Sequence[int]) -> dict[int, int]:
        """The size of each mail in bytes."""
        listed = ",".join(str(uid) for uid in uids)
        found: dict[int, int] = {}
        for part in self._done(self.uid("FETCH", listed, "(UID RFC822.SIZE)")):
            told = part[0] if isinstance(part, tuple) else part
            match = _SIZE.search(told) if isinstance(told, bytes) else None
            if match:
                found[int(match[1] or match[4])] = int(match[2] or match[3])
        return found

    def mail(self, uid: int, *, head_only: bool = False) -> bytes | None:
        """The bytes of a mail, or of its head; None when it is gone."""
        what = "(BODY.PEEK[HEADER])" if head_only else "(BODY.PEEK[])"
        parts = self._done(self.uid("FETCH", str(uid), what))
        return next((bytes(part[1]) for part in parts if isinstance(part, tuple)), None)

    def wait(self, seconds: float, stopping: threading.Event) -> bool:
        """Wait until something comes in, the time is over or `stopping` is set; whether something came."""
        if "IDLE" not in self.capabilities:
            stopping.wait(min(seconds, 60.0))
            return False
        self.send(b"WAIT IDLE\r\n")
        news = self._until(b"+")
        end = time.monotonic() + min(seconds, LONGEST_IDLE)
        while not news and not stopping.is_set() and (left := end - time.monotonic()) > 0:
            if self._has_news(min(left, _SLICE)):
                line = self.readline()
                if not line or line.startswith(b"* BYE"):
                    raise MailboxError("The server ended the connection.")
                news = b" EXISTS" in line.upper()
        self.send(b"DONE\r\n")
        return self._until(b"WAIT ") or news

    def _until(self, beginning: bytes) -> bool:
        """Read up to the line that begins so; whether the lines before it tell of a mail."""
        news = False
        while not (line := self.readline()).startswith(beginning):
            if not line or line.startswith((b"WAIT ", b"* BYE")):
                raise MailboxError("The server does not wait for mail.")
            news = news or b" EXISTS" in line.upper()
        return news

    def _has_news(self, seconds: float) -> bool:
        if b"\n" in self._buffer or (isinstance(self.sock, ssl.SSLSocket) and self.sock.pending()):
            return True
        return bool(select.select([self.sock], [], [], seconds)[0])

    def _encrypt(self) -> None:
        self._done(self.xatom("STARTTLS"))
        # What was said before the encryption may have been said by anybody.
        self._buffer.clear()
        self.sock = secured(self.sock, self._server)

    def _search(self, criteria: str) -> list[int]:
        found = self._done(self.uid("SEARCH", criteria))
        return sorted(int(one) for part in found if isinstance(part, bytes) for one in part.split())

    def _done(self, answer: tuple[str, Sequence[object]]) -> list[object]:
        kind, told = answer
        if kind != "OK":
            raise MailboxError(f"The server answered: {_words(told[0] if told else kind)}")
        return [part for part in told if part is not None]

    def _receive(self) -> bool:
        piece = self.sock.recv(65536)
        self._buffer += piece
        return bool(piece)

    def _taken(self, size: int) -> bytes:
        taken = bytes(self._buffer[:size])
        del self._buffer[:size]
        return taken


def _quoted(folder: str) -> str:
    escaped = folder.replace("\\", "\\\\").replace('"', '\\"')
    return f'"{_modified_utf7(escaped)}"'


def _modified_utf7(name: str) -> str:
    """The name of a folder as IMAP writes it (RFC 3501, 5.1.3)."""
    made, other = "", ""
    for char in [*name, ""]:
        if char and not 0x20 <= ord(char) <= 0x7E:
            other += char
            continue
        if other:
            made += "&" + other.encode("utf-7").decode()[1:].rstrip("-").replace("/", ",") + "-"
            other = ""
        made += "&-" if char == "&" else char
    return made


def _words(told: object) -> str:
    text = told.decode("utf-8", "replace") if isinstance(told, bytes) else str(told)
    return " ".join(text.split())[:300]
