"""The way out for mails: a backend for Django, and handing over one mail with a definite answer."""

from leadline.infra.mail.backend import Backend, is_configured, server
from leadline.infra.mail.handing_over import NO_SERVER, MailNotTaken, MailRefused, MailUncertain, hand_over

__all__ = [
    "NO_SERVER",
    "Backend",
    "MailNotTaken",
    "MailRefused",
    "MailUncertain",
    "hand_over",
    "is_configured",
    "server",
]
