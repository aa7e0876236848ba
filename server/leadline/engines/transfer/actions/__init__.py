"""All writes of the engine."""

from leadline.engines.transfer.actions.drafting import change_import, drop_import, start_import
from leadline.engines.transfer.actions.exporting import start_export
from leadline.engines.transfer.actions.forgetting import forget_old
from leadline.engines.transfer.actions.running import begin, cancel
from leadline.engines.transfer.actions.undoing import undo

__all__ = [
    "begin",
    "cancel",
    "change_import",
    "drop_import",
    "forget_old",
    "start_export",
    "start_import",
    "undo",
]
