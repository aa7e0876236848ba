"""Lists of leads, in pages that continue by key."""

from __future__ import annotations

from collections.abc import Collection
from uuid import UUID

from django.db.models import QuerySet

from leadline.engines.search import queries as search
from leadline.engines.views import actions as views
from leadline.infra.web import Page
from leadline.kit import clock
from leadline.leads import policy
from leadline.leads.models import Lead
from leadline.leads.queries import cards, totals
from leadline.leads.queries.filtering import filtered, kind_shown, of_kind, of_view, plain
from leadline.leads.queries.ordering import cut, ordered
from leadline.leads.rules import Kind
from leadline.leads.shapes import LeadRow
from leadline.workspaces.actor import Actor
from leadline.workspaces.queries import own_workspace

NEWEST = "-inbound_at"
BEST = "-score"
COUNTED = 10_000
_MOST_FOUND = 200


def leads_page(
    actor: Actor,
    tree: views.Tree | None = None,
    *,
    view: str = "all",
    kind: Kind | None = None,
    q: str = "",
    sort: str = "",
    cursor: str | None = None,
    limit: int = 50,
) -> Page[LeadRow]:
    """A page of leads: 3 statements, and those of the search and of a custom field where they are used.

    Without a kind it shows leads and no deals, unless the view or the filter is about both. The first
    page knows how many there are in all; None means more than 10,000. Unless another order is asked
    for, the newest come first, and of those that need action the best.
    """
    sort = sort or (BEST if view == "action" else NEWEST)
    shown_kind = kind_shown(kind, tree, view)
    leads = listed(actor, tree, view=view, kind=kind, q=q)
    found = cards.rows_of(ordered(leads, sort, cursor)[: limit + 1], sort, views.computed(actor, "lead"))
    shown, next_cursor = cut(found, limit, sort)
    total = None
    if cursor is None:
        kept = plain(actor, tree) if view == "all" and not q.strip() else None
        total = totals.kept_count(actor, kept, shown_kind) if kept is not None else _count(leads)
    currency, now = own_workspace(actor).currency, clock.now()
    return Page[LeadRow].model_construct(
        items=[cards.row(values, currency, now) for values in shown], next_cursor=next_cursor, total=total
    )


def listed(
    actor: Actor, tree: views.Tree | None = None, *, view: str = "all", kind: Kind | None = None, q: str = ""
) -> QuerySet[Lead]:
    """All leads that a list shows, on whatever page."""
    leads = filtered(actor, tree).filter(of_view(actor, view), of_kind(kind_shown(kind, tree, view)))
    if not q.strip():
        return leads
    hits = search.search(actor, q, limit=_MOST_FOUND)
    return leads.filter(id__in=[hit.id for hit in hits if hit.object == "lead"])


def leads_with(actor: Actor, lead_ids: Collection[UUID]) -> QuerySet[Lead]:
    """Those of these leads and deals that the actor sees."""
    return policy.visible_leads(actor).filter(id__in=list(lead_ids))


def lead_rows(actor: Actor, lead_ids: Collection[UUID], sort: str = NEWEST) -> list[LeadRow]:
    """Those of these leads and deals that the actor sees, as rows of a list: 1 statement."""
    if not lead_ids:
        return []
    found = cards.rows_of(leads_with(actor, lead_ids), sort, views.computed(actor, "lead"))
    currency, now = own_workspace(actor).currency, clock.now()
    return [cards.row(values, currency, now) for values in found]


def _count(leads: QuerySet[Lead]) -> int | None:
    counted = leads.order_by()[: COUNTED + 1].count()
    return counted if counted <= COUNTED else None
