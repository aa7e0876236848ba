"""The addresses of the mail channel."""

from __future__ import annotations

from django.conf import settings
from django.urls import path

from leadline.channels.email import webhook
from leadline.channels.email.sandbox import pages
from leadline.channels.email.seen import views as seen

_SANDBOX = [
    path("sandbox/email/", pages.home),
    path("sandbox/email/mails", pages.write),
    path("sandbox/email/mails/<uuid:mail_id>/answers", pages.answer),
    path("sandbox/email/mail.css", pages.style),
]
urlpatterns = [
    path("hooks/email/<str:token>", webhook.webhook),
    path("m/<str:told>/o", seen.dot),
    path("m/<str:told>/c/<int:number>", seen.link),
    path("m/<str:told>/u", seen.no_more),
    *(_SANDBOX if settings.ENV.sandbox else []),
]
