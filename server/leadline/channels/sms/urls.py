"""The addresses of the SMS sandbox, where it is offered."""

from __future__ import annotations

from django.conf import settings
from django.urls import path

from leadline.channels.sms import sandbox

_SANDBOX = [
    path("sandbox/sms/", sandbox.inbox),
    path("sandbox/sms/messages", sandbox.take),
    path("sandbox/sms/texts.css", sandbox.style),
]
urlpatterns = _SANDBOX if settings.ENV.sandbox else []
