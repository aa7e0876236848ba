"""Floor 11: lead forms of TikTok."""

from django.apps import AppConfig


class TiktokConfig(AppConfig):
    """The channel of TikTok lead forms."""

    name = "leadline.channels.tiktok"
    label = "tiktok"
