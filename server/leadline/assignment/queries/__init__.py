"""All reads of the room."""

from leadline.assignment.queries.availability import availabilities, rooms
from leadline.assignment.queries.breaches import Breaches, breaches
from leadline.assignment.queries.calendars import Calendars, calendar, calendars, team_hours
from leadline.assignment.queries.clocks import clock_details, due_clocks, untouched
from leadline.assignment.queries.people import (
    leads_to_assign,
    open_lead_ids_of,
    owners_who_left,
    unowned_lead_ids,
    waiting_lead_ids,
    waits,
    workspaces_with_unowned_leads,
)
from leadline.assignment.queries.placing import Placed, TurnsOf, place
from leadline.assignment.queries.plan import Plan, answer_plan, plan
from leadline.assignment.queries.rulebook import (
    Policy,
    Rule,
    Rulebook,
    hours,
    policies,
    rulebook,
    rules,
    sentence,
)
from leadline.assignment.queries.simulation import Rehearsed, Simulation, Tried, rehearse, simulate

__all__ = [
    "Breaches",
    "Calendars",
    "Placed",
    "Plan",
    "Policy",
    "Rehearsed",
    "Rule",
    "Rulebook",
    "Simulation",
    "Tried",
    "TurnsOf",
    "answer_plan",
    "availabilities",
    "breaches",
    "calendar",
    "calendars",
    "clock_details",
    "due_clocks",
    "hours",
    "leads_to_assign",
    "open_lead_ids_of",
    "owners_who_left",
    "place",
    "plan",
    "policies",
    "rehearse",
    "rooms",
    "rulebook",
    "rules",
    "sentence",
    "simulate",
    "team_hours",
    "unowned_lead_ids",
    "untouched",
    "waiting_lead_ids",
    "waits",
    "workspaces_with_unowned_leads",
]
