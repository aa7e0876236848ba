"""Hand one mail to the server and know what became of it: taken, refused, not taken, or uncertain."""

from __future__ import annotations

import smtplib
from contextlib import suppress
from typing import Any

from django.core.mail import EmailMessage
from django.core.mail.backends.smtp import EmailBackend as SmtpMail

from leadline.infra.mail.backend import is_configured, server
from leadline.kit.sentences import Text, say, word

NO_SERVER = word(
    "No mail server is set up, so nothing can be sent by mail. Set LEADLINE_MAIL_URL and start again."
)
_NO_ACCESS = word("The mail server refuses our access. Check the user and the password in LEADLINE_MAIL_URL.")
_BROKE = word(
    "The connection to the mail server broke while sending, so it is not known whether the mail was taken. "
    "It is not sent again by itself."
)


class MailTrouble(Exception):
    """A mail did not leave for sure; the sentence says why."""

    def __init__(self, said: Text) -> None:
        super().__init__(str(said))
        self.said: Text = said


class MailRefused(MailTrouble):
    """The mail cannot be sent, and trying again would not help."""


class MailNotTaken(MailTrouble):
    """The mail surely was not taken; it may be tried again."""


class MailUncertain(MailTrouble):
    """The connection broke after the mail had gone out: the server may have taken it."""


def hand_over(mail: EmailMessage) -> None:
    """Give the mail to the configured server; raises one of the three when it was not taken for sure.

    Never inside a database transaction.
    """
    if not is_configured():
        raise MailRefused(NO_SERVER)
    smtp = _Watched(**server())
    try:
        smtp.open()
        smtp.send_messages([mail])
    except smtplib.SMTPAuthenticationError as error:
        raise MailRefused(_NO_ACCESS) from error
    except smtplib.SMTPRecipientsRefused as error:
        code, said = next(iter(error.recipients.values()))
        raise _no(code, said) from error
    except smtplib.SMTPResponseException as error:
        raise _no(error.smtp_code, error.smtp_error) from error
    except (smtplib.SMTPException, OSError) as error:
        if smtp.content_left:
            raise MailUncertain(_BROKE) from error
        raise MailNotTaken(
            say("The mail server cannot be reached: {trouble}.", trouble=str(error))
        ) from error
    except ValueError as error:
        raise MailRefused(say("The mail cannot be written: {trouble}", trouble=str(error))) from error
    finally:
        # A mail that was taken stays taken, however the goodbye goes.
        with suppress(smtplib.SMTPException, OSError):
            smtp.close()


def _no(code: int, said: bytes | str) -> MailRefused | MailNotTaken:
    text = said.decode("utf-8", "replace") if isinstance(said, bytes) else said
    answer = " ".join(text.split())[:300]
    sentence = say("The mail server answered {code}: {answer}", code=code, answer=answer)
    return MailRefused(sentence) if code >= 500 else MailNotTaken(sentence)


class _Watched(SmtpMail):
    """Knows whether the content of a mail has left us."""

    content_left = False

    @property
    def connection_class(self) -> Any:
        """Django's choice of connection, with an eye on the content."""
        backend = self

        class Watching(super().connection_class):  # type: ignore[misc]
            def data(self, content: Any) -> Any:
                backend.content_left = True
                answered = super().data(content)
                backend.content_left = False
                return answered

        return Watching
