"""Floor 3: objects and fields."""

from django.apps import AppConfig


class SchemaConfig(AppConfig):
    """The engine of the schema."""

    name = "leadline.engines.schema"
