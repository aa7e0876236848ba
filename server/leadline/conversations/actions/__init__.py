"""All writes of conversations."""

from leadline.conversations.actions.composing import forget_silent_composers, keep_composing, stop_composing
from leadline.conversations.actions.delivering import deliver, mark_interrupted, retry, try_due
from leadline.conversations.actions.fetching import fetch_media
from leadline.conversations.actions.filing import file_sent
from leadline.conversations.actions.mails import begin_mail, mail_not_taken, mail_taken
from leadline.conversations.actions.reading import mark_read
from leadline.conversations.actions.receiving import receive
from leadline.conversations.actions.sending import Draft, send, send_file
from leadline.conversations.actions.statuses import apply_statuses, forget_old_notes
from leadline.conversations.actions.talking import Call, Meeting, write_down_call, write_down_meeting
from leadline.conversations.actions.templates import change_template_state, keep_templates
from leadline.conversations.actions.wishes import note_wish

__all__ = [
    "Call",
    "Draft",
    "Meeting",
    "apply_statuses",
    "begin_mail",
    "change_template_state",
    "deliver",
    "fetch_media",
    "file_sent",
    "forget_old_notes",
    "forget_silent_composers",
    "keep_composing",
    "keep_templates",
    "mail_not_taken",
    "mail_taken",
    "mark_interrupted",
    "mark_read",
    "note_wish",
    "receive",
    "retry",
    "send",
    "send_file",
    "stop_composing",
    "try_due",
    "write_down_call",
    "write_down_meeting",
]
