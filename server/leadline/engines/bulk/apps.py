"""Floor 3: many records changed together."""

from django.apps import AppConfig


class BulkConfig(AppConfig):
    """The engine of bulk edits."""

    name = "leadline.engines.bulk"
