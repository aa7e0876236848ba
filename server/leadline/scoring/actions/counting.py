"""Count the points of leads: a fixed number of statements, however many leads."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from uuid import UUID

from leadline.engines.views import actions as views
from leadline.engines.views.rules import duration
from leadline.infra import tenancy
from leadline.infra.jobs import background
from leadline.kit import clock
from leadline.kit.errors import Invalid
from leadline.kit.text import fold
from leadline.leads import actions as leads
from leadline.leads.models import Lead
from leadline.leads.ports import ScoreOf
from leadline.scoring import queries
from leadline.scoring.actions.qualifying import classify
from leadline.scoring.actions.setting_up import set_up
from leadline.scoring.actions.surging import tell_surges
from leadline.scoring.models import Fading, ScoreEntry
from leadline.scoring.queries import Rule, Scoring
from leadline.scoring.rules import FADES, Group, Happening, fit_changes, given_for_fit, in_window, standing
from leadline.workspaces.actor import Actor


@dataclass
class _Count:
    """One counting of a batch of leads."""

    scoring: Scoring
    now: datetime
    fits: Sequence[tuple[Rule, Callable[[Lead], bool]]]
    fading: bool
    currency: str
    made: list[ScoreEntry] = field(default_factory=list)
    fades: dict[UUID, datetime | None] = field(default_factory=dict)
    scores: list[ScoreOf] = field(default_factory=list)


def score(
    workspace_id: UUID,
    lead_ids: Iterable[UUID],
    happened: Sequence[Happening] = (),
    *,
    fresh: bool = False,
    fading: bool = False,
) -> None:
    """Count the open ones of these leads anew, and what happened with them; telling it twice counts once.

    At most 5 statements and those of leads.apply_scores; `fresh` leads have no points yet.
    """
    scoring = _scoring(workspace_id)
    found = queries.leads_to_score({*lead_ids, *(one.lead_id for one in happened)})
    if not found:
        return
    known = {} if fresh else queries.entries_of([lead.id for lead in found])
    events: dict[UUID, list[Happening]] = {}
    for one in happened:
        events.setdefault(one.lead_id, []).append(one)
    now = clock.now()
    actor = Actor.product(workspace_id)
    currency = queries.currency_of_price(actor, scoring.weights)
    count = _Count(scoring, now, _tests(actor, scoring, now), fading, currency)
    for lead in found:
        _count(count, lead, known.get(lead.id, []), events.get(lead.id, []))
    _write(count)
    interested = {entry.lead_id for entry in count.made if entry.group == Group.ENGAGEMENT}
    if interested:
        look_at_interest.later(workspace_id=str(workspace_id), lead_ids=sorted(map(str, interested)))


def fade(workspace_id: UUID, lead_ids: Collection[UUID]) -> None:
    """Let time take its points from those of these leads whose turn has come; safe beside other workers."""
    with tenancy.workspace(workspace_id):
        # Leads are locked before what belongs to them, as everywhere.
        queries.leads_to_score(lead_ids)
        due = Fading.objects.filter(lead_id__in=lead_ids, due_at__lte=clock.now())
        mine = list(due.select_for_update(skip_locked=True).order_by("lead_id"))
        # Closed leads fade no more; the open ones get their next moment when they are counted.
        Fading.objects.filter(id__in=[row.id for row in mine]).update(due_at=None)
        score(workspace_id, [row.lead_id for row in mine], fading=True)


@background(retries=5, gathers="lead_ids")
def look_at_interest(*, workspace_id: str, lead_ids: list[str]) -> None:
    """What these leads did may qualify them, and may be worth a call at once."""
    with tenancy.workspace(UUID(workspace_id)):
        found = [UUID(lead_id) for lead_id in lead_ids]
        classify(UUID(workspace_id), found)
        tell_surges(found)


def _scoring(workspace_id: UUID) -> Scoring:
    found = queries.scoring()
    if found is None:
        set_up(Actor.product(workspace_id))
        found = queries.scoring()
    assert found is not None
    return found


def _tests(actor: Actor, scoring: Scoring, now: datetime) -> list[tuple[Rule, Callable[[Lead], bool]]]:
    tests: list[tuple[Rule, Callable[[Lead], bool]]] = []
    for rule in scoring.of(Group.FIT):
        try:
            tests.append((rule, views.matcher(dict(rule.when), "lead", actor, now)))
        except Invalid:
            # A rule about a field that is gone gives no points; Settings says so. Capture goes on.
            continue
    return tests


def _count(count: _Count, lead: Lead, known: Sequence[ScoreEntry], happened: Sequence[Happening]) -> None:
    new = [*_fit(count, lead, known), *_engagement(count, lead, known, happened)]
    after = standing([*known, *new], count.scoring.weights, count.now)
    if count.fading and after.engagement != lead.engagement:
        new.append(_faded(count, lead, after.engagement - lead.engagement))
    for entry in new:
        entry.score_after = after.score
    count.made += new
    if after.fades_at is not None or lead.engagement > 0:
        count.fades[lead.id] = after.fades_at
    weights = count.scoring.weights
    ready_at = (lead.ready_at or count.now) if after.score >= weights.ready else None
    poor_fit = weights.is_poor_fit(lead.budget_minor, queries.price_of(lead, weights, count.currency))
    band = lead.band if lead.band_overridden else weights.band(after.score, poor_fit=poor_fit).value
    if (after.fit, after.engagement, after.score, band, ready_at, poor_fit) != _present(lead):
        count.scores.append(
            ScoreOf(
                lead_id=lead.id,
                fit=after.fit,
                engagement=after.engagement,
                score=after.score,
                band=band,
                ready_at=ready_at,
                poor_fit=poor_fit,
            )
        )


def _present(lead: Lead) -> tuple[int, int, int, str, datetime | None, bool]:
    return lead.fit, lead.engagement, lead.score, lead.band, lead.ready_at, lead.poor_fit


def _fit(count: _Count, lead: Lead, known: Sequence[ScoreEntry]) -> Iterable[ScoreEntry]:
    matching = {rule.id: (rule.name, rule.points) for rule, holds in count.fits if holds(lead)}
    for rule_id, label, points in fit_changes(matching, given_for_fit(known)):
        yield ScoreEntry(
            lead_id=lead.id,
            workspace_id=lead.workspace_id,
            group=Group.FIT,
            rule_id=rule_id,
            label=label,
            points=points,
            at=count.now,
        )


def _engagement(
    count: _Count, lead: Lead, known: Sequence[ScoreEntry], happened: Sequence[Happening]
) -> list[ScoreEntry]:
    made: list[ScoreEntry] = []
    told = {entry.ref for entry in known if entry.ref}
    for one in sorted(happened, key=lambda happening: happening.at):
        for rule in count.scoring.of(Group.ENGAGEMENT):
            ref = f"{one.ref}:{rule.id}"
            if ref in told or not _is_about(rule, one) or not _in_time(rule, lead, one.at):
                continue
            counted = [entry.at for entry in (*known, *made) if entry.rule_id == rule.id]
            if in_window(one.at, counted, duration(str(rule.when.get("window", "")))):
                continue
            told.add(ref)
            made.append(
                ScoreEntry(
                    lead_id=lead.id,
                    workspace_id=lead.workspace_id,
                    group=Group.ENGAGEMENT,
                    kind=one.kind,
                    rule_id=rule.id,
                    label=rule.name,
                    points=rule.points,
                    at=one.at,
                    ref=ref,
                )
            )
    return made


def _is_about(rule: Rule, one: Happening) -> bool:
    """Whether the rule gives points for this, and for what it was done with."""
    if rule.when.get("event") != one.kind:
        return False
    about = str(rule.when.get("about", ""))
    return not about or fold(about) in fold(one.what)


def _in_time(rule: Rule, lead: Lead, at: datetime) -> bool:
    """Whether the person answered our first message as fast as the rule wants."""
    within = duration(str(rule.when.get("within", "")))
    if within is None:
        return True
    ours = [moment for moment in (lead.first_auto_reply_at, lead.first_touch_at) if moment]
    return bool(ours) and min(ours) <= at <= min(ours) + within


def _faded(count: _Count, lead: Lead, points: int) -> ScoreEntry:
    return ScoreEntry(
        lead_id=lead.id,
        workspace_id=lead.workspace_id,
        group=Group.FADING,
        label=FADES,
        points=points,
        at=count.now,
    )


def _write(count: _Count) -> None:
    if count.made:
        ScoreEntry.objects.bulk_create(count.made, ignore_conflicts=True)
    if count.fades:
        Fading.objects.bulk_create(
            [Fading(lead_id=lead_id, due_at=due) for lead_id, due in sorted(count.fades.items())],
            update_conflicts=True,
            unique_fields=["lead"],
            update_fields=["due_at"],
        )
    if count.scores:
        leads.apply_scores(count.scores)
