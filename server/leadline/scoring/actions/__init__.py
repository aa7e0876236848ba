"""All writes of the room."""

from leadline.scoring.actions.counting import fade, rescore_from, score
from leadline.scoring.actions.overriding import set_band
from leadline.scoring.actions.setting_up import (
    change_rule,
    change_settings,
    create_rule,
    delete_rule,
    set_up,
)

__all__ = [
    "change_rule",
    "change_settings",
    "create_rule",
    "delete_rule",
    "fade",
    "rescore_from",
    "score",
    "set_band",
    "set_up",
]
