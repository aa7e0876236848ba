"""Floor 11: website forms."""

from django.apps import AppConfig


class WebformsConfig(AppConfig):
    """Own forms and the webhooks of form tools."""

    name = "leadline.channels.webforms"
