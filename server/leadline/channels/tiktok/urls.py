"""The address of TikTok lead forms."""

from __future__ import annotations

from django.urls import path

from leadline.channels.tiktok import webhook

urlpatterns = [path("hooks/tiktok/<str:token>", webhook.webhook)]
