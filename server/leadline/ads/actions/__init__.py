"""All writes of lead forms."""

from leadline.ads.actions.catching_up import catch_up, catch_up_later, queue_catching_up
from leadline.ads.actions.forms import keep_form
from leadline.ads.actions.sandbox import fill_in, open_account, switch

__all__ = [
    "catch_up",
    "catch_up_later",
    "fill_in",
    "keep_form",
    "open_account",
    "queue_catching_up",
    "switch",
]
