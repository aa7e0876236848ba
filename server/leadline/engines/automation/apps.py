"""Floor 3: automations."""

from django.apps import AppConfig


class AutomationConfig(AppConfig):
    """The engine of the automations."""

    name = "leadline.engines.automation"
