"""Floor 5: leads on their way through the stages of a pipeline."""

from django.apps import AppConfig


class LeadsConfig(AppConfig):
    """The room of leads, pipelines and the board."""

    name = "leadline.leads"
