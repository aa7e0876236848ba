"""Floor 11: websites that tell their visits."""

from django.apps import AppConfig


class WebsitesConfig(AppConfig):
    """The script of websites, and the door it posts to."""

    name = "leadline.channels.tracking"
    label = "websites"
