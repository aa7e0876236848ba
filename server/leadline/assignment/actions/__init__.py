"""All writes of the room."""

from leadline.assignment.actions.absence import change_availability
from leadline.assignment.actions.assigning import (
    assign_captured,
    assign_unowned,
    decide_again_when_ready,
    reassign_leads_of,
)
from leadline.assignment.actions.clocks import recompute, restart_clocks, speak, stop_clocks
from leadline.assignment.actions.handing import claim, escalate, hand_to
from leadline.assignment.actions.setting_up import (
    change_hours,
    change_policy,
    change_rule,
    create_rule,
    delete_rule,
    draft_rule,
    join_default_team,
    set_up,
)
from leadline.assignment.actions.telling import tell_new_owners

__all__ = [
    "assign_captured",
    "assign_unowned",
    "change_availability",
    "change_hours",
    "change_policy",
    "change_rule",
    "claim",
    "create_rule",
    "decide_again_when_ready",
    "delete_rule",
    "draft_rule",
    "escalate",
    "hand_to",
    "join_default_team",
    "reassign_leads_of",
    "recompute",
    "restart_clocks",
    "set_up",
    "speak",
    "stop_clocks",
    "tell_new_owners",
]
