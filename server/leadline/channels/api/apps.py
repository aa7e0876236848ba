"""Floor 11: the API as a channel."""

from django.apps import AppConfig


class ApiChannelConfig(AppConfig):
    """Leads made by programs and by hand."""

    name = "leadline.channels.api"
    label = "channel_api"
