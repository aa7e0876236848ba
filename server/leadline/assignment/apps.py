"""The assignment room as a Django app."""

from django.apps import AppConfig


class AssignmentConfig(AppConfig):
    """Rules, rotation and the clocks of the first answer."""

    name = "leadline.assignment"
