"""Lists of leads, in pages that continue by key."""

from __future__ import annotations

from django.db.models import QuerySet

from leadline.engines.search import queries as search
from leadline.engines.views import actions as views
from leadline.infra.web import Page
from leadline.kit import clock
from leadline.leads.models import Lead
from leadline.leads.queries import cards, totals
from leadline.leads.queries.filtering import filtered, of_view, plain
from leadline.leads.queries.ordering import cut, ordered
from leadline.leads.shapes import LeadRow
from leadline.workspaces.actor import Actor
from leadline.workspaces.queries import own_workspace

NEWEST = "-inbound_at"
COUNTED = 10_000
_MOST_FOUND = 200


def leads_page(
    actor: Actor,
    tree: views.Tree | None = None,
    *,
    view: str = "all",
    q: str = "",
    sort: str = NEWEST,
    cursor: str | None = None,
    limit: int = 50,
) -> Page[LeadRow]:
    """A page of leads: 3 statements, and those of the search and of a custom field where they are used.

    The first page knows how many there are in all; None means more than 10,000.
    """
    leads = filtered(actor, tree).filter(of_view(actor, view))
    if q.strip():
        hits = search.search(actor, q, limit=_MOST_FOUND)
        leads = leads.filter(id__in=[hit.id for hit in hits if hit.object == "lead"])
    found = cards.rows_of(ordered(leads, sort, cursor)[: limit + 1], sort)
    shown, next_cursor = cut(found, limit, sort)
    total = None
    if cursor is None:
        kept = plain(actor, tree) if view == "all" and not q.strip() else None
        total = totals.kept_count(actor, kept) if kept is not None else _count(leads)
    currency, now = own_workspace(actor).currency, clock.now()
    return Page[LeadRow].model_construct(
        items=[cards.row(values, currency, now) for values in shown], next_cursor=next_cursor, total=total
    )


def _count(leads: QuerySet[Lead]) -> int | None:
    counted = leads.order_by()[: COUNTED + 1].count()
    return counted if counted <= COUNTED else None
