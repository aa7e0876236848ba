"""Floor 11: mail."""

from django.apps import AppConfig


class EmailConfig(AppConfig):
    """The mail channel."""

    name = "leadline.channels.email"
    label = "email"
