"""Floor 3: filters, sorting, cursors."""

from django.apps import AppConfig


class ViewsConfig(AppConfig):
    """The engine of the views."""

    name = "leadline.engines.views"
