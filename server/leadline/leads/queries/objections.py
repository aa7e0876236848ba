"""What was said against buying, and how often it was overcome."""

from __future__ import annotations

from collections.abc import Sequence
from uuid import UUID

from django.db.models import Count, Q

from leadline.infra import lookup
from leadline.leads import policy
from leadline.leads.models import Objection
from leadline.leads.rules import LeadStatus, Outcome
from leadline.leads.shapes import ObjectionKind
from leadline.workspaces.actor import Actor


def objections_of(actor: Actor, lead_id: UUID) -> Sequence[Objection]:
    """The objections of one lead, newest first."""
    lookup.get(policy.visible_leads(actor).only("id"), lead_id)
    return list(policy.visible_objections(actor).filter(lead_id=lead_id).order_by("-at", "-id"))


def objection(actor: Actor, objection_id: UUID) -> Objection:
    """One objection of a lead the actor sees."""
    return lookup.get(policy.visible_objections(actor), objection_id)


def objection_kinds(actor: Actor) -> list[ObjectionKind]:
    """Every kind of objection with the leads that had it: how many were won, the best rate first.

    The rate is won / (won + lost) in percent; none while no such lead is closed. 1 statement.
    """
    rows = (
        policy.visible_objections(actor)
        .values("kind")
        .annotate(
            leads=Count("lead", distinct=True),
            overcome=Count("lead", distinct=True, filter=Q(outcome=Outcome.OVERCOME)),
            won=Count("lead", distinct=True, filter=Q(lead__status=LeadStatus.WON)),
            lost=Count("lead", distinct=True, filter=Q(lead__status=LeadStatus.LOST)),
        )
    )
    found = [ObjectionKind(**row, win_rate=_rate(row["won"], row["lost"])) for row in rows.order_by("kind")]
    return sorted(found, key=lambda kind: (kind.win_rate is None, -(kind.win_rate or 0), -kind.leads))


def _rate(won: int, lost: int) -> float | None:
    return round(100 * won / (won + lost), 1) if won + lost else None
