"""The product's own mails (invitations, resets): by SMTP when configured, always in the outbox folder."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any
from urllib.parse import unquote, urlsplit

from django.conf import settings
from django.core.mail import EmailMessage
from django.core.mail.backends.base import BaseEmailBackend
from django.core.mail.backends.filebased import EmailBackend as KeptMail
from django.core.mail.backends.smtp import EmailBackend as SmtpMail


class Backend(BaseEmailBackend):
    """Sends through LEADLINE_MAIL_URL; without one the mail is readable in <home>/outbox."""

    def send_messages(self, email_messages: Sequence[EmailMessage]) -> int:
        """How many were handed over; SMTP errors are raised."""
        if not is_configured():
            folder = settings.HOME / "outbox"
            folder.mkdir(parents=True, exist_ok=True)
            return KeptMail(file_path=str(folder)).send_messages(email_messages) or 0
        return SmtpMail(**server()).send_messages(email_messages) or 0


def is_configured() -> bool:
    """Whether there is a server that mails can leave by."""
    return bool(settings.ENV.mail_url)


def server() -> dict[str, Any]:
    """How to reach the configured server, as Django's SMTP backend takes it."""
    parts = urlsplit(settings.ENV.mail_url)
    return {
        "host": parts.hostname,
        "port": parts.port or 587,
        "username": unquote(parts.username or ""),
        "password": unquote(parts.password or ""),
        "use_tls": parts.scheme == "smtp" and bool(parts.username),
        "use_ssl": parts.scheme == "smtps",
        "timeout": 10,
    }
