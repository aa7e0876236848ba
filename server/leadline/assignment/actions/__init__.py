"""All writes of the room."""

from leadline.assignment.actions.absence import change_availability
from leadline.assignment.actions.assigning import (
    assign_captured,
    assign_unowned,
    decide_again_when_ready,
    reassign_leads_of,
    replace_gone_owners,
)
from leadline.assignment.actions.clocks import (
    count_by_other_hours,
    recompute,
    restart_clocks,
    stop_clocks,
)
from leadline.assignment.actions.first_steps import finish_first_steps, plan_first_steps
from leadline.assignment.actions.handing import claim, escalate, hand_to
from leadline.assignment.actions.pausing import look_again, pause_or_resume
from leadline.assignment.actions.planning import change_plan
from leadline.assignment.actions.reassigning import reassign, take_away
from leadline.assignment.actions.setting_up import (
    change_hours,
    change_policy,
    change_rule,
    change_team_hours,
    create_rule,
    delete_rule,
    draft_rule,
    join_default_team,
    set_up,
)
from leadline.assignment.actions.speaking import speak
from leadline.assignment.actions.telling import tell_new_owners

__all__ = [
    "assign_captured",
    "assign_unowned",
    "change_availability",
    "change_hours",
    "change_plan",
    "change_policy",
    "change_rule",
    "change_team_hours",
    "claim",
    "count_by_other_hours",
    "create_rule",
    "decide_again_when_ready",
    "delete_rule",
    "draft_rule",
    "escalate",
    "finish_first_steps",
    "hand_to",
    "join_default_team",
    "look_again",
    "pause_or_resume",
    "plan_first_steps",
    "reassign",
    "reassign_leads_of",
    "recompute",
    "replace_gone_owners",
    "restart_clocks",
    "set_up",
    "speak",
    "stop_clocks",
    "take_away",
    "tell_new_owners",
]
