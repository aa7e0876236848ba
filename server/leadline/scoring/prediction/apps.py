"""The prediction of conversion as a Django app."""

from django.apps import AppConfig


class PredictionConfig(AppConfig):
    """Chances learned from closed leads, their measured quality and their reasons."""

    name = "leadline.scoring.prediction"
    label = "prediction"
