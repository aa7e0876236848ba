"""How a workspace assigns: rules, people, policies and hours, read in one statement at every capture."""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time
from typing import Any
from uuid import UUID

from django.db import connection

from leadline.assignment import policy
from leadline.assignment.models import AssignmentRule, BusinessHours, SlaPolicy
from leadline.assignment.rules import Choice, Person, TargetKind, receivers, receivers_of_everything, team_of
from leadline.engines.views import actions as views
from leadline.infra import lookup
from leadline.kit.business_hours import Calendar
from leadline.kit.errors import Invalid
from leadline.kit.sentences import Sentence, Text, say, sentence_from, sentence_of
from leadline.leads.models import Lead
from leadline.workspaces.actor import Actor

WEEKDAYS = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")
# Row-level security narrows every table to the workspace.
_RULEBOOK = """
SELECT timezone, weekly, holidays, (
    SELECT coalesce(jsonb_agg(jsonb_build_object('id', r.id, 'name', r.name, 'when', r."when",
        'sentence', r.sentence, 'words', r.words, 'target_kind', r.target_kind, 'team_id', r.team_id,
        'team_name', t.name, 'member_id', r.member_id, 'until_ready', r.until_ready)
        ORDER BY r.position, r.id), '[]')
    FROM assignment_assignmentrule r LEFT JOIN workspaces_team t ON t.id = r.team_id WHERE r.enabled
), (
    SELECT coalesce(jsonb_agg(jsonb_build_object('id', m.id, 'name', m.name, 'role', m.role, 'team_ids', (
        SELECT coalesce(jsonb_agg(p.team_id), '[]') FROM workspaces_teammember p WHERE p.member_id = m.id
    ))), '[]')
    FROM workspaces_member m WHERE m.active
), (
    SELECT coalesce(jsonb_object_agg(band, jsonb_build_array(minutes, clock)), '{}') FROM assignment_slapolicy
)
FROM assignment_businesshours
"""
_HOURS = "SELECT timezone, weekly, holidays FROM assignment_businesshours"


@dataclass(frozen=True, kw_only=True)
class Rule:
    """An enabled rule."""

    id: UUID
    name: str
    when: Mapping[str, Any]
    sentence: str
    words: Mapping[str, Any] | None
    target_kind: str
    team_id: UUID | None
    team_name: str
    member_id: UUID | None
    until_ready: bool

    @property
    def said(self) -> Text:
        """The conditions in words."""
        return sentence_of(self.words) or self.sentence

    @property
    def because(self) -> Text:
        """What the explanation says; a rule for every lead is called by its name."""
        return self.said if self.when else self.name


@dataclass(frozen=True, kw_only=True)
class Policy:
    """Within how many minutes, of which time, a human must answer."""

    minutes: int
    clock: str


class Rulebook:
    """The rules, the active people, the policies and the hours of a workspace."""

    def __init__(
        self,
        rules: Sequence[Rule],
        people: Sequence[Person],
        policies: Mapping[str, Policy],
        calendar: Calendar | None,
    ) -> None:
        self.rules = rules
        self.people = {person.id: person for person in people}
        self.policies = policies
        self.calendar = calendar
        self._receivers: dict[tuple[UUID, bool], list[Person]] = {}

    def receivers(self, team_id: UUID, *, everything: bool = False) -> list[Person]:
        """Who of a team gets leads in turn; `everything` for the rule that takes all others."""
        key = (team_id, everything)
        if key not in self._receivers:
            everybody = self.people.values()
            inside = [person for person in everybody if team_id in person.team_ids]
            found = receivers_of_everything(inside, everybody) if everything else receivers(inside)
            self._receivers[key] = found
        return self._receivers[key]

    def tests(self, actor: Actor, now: datetime) -> list[tuple[Rule, Callable[[Lead], bool]]]:
        """The rules with their conditions, in order; a rule that cannot be read any more matches nothing."""
        tests: list[tuple[Rule, Callable[[Lead], bool]]] = []
        for rule in self.rules:
            try:
                tests.append((rule, views.matcher(dict(rule.when), "lead", actor, now)))
            except Invalid:
                continue
        return tests

    def choice(self, rule: Rule, lead: Lead) -> Choice | Text:
        """Who a matching rule gives a lead to, or why it gives it to nobody; nothing for a new person."""
        facts: dict[str, Any] = {
            "because": rule.because,
            "rule_id": rule.id,
            "rule_name": rule.name,
            "until_ready": rule.until_ready,
        }
        if rule.target_kind == TargetKind.TEAM and rule.team_id:
            among = self.receivers(rule.team_id, everything=not rule.when)
            if not among:
                return say("{rule}: nobody active in {team}", rule=rule.name, team=rule.team_name)
            return Choice(among=among, team_id=rule.team_id, team_name=rule.team_name, **facts)
        wanted = rule.member_id if rule.target_kind == TargetKind.MEMBER else _known_to(lead)
        if wanted is None:
            return ""
        person = self.people.get(wanted)
        if person is None:
            return say("{rule}: the person is not active", rule=rule.name)
        return Choice(person=person, team_id=team_of(person), **facts)


