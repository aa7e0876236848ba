"""The scoring room as a Django app."""

from django.apps import AppConfig


class ScoringConfig(AppConfig):
    """Fit, engagement, bands and their explanation."""

    name = "leadline.scoring"
