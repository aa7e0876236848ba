"""How a workspace assigns: rules, people, policies and hours, read in one statement at every capture."""

from __future__ import annotations

import json
from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any
from uuid import UUID

from django.db import connection

from leadline.assignment import policy
from leadline.assignment.models import AssignmentRule, BusinessHours, SlaPolicy
from leadline.assignment.queries.availability import COUNTED, person
from leadline.assignment.queries.calendars import TEAM_HOURS, Calendars, calendars_from
from leadline.assignment.queries.people import company_owners
from leadline.assignment.queries.plan import Plan, plan_from
from leadline.assignment.queries.speaking import asks_for_language, by_country_too, known_by
from leadline.assignment.rules import (
    Choice,
    Person,
    TargetKind,
    receivers,
    receivers_of_everything,
    team_of,
)
from leadline.engines.views import actions as views
from leadline.infra import lookup
from leadline.kit import clock
from leadline.kit.errors import Invalid
from leadline.kit.sentences import Sentence, Text, say, sentence_from, sentence_of
from leadline.leads.models import Lead
from leadline.workspaces.actor import Actor

# Row-level security narrows every table to the workspace.
_RULEBOOK = f"""
SELECT timezone, weekly, holidays, (
    SELECT coalesce(jsonb_agg(jsonb_build_object('id', r.id, 'name', r.name, 'when', r."when",
        'sentence', r.sentence, 'words', r.words, 'target_kind', r.target_kind, 'team_id', r.team_id,
        'team_name', t.name, 'member_id', r.member_id, 'until_ready', r.until_ready,
        'claim_minutes', r.claim_minutes)
        ORDER BY r.position, r.id), '[]')
    FROM assignment_assignmentrule r LEFT JOIN workspaces_team t ON t.id = r.team_id WHERE r.enabled
), (
    SELECT coalesce(jsonb_agg(jsonb_build_object('id', m.id, 'name', m.name, 'role', m.role, 'team_ids', (
        SELECT coalesce(jsonb_agg(p.team_id), '[]') FROM workspaces_teammember p WHERE p.member_id = m.id
    ), 'availability', (
        SELECT jsonb_build_object('away', a.away, 'absences', a.absences, 'weekly', a.weekly,
            'weight', a.weight, 'daily_cap', a.daily_cap, 'open_cap', a.open_cap,
            'counts', jsonb_build_array({COUNTED}))
        FROM assignment_availability a WHERE a.member_id = m.id
    ))), '[]')
    FROM workspaces_member m WHERE m.active
), (
    SELECT coalesce(jsonb_object_agg(band, jsonb_build_array(minutes, clock)), '{{}}')
    FROM assignment_slapolicy
), ({TEAM_HOURS}), (
    SELECT jsonb_build_object('chain', p.chain, 'pauses', p.pauses, 'first_step', p.first_step,
        'first_step_minutes', p.first_step_minutes)
    FROM assignment_answerplan p
)
FROM assignment_businesshours h
"""  # noqa: S608 - constant text


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
    claim_minutes: int | None

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
        calendars: Calendars,
        plan: Plan,
    ) -> None:
        self.rules = rules
        self.people = {one.id: one for one in people}
        self.policies = policies
        self.calendars = calendars
        self.plan = plan
        # Nobody else has a limit.
        self.rooms: Mapping[UUID, int] = {one.id: one.room for one in people if one.room is not None}
        self._companies: dict[UUID, UUID] = {}
        self._receivers: dict[tuple[UUID, bool], list[Person]] = {}

    def receivers(self, team_id: UUID, *, everything: bool = False) -> list[Person]:
        """Who of a team gets leads in turn; `everything` for the rule that takes all others."""
        key = (team_id, everything)
        if key not in self._receivers:
            everybody = self.people.values()
            inside = [one for one in everybody if team_id in one.team_ids]
            found = receivers_of_everything(inside, everybody) if everything else receivers(inside)
            self._receivers[key] = found
        return self._receivers[key]

    def with_rules(self, rules: Sequence[Rule]) -> Rulebook:
        """The same with other rules, and with everybody there without a limit."""
        people = [replace(one, present=True, on_duty=True, room=None) for one in self.people.values()]
        return Rulebook(rules, people, self.policies, self.calendars, self.plan)

    def is_free(self, person: Person, left: Mapping[UUID, int] | None = None) -> bool:
        """Whether the next turn may be a person's, with so much room `left`."""
        rooms = self.rooms if left is None else left
        return person.present and person.on_duty and rooms.get(person.id, 1) > 0

    def tests(self, actor: Actor, now: datetime) -> list[tuple[Rule, Callable[[Lead], bool]]]:
        """The rules with their conditions, in order; a rule that cannot be read any more matches nothing."""
        tests: list[tuple[Rule, Callable[[Lead], bool]]] = []
        for rule in self.rules:
            try:
                test = views.matcher(dict(rule.when), "lead", actor, now)
                tests.append((rule, by_country_too(test) if asks_for_language(rule.when) else test))
            except Invalid:
                continue
        return tests

    def choice(self, rule: Rule, lead: Lead) -> Choice | Text:
        """Who a matching rule gives a lead to, or why it gives it to nobody; nothing for a new person."""
        plain = self.choice_for(rule)
        if asks_for_language(rule.when):
            plain = replace(plain, language_by=known_by(lead))
        if rule.target_kind in (TargetKind.TEAM, TargetKind.QUEUE) and rule.team_id:
            among = self.receivers(rule.team_id, everything=not rule.when)
            if not among:
                return say("{rule}: nobody active in {team}", rule=rule.name, team=rule.team_name)
            return replace(plain, among=among, team_id=rule.team_id, team_name=rule.team_name)
        wanted = self._wanted(rule, lead)
        if wanted is None:
            return ""
        found = self.people.get(wanted)
        if found is None:
            return say("{rule}: the person is not active", rule=rule.name)
        if not found.present:
            return say("{rule}: {name} is away", rule=rule.name, name=found.name)
        return replace(plain, person=found, team_id=team_of(found))

    def choice_for(self, rule: Rule) -> Choice:
        """What every choice of a rule says, whoever is chosen."""
        return Choice(
            because=rule.because, rule_id=rule.id, rule_name=rule.name, until_ready=rule.until_ready
        )

    def know_companies(self, found: Collection[Lead]) -> None:
        """Look up who has the companies of these leads, in one statement, if a rule asks for it."""
        if any(rule.target_kind == TargetKind.COMPANY_OWNER for rule in self.rules):
            self._companies = company_owners(found)

    def note_company(self, lead: Lead, person: Person | None) -> None:
        """Whoever gets the first lead of a company gets the next ones of the same batch."""
        if person is not None and lead.company_id is not None:
            self._companies.setdefault(lead.company_id, person.id)

    def has_company(self, lead: Lead) -> Person | None:
        """Who has the company of a lead, if they are there."""
        owner_id = self._companies.get(lead.company_id) if lead.company_id else None
        found = self.people.get(owner_id) if owner_id else None
        return found if found is not None and found.present else None

    def _wanted(self, rule: Rule, lead: Lead) -> UUID | None:
        if rule.target_kind == TargetKind.MEMBER:
            return rule.member_id
        if rule.target_kind == TargetKind.COMPANY_OWNER:
            return self._companies.get(lead.company_id) if lead.company_id else None
        return _known_to(lead)


