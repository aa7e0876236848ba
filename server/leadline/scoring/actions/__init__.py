"""All writes of the room."""

from leadline.scoring.actions.counting import fade, score
from leadline.scoring.actions.drafting import (
    begin_with_preset,
    checked_content,
    drop_draft,
    publish,
    save_draft,
    take_back,
)
from leadline.scoring.actions.happening import Told, take_happening
from leadline.scoring.actions.overriding import set_band
from leadline.scoring.actions.qualifying import classify, date_types
from leadline.scoring.actions.recounting import count_anew, recount
from leadline.scoring.actions.setting_up import (
    change_rule,
    change_settings,
    create_rule,
    delete_rule,
    set_up,
)
from leadline.scoring.actions.surging import tell_surges

__all__ = [
    "Told",
    "begin_with_preset",
    "change_rule",
    "change_settings",
    "checked_content",
    "classify",
    "count_anew",
    "create_rule",
    "date_types",
    "delete_rule",
    "drop_draft",
    "fade",
    "publish",
    "recount",
    "save_draft",
    "score",
    "set_band",
    "set_up",
    "take_back",
    "take_happening",
    "tell_surges",
]
