"""All writes of the room."""

from leadline.leads.actions.bookkeeping import (
    add_unread,
    apply_chances,
    apply_scores,
    assign,
    clear_unread,
    company_changed,
    contact_changed,
    mark_escalated,
    note_activity,
    note_auto_reply,
    note_touch,
    override_band,
    set_respond_by,
)
from leadline.leads.actions.capturing import Opened, open_or_join
from leadline.leads.actions.changing import (
    active_member,
    add_note,
    change_lead,
    delete_lead,
    hand_over,
    restore_lead,
)
from leadline.leads.actions.converting import convert, require_convertible, undo_conversion
from leadline.leads.actions.filing import drop_file, keep_file
from leadline.leads.actions.filling import fill_and_move
from leadline.leads.actions.finding import refresh_rows
from leadline.leads.actions.importing import take_rows
from leadline.leads.actions.locked import require_version, take
from leadline.leads.actions.moving import mark_spam, move_lead
from leadline.leads.actions.objecting import add_objection, change_objection
from leadline.leads.actions.planning import finish_steps, plan_steps, remind_of_steps
from leadline.leads.actions.pricing import set_exchange_rates
from leadline.leads.actions.purging import purge_trash
from leadline.leads.actions.rescoring import apply_counted_scores
from leadline.leads.actions.setting_up import (
    archive_pipeline,
    archive_stage,
    change_loss_reason,
    change_pipeline,
    change_stage,
    create_loss_reason,
    create_pipeline,
    create_stage,
    set_up_pipeline,
)
from leadline.leads.actions.tagging import add_tags, remove_tags
from leadline.leads.actions.taking_back import take_back
from leadline.leads.actions.telling import tell_of_joined
from leadline.leads.actions.together import change_together, take_back_together, typed
from leadline.leads.actions.totalling import compact_totals
from leadline.leads.actions.writing import checked

__all__ = [
    "Opened",
    "active_member",
    "add_note",
    "add_objection",
    "add_tags",
    "add_unread",
    "apply_chances",
    "apply_counted_scores",
    "apply_scores",
    "archive_pipeline",
    "archive_stage",
    "assign",
    "change_lead",
    "change_loss_reason",
    "change_objection",
    "change_pipeline",
    "change_stage",
    "change_together",
    "checked",
    "clear_unread",
    "compact_totals",
    "company_changed",
    "contact_changed",
    "convert",
    "create_loss_reason",
    "create_pipeline",
    "create_stage",
    "delete_lead",
    "drop_file",
    "fill_and_move",
    "finish_steps",
    "hand_over",
    "keep_file",
    "mark_escalated",
    "mark_spam",
    "move_lead",
    "note_activity",
    "note_auto_reply",
    "note_touch",
    "open_or_join",
    "override_band",
    "plan_steps",
    "purge_trash",
    "refresh_rows",
    "remind_of_steps",
    "remove_tags",
    "require_convertible",
    "require_version",
    "restore_lead",
    "set_exchange_rates",
    "set_respond_by",
    "set_up_pipeline",
    "take",
    "take_back",
    "take_back_together",
    "take_rows",
    "tell_of_joined",
    "typed",
    "undo_conversion",
]
