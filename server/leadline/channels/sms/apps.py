"""Floor 11: SMS."""

from django.apps import AppConfig


class SmsConfig(AppConfig):
    """The SMS channel."""

    name = "leadline.channels.sms"
    label = "sms"
