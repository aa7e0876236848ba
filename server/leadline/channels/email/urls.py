"""The addresses of the mail channel."""

from __future__ import annotations

from django.conf import settings
from django.urls import path

from leadline.channels.email import webhook
from leadline.channels.email.sandbox import pages

_SANDBOX = [
    path("sandbox/email/", pages.home),
    path("sandbox/email/mails", pages.write),
    path("sandbox/email/mails/<uuid:mail_id>/answers", pages.answer),
    path("sandbox/email/mail.css", pages.style),
]
urlpatterns = [
    path("hooks/email/<str:token>", webhook.webhook),
    *(_SANDBOX if settings.ENV.sandbox else []),
]
