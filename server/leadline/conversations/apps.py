"""Floor 6: conversations."""

from django.apps import AppConfig


class ConversationsConfig(AppConfig):
    """The room of the conversations."""

    name = "leadline.conversations"
