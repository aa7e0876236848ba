"""Floor 4: people and organisations, and how they are recognised."""

from django.apps import AppConfig


class ContactsConfig(AppConfig):
    """The room of contacts and companies."""

    name = "leadline.contacts"
