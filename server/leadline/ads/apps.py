"""Floor 7: lead forms of advertising platforms."""

from django.apps import AppConfig


class AdsConfig(AppConfig):
    """What the platforms' lead forms share."""

    name = "leadline.ads"
    label = "ads"