def _known_to(lead: Lead) -> UUID | None:
    # Whoever has the contact only through this lead is no reason to give it back to them.
    known: UUID | None = lead.contact.owner_id
    return known if known != lead.owner_id else None


def rulebook() -> Rulebook | None:
    """How the running workspace assigns, in one statement; None before the set-up."""
    with connection.cursor() as cursor:
        cursor.execute(_RULEBOOK, [now := clock.now()])
        row = cursor.fetchone()
    if row is None:
        return None
    timezone, weekly, holidays, rules, people, policies, team_hours, plan = row
    return Rulebook(
        [_rule(values) for values in json.loads(rules)],
        [person(values, timezone, now) for values in json.loads(people)],
        {band: Policy(minutes=m, clock=c) for band, (m, c) in json.loads(policies).items()},
        calendars_from(timezone, json.loads(weekly), json.loads(holidays), json.loads(team_hours)),
        plan_from(json.loads(plan) if plan else None),
    )


def rules(actor: Actor) -> list[AssignmentRule]:
    """All rules, switched off ones too, in their order; one statement."""
    rows = policy.visible_rules(actor).select_related("team", "member")
    return list(rows.order_by("position", "id"))


def enabled(rows: Sequence[AssignmentRule]) -> list[Rule]:
    """The rules that are switched on, saved or not, in the order in which they are asked."""
    names = ("id", "name", "when", "sentence", "words", "target_kind", "team_id", "member_id", "until_ready")
    return [
        Rule(
            **{name: getattr(row, name) for name in names},
            team_name=row.team.name if row.team else "",
            claim_minutes=row.claim_minutes,
        )
        for row in sorted(rows, key=lambda row: (row.position, row.id))
        if row.enabled
    ]


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
