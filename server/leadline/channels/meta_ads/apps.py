"""Floor 11: lead ads of Facebook and Instagram."""

from django.apps import AppConfig


class MetaAdsConfig(AppConfig):
    """The channel of Facebook and Instagram lead ads."""

    name = "leadline.channels.meta_ads"
    label = "meta_ads"
