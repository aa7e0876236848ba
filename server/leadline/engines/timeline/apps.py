"""Floor 3: the timeline."""

from django.apps import AppConfig


class TimelineConfig(AppConfig):
    """The engine of the timeline."""

    name = "leadline.engines.timeline"
