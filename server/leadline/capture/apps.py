"""Floor 6: capture."""

from django.apps import AppConfig


class CaptureConfig(AppConfig):
    """The room where everything that arrives is kept and understood."""

    name = "leadline.capture"
