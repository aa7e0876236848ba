"""The addresses of LinkedIn lead forms: the webhook, and LinkedIn played locally."""

from __future__ import annotations

from django.conf import settings
from django.urls import path

from leadline.channels.linkedin import webhook
from leadline.channels.linkedin.sandbox import provider

_SANDBOX = [path("sandbox/linkedin/rest/<path:path>", provider.provider)]

urlpatterns = [
    path("hooks/linkedin/<str:token>", webhook.webhook),
    *(_SANDBOX if settings.ENV.sandbox else []),
]
