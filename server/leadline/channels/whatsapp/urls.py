"""The addresses of WhatsApp: the webhook, and the sandbox where it is offered."""

from __future__ import annotations

from django.conf import settings
from django.urls import path

from leadline.channels.whatsapp import webhook
from leadline.channels.whatsapp.sandbox import phone, provider

_SANDBOX = [
    path("sandbox/whatsapp/graph/<str:version>/<path:path>", provider.provider),
    path("sandbox/whatsapp/", phone.home),
    path("sandbox/whatsapp/assets/<str:name>", phone.asset),
    path("sandbox/whatsapp/people", phone.invent),
    path("sandbox/whatsapp/faults", phone.faults),
    path("sandbox/whatsapp/<uuid:person_id>", phone.chat),
    path("sandbox/whatsapp/<uuid:person_id>/bubbles", phone.bubbles),
    path("sandbox/whatsapp/<uuid:person_id>/messages", phone.write),
]

urlpatterns = [
    path("hooks/whatsapp/<str:token>", webhook.webhook),
    *(_SANDBOX if settings.ENV.sandbox else []),
]
