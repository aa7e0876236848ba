"""Floor 3: import and export."""

from django.apps import AppConfig


class TransferConfig(AppConfig):
    """The engine of import and export."""

    name = "leadline.engines.transfer"
