"""Floor 11: lead forms of Google Ads."""

from django.apps import AppConfig


class GoogleAdsConfig(AppConfig):
    """The channel of Google Ads lead forms."""

    name = "leadline.channels.google_ads"
    label = "google_ads"
