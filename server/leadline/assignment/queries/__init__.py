"""All reads of the room."""

from leadline.assignment.queries.availability import availabilities, rooms
from leadline.assignment.queries.breaches import Breaches, breaches
from leadline.assignment.queries.clocks import clock_details, due_clocks, untouched
from leadline.assignment.queries.people import (
    leads_to_assign,
    open_lead_ids_of,
    unowned_lead_ids,
    waiting_lead_ids,
    waits,
    workspaces_with_unowned_leads,
)
from leadline.assignment.queries.placing import Placed, Turns, place
from leadline.assignment.queries.rulebook import (
    Policy,
    Rule,
    Rulebook,
    calendar,
    hours,
    policies,
    rulebook,
    rules,
    sentence,
)
from leadline.assignment.queries.simulation import Rehearsed, Simulation, Tried, rehearse, simulate

__all__ = [
    "Breaches",
    "Placed",
    "Policy",
    "Rehearsed",
    "Rule",
    "Rulebook",
    "Simulation",
    "Tried",
    "Turns",
    "availabilities",
    "breaches",
    "calendar",
    "clock_details",
    "due_clocks",
    "hours",
    "leads_to_assign",
    "open_lead_ids_of",
    "place",
    "policies",
    "rehearse",
    "rooms",
    "rulebook",
    "rules",
    "sentence",
    "simulate",
    "unowned_lead_ids",
    "untouched",
    "waiting_lead_ids",
    "waits",
    "workspaces_with_unowned_leads",
]
