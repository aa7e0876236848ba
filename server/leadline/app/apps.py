"""Puts the house together once Django is ready."""

from django.apps import AppConfig


class LeadlineAppConfig(AppConfig):
    """Floor 12."""

    name = "leadline.app"
    label = "leadline_app"

    def ready(self) -> None:
        from leadline.app import rooms

        rooms.open_doors()
