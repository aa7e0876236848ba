"""All writes of capture."""

from leadline.capture.actions.alarms import note_error, shut, works
from leadline.capture.actions.connections import (
    ask_again,
    change_connection,
    close_connection,
    open_connection,
    renew_token,
)
from leadline.capture.actions.fetching import resting
from leadline.capture.actions.forgetting import forget_settled_submissions
from leadline.capture.actions.handling import discard, mark_spam, retry, retry_all
from leadline.capture.actions.receiving import (
    DoorChanged,
    keep_understood,
    note_seen,
    receive,
    store,
    understood,
)
from leadline.capture.actions.supplying import erase, receive_found
from leadline.capture.actions.taking_in import take_in
from leadline.capture.actions.trying import door_of, try_connection
from leadline.capture.actions.understanding import queue_again, understand

__all__ = [
    "DoorChanged",
    "ask_again",
    "change_connection",
    "close_connection",
    "discard",
    "door_of",
    "erase",
    "forget_settled_submissions",
    "keep_understood",
    "mark_spam",
    "note_error",
    "note_seen",
    "open_connection",
    "queue_again",
    "receive",
    "receive_found",
    "renew_token",
    "resting",
    "retry",
    "retry_all",
    "shut",
    "store",
    "take_in",
    "try_connection",
    "understand",
    "understood",
    "works",
]
