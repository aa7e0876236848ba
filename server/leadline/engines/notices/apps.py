"""Floor 3: notices."""

from django.apps import AppConfig


class NoticesConfig(AppConfig):
    """The engine of the notices."""

    name = "leadline.engines.notices"
