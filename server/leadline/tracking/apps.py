"""Floor 6: tracking."""

from django.apps import AppConfig


class TrackingConfig(AppConfig):
    """The room of the website visits."""

    name = "leadline.tracking"
