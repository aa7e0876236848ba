"""Floor 11: WhatsApp."""

from django.apps import AppConfig


class WhatsappConfig(AppConfig):
    """The WhatsApp channel."""

    name = "leadline.channels.whatsapp"
    label = "whatsapp"
