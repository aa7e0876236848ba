"""Reads of the scoring room."""

from __future__ import annotations

import json
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from django.db import connection
from django.db.models import Count, Sum

from leadline.engines.timeline.models import TimelineEntry
from leadline.engines.views import actions as views
from leadline.engines.views.rules import duration
from leadline.infra import lookup
from leadline.kit import clock
from leadline.kit.errors import Invalid
from leadline.kit.sentences import Sentence, Value, say, sentence_from, span
from leadline.leads import queries as lead_queries
from leadline.leads.models import Lead
from leadline.leads.rules import LeadStatus
from leadline.scoring import policy
from leadline.scoring.models import (
    Fading,
    LeadTypeVisit,
    ScoreDraft,
    ScoreEdition,
    ScoreEntry,
    ScoreRule,
    ScoreSettings,
)
from leadline.scoring.rules import (
    KIND_SENTENCES,
    SHORTEST_TALK_SECONDS,
    EventKind,
    Group,
    Happening,
    Standing,
    Weights,
    standing,
)
from leadline.workspaces.actor import Actor
from leadline.workspaces.queries import own_workspace

_WEIGHTS = (
    *("fit_cap", "engagement_cap", "opens_cap", "half_life_days"),
    *("hot", "warm", "ready", "price_minor", "least_budget"),
)
# One statement at every capture; row-level security narrows both tables to the workspace.
_CONFIG = """
SELECT fit_cap, engagement_cap, opens_cap, half_life_days, hot, warm, ready, price_minor, least_budget, (
    SELECT coalesce(jsonb_agg(jsonb_build_object('id', id, 'group', "group", 'name', name,
        'when', "when", 'points', points) ORDER BY position, id), '[]')
    FROM scoring_scorerule WHERE enabled)
FROM scoring_scoresettings
"""
ON_TIMELINE = {
    "call": EventKind.CALL,
    "meeting": EventKind.MEETING,
    "consent": EventKind.OPT_OUT,
    "download": EventKind.DOWNLOAD,
    "click": EventKind.CLICK,
    "webinar": EventKind.WEBINAR,
    "event": EventKind.MEETING,
    "visit": EventKind.VISIT,
    "stay": EventKind.STAY,
}


@dataclass(frozen=True, kw_only=True)
class Rule:
    """An enabled rule."""

    id: UUID
    group: str
    name: str
    when: Mapping[str, Any]
    points: int


@dataclass(frozen=True, kw_only=True)
class Scoring:
    """The numbers and the enabled rules of a workspace."""

    weights: Weights
    rules: Sequence[Rule]

    def of(self, group: Group) -> list[Rule]:
        """The rules of one group."""
        return [rule for rule in self.rules if rule.group == group]


@dataclass(frozen=True, kw_only=True)
class Explanation:
    """The score of a lead now, the reasons that add up to it, and how it came there."""

    lead: Lead
    standing: Standing
    threshold: int
    history: Sequence[ScoreEntry]


def scoring() -> Scoring | None:
    """The running workspace's numbers and enabled rules, in one statement; None before the set-up."""
    with connection.cursor() as cursor:
        cursor.execute(_CONFIG)
        row = cursor.fetchone()
    if row is None:
        return None
    *numbers, rules = row
    return Scoring(
        weights=Weights(**dict(zip(_WEIGHTS, numbers, strict=True))),
        rules=[Rule(**{**rule, "id": UUID(rule["id"])}) for rule in json.loads(rules)],
    )


def currency_of_price(actor: Actor, weights: Weights) -> str:
    """In which currency the usual price of the workspace is; nobody asks while there is none."""
    return own_workspace(actor).currency if weights.price_minor else ""


def price_of(lead: Lead, weights: Weights, currency: str) -> int:
    """What the lead would pay: its own value, else the usual price where that is in its currency."""
    usual = weights.price_minor if lead.currency in ("", currency) else 0
    return lead.value_minor or usual


def leads_to_score(lead_ids: Collection[UUID]) -> list[Lead]:
    """The open leads among these with person and company, locked; one statement, none for a fresh capture."""
    fresh = lead_queries.captured_now(lead_ids)
    if fresh is not None:
        return fresh
    rows = Lead.objects.filter(id__in=lead_ids, status=LeadStatus.OPEN, deleted_at=None).order_by("id")
    rows = rows.select_for_update(no_key=True, of=("self",))
    return list(rows.select_related("contact", "company"))


