"""The addresses of Facebook and Instagram lead ads: the webhook, and Meta played locally."""

from __future__ import annotations

from django.conf import settings
from django.urls import path

from leadline.channels.meta_ads import webhook
from leadline.channels.meta_ads.sandbox import provider

_SANDBOX = [path("sandbox/meta-ads/graph/<str:version>/<path:path>", provider.provider)]

urlpatterns = [
    path("hooks/meta-ads/<str:token>", webhook.webhook),
    *(_SANDBOX if settings.ENV.sandbox else []),
]
