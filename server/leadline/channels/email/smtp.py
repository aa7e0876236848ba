"""Hand one mail to a mailbox's server and know what became of it: taken, refused, not taken, or uncertain."""

from __future__ import annotations

import smtplib
import socket
from collections.abc import Sequence
from contextlib import suppress
from typing import Any

from leadline.channels.email.lines import connect, secured
from leadline.channels.email.mailbox import Server
from leadline.infra.mail import MailNotTaken, MailRefused, MailUncertain
from leadline.kit.sentences import say, word

NO_ACCESS = word("The mail server refuses our access. Check the user name and the password in Settings.")
_NOT_ENCRYPTED = (
    "The mail server offers no encryption (STARTTLS). Choose another port, or TLS from the start."
)


class NoAccess(MailRefused):
    """The server does not let this mailbox in: nothing can be sent until somebody repairs it."""


class AddressRefused(MailRefused):
    """The server says that the recipient's address does not exist."""


def hand_over(server: Server, password: str, sender: str, recipients: Sequence[str], content: bytes) -> str:
    """What the server said when it took the mail; raises MailRefused, MailNotTaken or MailUncertain else.

    Never inside a database transaction.
    """
    client = _Client()
    try:
        client.begin(server, password)
        client.sendmail(sender, list(recipients), content)
        return client.said
    except smtplib.SMTPAuthenticationError as error:
        raise NoAccess(NO_ACCESS) from error
    except smtplib.SMTPRecipientsRefused as error:
        code, said = next(iter(error.recipients.values()))
        raise _no(code, said, recipient=True) from error
    except smtplib.SMTPResponseException as error:
        raise _no(error.smtp_code, error.smtp_error) from error
    except (smtplib.SMTPException, OSError) as error:
        if client.content_left:
            raise MailUncertain(
                say("The connection broke while sending: {trouble}", trouble=str(error))
            ) from error
        raise MailNotTaken(
            say("The mail server cannot be reached: {trouble}.", trouble=str(error))
        ) from error
    except ValueError as error:
        raise MailRefused(say("The mail cannot be written: {trouble}", trouble=str(error))) from error
    finally:
        client.end()


def try_access(server: Server, password: str) -> None:
    """Log in and leave again; raises like `hand_over`."""
    client = _Client()
    try:
        client.begin(server, password)
    except smtplib.SMTPAuthenticationError as error:
        raise NoAccess(NO_ACCESS) from error
    except smtplib.SMTPResponseException as error:
        raise _no(error.smtp_code, error.smtp_error) from error
    except (smtplib.SMTPException, OSError) as error:
        raise MailNotTaken(
            say("The mail server cannot be reached: {trouble}.", trouble=str(error))
        ) from error
    finally:
        client.end()


class _Client(smtplib.SMTP):
    """Speaks over a connection of ours, and knows whether the content of a mail has left."""

    def __init__(self) -> None:
        super().__init__()
        self.content_left = False
        self.said = ""

    def begin(self, server: Server, password: str) -> None:
        """Greet, encrypt and log in."""
        self._take(connect(server))
        code, said = self.getreply()
        if code != 220:
            raise smtplib.SMTPConnectError(code, said)
        self.ehlo_or_helo_if_needed()
        if server.security == "starttls":
            self._encrypt(server)
        if server.username:
            self.login(server.username, password)

    def data(self, msg: Any) -> tuple[int, bytes]:
        """Send the content; until the server answers, nobody knows what it does with it."""
        self.content_left = True
        code, said = super().data(msg)
        self.content_left = False
        self.said = _words(said)
        return code, said

    def end(self) -> None:
        """Leave; a mail that was taken stays taken, however the goodbye goes."""
        with suppress(smtplib.SMTPException, OSError):
            self.quit()
        with suppress(OSError):
            self.close()

    def _encrypt(self, server: Server) -> None:
        if not self.has_extn("starttls") or self.sock is None:
            raise smtplib.SMTPNotSupportedError(_NOT_ENCRYPTED)
        code, said = self.docmd("STARTTLS")
        if code != 220:
            raise smtplib.SMTPResponseException(code, said)
        self._take(secured(self.sock, server))
        # What was said before the encryption may have been said by anybody.
        self.helo_resp = self.ehlo_resp = None
        self.esmtp_features = {}
        self.does_esmtp = False
        self.ehlo_or_helo_if_needed()

    def _take(self, line: socket.socket) -> None:
        self.sock, self.file = line, None


def _no(code: int, said: bytes | str, *, recipient: bool = False) -> MailRefused | MailNotTaken:
    words = _words(said)
    sentence = say("The mail server answered {code}: {answer}", code=code, answer=words)
    if code < 500:
        return MailNotTaken(sentence)
    unknown = words.startswith(("5.1.1", "5.1.2", "5.1.3", "5.1.6", "5.1.10")) or "unknown" in words.lower()
    return AddressRefused(sentence) if recipient and unknown else MailRefused(sentence)


def _words(said: bytes | str) -> str:
    told = said.decode("utf-8", "replace") if isinstance(said, bytes) else said
    return " ".join(told.split())[:300]
