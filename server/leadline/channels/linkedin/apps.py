"""Floor 11: lead forms of LinkedIn."""

from django.apps import AppConfig


class LinkedinConfig(AppConfig):
    """The channel of LinkedIn lead forms."""

    name = "leadline.channels.linkedin"
    label = "linkedin"