def entries_of(lead_ids: Collection[UUID]) -> dict[UUID, list[ScoreEntry]]:
    """What gave points to these leads, oldest first; one statement."""
    found: dict[UUID, list[ScoreEntry]] = {}
    for entry in ScoreEntry.objects.filter(lead_id__in=lead_ids).order_by("at", "id"):
        found.setdefault(entry.lead_id, []).append(entry)
    return found


def open_lead_ids(*, after: UUID | None, until: UUID | None = None, limit: int) -> list[UUID]:
    """A piece of all open leads of the running workspace, in order of their ids, up to the last one."""
    rows = Lead.objects.filter(status=LeadStatus.OPEN, deleted_at=None)
    if after is not None:
        rows = rows.filter(id__gt=after)
    if until is not None:
        rows = rows.filter(id__lte=until)
    return list(rows.order_by("id").values_list("id", flat=True)[:limit])


def middle_lead_id(least: int) -> UUID | None:
    """The lead in the middle of all open ones of the running workspace; None where there are too few."""
    rows = Lead.objects.filter(status=LeadStatus.OPEN, deleted_at=None)
    count = rows.count()
    if count < least:
        return None
    return rows.order_by("id").values_list("id", flat=True)[count // 2 - 1]


def happened_on_timeline(
    about_ids: Collection[UUID], with_ids: Collection[UUID], kinds: Collection[str]
) -> list[Happening]:
    """Talks, meetings and refusals on the timelines of these leads, or of people with an open lead."""
    rows = TimelineEntry.objects.filter(kind__in=set(kinds) & ON_TIMELINE.keys())
    entries = list(rows.filter(about_id__in=about_ids))
    loose = list(rows.filter(with_id__in=with_ids, about_id=None)) if "consent" in kinds else []
    leads = lead_queries.open_leads_of([entry.with_id for entry in loose if entry.with_id]) if loose else {}
    found = []
    for entry in (*entries, *loose):
        lead = leads.get(entry.with_id) if entry.about_id is None and entry.with_id else None
        lead_id = entry.about_id or (lead.id if lead else None)
        if lead_id is not None and _counts(entry):
            kind, what = ON_TIMELINE[entry.kind], _what(entry)
            found.append(Happening(kind=kind, lead_id=lead_id, at=entry.at, ref=str(entry.id), what=what))
    return found


def _what(entry: TimelineEntry) -> str:
    """What it was done with; a page that the company called important counts as one about its prices."""
    said = (entry.payload.get(name) for name in ("what", "url", "name"))
    return " ".join([*(str(one) for one in said if one), *(["/pricing"] if entry.payload.get("key") else [])])


def _counts(entry: TimelineEntry) -> bool:
    if entry.kind == "consent":
        return entry.payload.get("allowed") is False
    if entry.kind == "call":
        return _talked(entry.payload)
    if entry.kind == "click":
        return not entry.payload.get("machine")
    return str(entry.payload.get("outcome", "held")) == "held"


def _talked(call: Mapping[str, Any]) -> bool:
    """Whether somebody answered and stayed; who writes a call down may not know how long it took."""
    seconds = call.get("seconds", call.get("duration_seconds"))
    answered = str(call.get("outcome", "answered" if seconds else "")) == "answered"
    return answered and (seconds is None or int(seconds) >= SHORTEST_TALK_SECONDS)


def due_fadings(now: datetime, limit: int) -> dict[UUID, list[UUID]]:
    """Leads whose engagement has lost a point by now, by workspace; for the sweep, across workspaces."""
    rows = Fading.objects.filter(due_at__lte=now).order_by("due_at").values_list("workspace_id", "lead_id")
    found: dict[UUID, list[UUID]] = {}
    for workspace_id, lead_id in rows[:limit]:
        found.setdefault(workspace_id, []).append(lead_id)
    return found


def explanation(actor: Actor, lead_id: UUID) -> Explanation:
    """Why a lead has its score; three statements."""
    lead = lead_queries.require_visible(actor, lead_id)
    config = scoring()
    weights = config.weights if config else Weights()
    entries = entries_of([lead.id]).get(lead.id, [])
    history = sorted(entries, key=lambda entry: (entry.written_at, entry.id))
    return Explanation(
        lead=lead,
        standing=standing(entries, weights, clock.now()),
        threshold=weights.ready,
        history=history,
    )


def settings(actor: Actor) -> ScoreSettings:
    """The numbers of the workspace."""
    row = policy.visible_settings(actor).first()
    return row or lookup.get(policy.visible_settings(actor), actor.workspace_id)


def rules(actor: Actor) -> list[ScoreRule]:
    """All rules, switched off ones too, in order; one statement."""
    return list(policy.visible_rules(actor).order_by("group", "position", "id"))


def rule(actor: Actor, rule_id: UUID) -> ScoreRule:
    """One rule."""
    return lookup.get(policy.visible_rules(actor), rule_id)


def risen(lead_ids: Collection[UUID], since: datetime, least: int) -> list[tuple[Lead, int]]:
    """The open leads among these that got so many points for what they did since then."""
    rows = ScoreEntry.objects.filter(lead_id__in=lead_ids, group=Group.ENGAGEMENT, at__gt=since)
    sums = dict(rows.order_by().values_list("lead").annotate(sum=Sum("points")).filter(sum__gte=least))
    found = Lead.objects.filter(id__in=sums, status=LeadStatus.OPEN, deleted_at=None).order_by("id")
    return [(lead, sums[lead.id]) for lead in found] if sums else []


def engagements_of(lead_ids: Collection[UUID]) -> dict[UUID, int]:
    """How many things each of these leads did that showed interest."""
    rows = ScoreEntry.objects.filter(lead_id__in=lead_ids, group=Group.ENGAGEMENT, points__gt=0)
    return dict(rows.order_by().values_list("lead").annotate(n=Count("at", distinct=True)))


def types_of(lead_ids: Collection[UUID]) -> dict[UUID, list[str]]:
    """Every type these leads have had, the last one last."""
    found: dict[UUID, list[str]] = {}
    rows = LeadTypeVisit.objects.filter(lead_id__in=lead_ids).order_by("at", "id")
    for lead_id, kind in rows.values_list("lead_id", "lead_type"):
        found.setdefault(lead_id, []).append(kind)
    return found


def last_types(lead_ids: Collection[UUID]) -> dict[UUID, str]:
    """The type that was dated last for each of these leads."""
    return {lead_id: kinds[-1] for lead_id, kinds in types_of(lead_ids).items()}


def type_visits(actor: Actor, lead_id: UUID) -> list[LeadTypeVisit]:
    """When a lead became what, oldest first."""
    lead = lead_queries.require_visible(actor, lead_id)
    return list(LeadTypeVisit.objects.filter(lead=lead).order_by("at", "id"))


def names_of(lead_ids: Collection[UUID]) -> dict[UUID, str]:
    """What these leads are called."""
    return dict(Lead.objects.filter(id__in=lead_ids).values_list("id", "name"))


def draft(actor: Actor) -> ScoreDraft | None:
    """What is being tried, if anything."""
    return policy.visible_drafts(actor).first()


def editions(actor: Actor) -> list[ScoreEdition]:
    """What was published, newest first, with the progress of the counting."""
    return list(policy.visible_editions(actor).order_by("-number")[:50])


def in_force(actor: Actor) -> dict[str, Any]:
    """The numbers and rules in force, as a draft would hold them."""
    numbers = policy.visible_settings(actor).values(*_WEIGHTS).first() or {}
    return {"numbers": {**vars(Weights()), **numbers}, "rules": [as_content(rule) for rule in rules(actor)]}


def draft_or_in_force(actor: Actor) -> dict[str, Any]:
    """The content of the draft; of what is in force while there is none."""
    kept = draft(actor)
    return kept.content if kept else in_force(actor)


def as_content(rule: ScoreRule) -> dict[str, Any]:
    """A rule as a draft holds it."""
    names = ("group", "name", "when", "points", "enabled", "position")
    return {"id": str(rule.id), **{name: getattr(rule, name) for name in names}}


def sentence(group: str, when: Mapping[str, Any]) -> Sentence:
    """When a rule gives its points, in words."""
    if group == Group.FIT:
        try:
            return views.describe(dict(when), "lead")
        except Invalid as error:
            return say("Cannot be read any more: {why}", why=sentence_from(error.said))
    words = say(KIND_SENTENCES[EventKind(when["event"])])
    if when.get("about"):
        words = say("{what} (“{about}”)", what=words, about=str(when["about"]))
    if when.get("within"):
        words = say("{what} within {time}", what=words, time=_span(when["within"]))
    if when.get("window"):
        words = say("{what}; at most once in {time}", what=words, time=_span(when["window"]))
    return words


def _span(text: str) -> Value:
    length = duration(text)
    return span(length) if length else text
