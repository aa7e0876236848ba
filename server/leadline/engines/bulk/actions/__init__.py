"""All writes of the engine."""

from leadline.engines.bulk.actions.beginning import begin, cancel
from leadline.engines.bulk.actions.forgetting import forget_old
from leadline.engines.bulk.actions.undoing import undo

__all__ = ["begin", "cancel", "forget_old", "undo"]
