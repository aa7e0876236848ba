"""Floor 3: global search."""

from django.apps import AppConfig


class SearchConfig(AppConfig):
    """The engine of the search."""

    name = "leadline.engines.search"
