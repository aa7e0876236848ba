"""The address of Google Ads lead forms."""

from __future__ import annotations

from django.urls import path

from leadline.channels.google_ads import webhook

urlpatterns = [path("hooks/google-ads/<str:token>", webhook.webhook)]
