"""All writes of the room."""

from leadline.contacts.actions.changing import ContactChange, change_contact, set_owners
from leadline.contacts.actions.locking import lock_contacts
from leadline.contacts.actions.matching import Match, match_or_make

__all__ = ["ContactChange", "Match", "change_contact", "lock_contacts", "match_or_make", "set_owners"]
