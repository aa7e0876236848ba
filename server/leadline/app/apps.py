"""Puts the house together once Django is ready."""

from django.apps import AppConfig


class LeadlineAppConfig(AppConfig):
    """Floor 12."""

    name = "leadline.app"
    label = "leadline_app"

    def ready(self) -> None:
        from leadline.app import rooms

        rooms.open_doors()
        # After the rooms, so that a new workspace has its stages and templates before its automations.
        from leadline.app import recipes  # noqa: F401
        from leadline.app.demo import story  # noqa: F401
