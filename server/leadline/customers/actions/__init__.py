"""All writes of the room."""

from leadline.customers.actions.bringing import take_rows, take_rows_back
from leadline.customers.actions.changing import change_customer, set_map
from leadline.customers.actions.converting import convert_lead, make_customer
from leadline.customers.actions.undoing import undo_conversion

__all__ = [
    "change_customer",
    "convert_lead",
    "make_customer",
    "set_map",
    "take_rows",
    "take_rows_back",
    "undo_conversion",
]
