"""The learned spam filter of forms as a Django app."""

from django.apps import AppConfig


class FormSpamConfig(AppConfig):
    """Marks people set, and the filter learned from them."""

    name = "leadline.channels.webforms.spam"
    label = "formspam"