def _known_to(lead: Lead) -> UUID | None:
    # Whoever has the contact only through this lead is no reason to give it back to them.
    known: UUID | None = lead.contact.owner_id
    return known if known != lead.owner_id else None


def rulebook() -> Rulebook | None:
    """How the running workspace assigns, in one statement; None before the set-up."""
    with connection.cursor() as cursor:
        cursor.execute(_RULEBOOK)
        row = cursor.fetchone()
    if row is None:
        return None
    timezone, weekly, holidays, rules, people, policies = row
    return Rulebook(
        [_rule(values) for values in json.loads(rules)],
        [_person(values) for values in json.loads(people)],
        {band: Policy(minutes=m, clock=c) for band, (m, c) in json.loads(policies).items()},
        calendar_of(timezone, json.loads(weekly), json.loads(holidays)),
    )


def calendar() -> Calendar | None:
    """The business hours of the running workspace, in one statement; None until they are set."""
    with connection.cursor() as cursor:
        cursor.execute(_HOURS)
        row = cursor.fetchone()
    return calendar_of(row[0], json.loads(row[1]), json.loads(row[2])) if row else None


def calendar_of(timezone: str, weekly: Mapping[str, Any], holidays: Sequence[str]) -> Calendar | None:
    """The calendar of stored hours; None without a single hour. Invalid (422) for hours that cannot be."""
    days: dict[int, list[tuple[time, time]]] = {}
    for name, spans in weekly.items():
        if name not in WEEKDAYS:
            raise Invalid(
                say("“{name}” is not a day; use {days}.", name=name, days=", ".join(WEEKDAYS)), field="weekly"
            )
        try:
            days[WEEKDAYS.index(name)] = [(_time(opens), _time(closes)) for opens, closes in spans]
        except (ValueError, TypeError) as error:
            raise Invalid('Write hours as ["09:00", "17:00"].', field=f"weekly.{name}") from error
    try:
        free = frozenset(date.fromisoformat(day) for day in holidays)
    except (ValueError, TypeError) as error:
        raise Invalid("Write holidays as 2026-04-02.", field="holidays") from error
    made = Calendar(timezone, days, free)
    return None if made.never_opens else made


def rules(actor: Actor) -> list[AssignmentRule]:
    """All rules, switched off ones too, in their order; one statement."""
    rows = policy.visible_rules(actor).select_related("team", "member")
    return list(rows.order_by("position", "id"))


def policies(actor: Actor) -> list[SlaPolicy]:
    """The SLA policies, the shortest first."""
    return list(policy.visible_policies(actor).order_by("minutes", "band"))


def hours(actor: Actor) -> BusinessHours:
    """The business hours."""
    row = policy.visible_hours(actor).first()
    return row or lookup.get(policy.visible_hours(actor), actor.workspace_id)


def sentence(when: Mapping[str, Any]) -> Sentence:
    """The condition of a rule in words."""
    try:
        return views.describe(dict(when), "lead")
    except Invalid as error:
        return say("Cannot be read any more: {why}", why=sentence_from(error.said))


def _rule(values: Mapping[str, Any]) -> Rule:
    ids = {key: UUID(values[key]) if values[key] else None for key in ("team_id", "member_id")}
    return Rule(**{**values, **ids, "id": UUID(values["id"]), "team_name": values["team_name"] or ""})


def _person(values: Mapping[str, Any]) -> Person:
    return Person(
        id=UUID(values["id"]),
        name=values["name"],
        role=values["role"],
        team_ids=frozenset(UUID(team_id) for team_id in values["team_ids"]),
    )


def _time(text: str) -> time:
    if text == "24:00":
        return time(0, 0)
    found = time.fromisoformat(text)
    if found.tzinfo is not None:
        raise ValueError("Hours have no time zone.")
    return found
