"""The board: columns with exact totals and their first cards."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from decimal import Decimal
from typing import Any
from uuid import UUID

from django.db.models import QuerySet

from leadline.engines.views import actions as views
from leadline.infra import lookup
from leadline.kit import clock
from leadline.kit.errors import NotFound
from leadline.leads import policy, rules
from leadline.leads.models import Lead, Stage
from leadline.leads.queries import cards, totals
from leadline.leads.queries.filtering import filtered, of_view, plain
from leadline.leads.queries.ordering import cut, ordered, require_order_of_cards
from leadline.leads.queries.rates import rates_into
from leadline.leads.queries.totals import Totals
from leadline.leads.shapes import Amount, Board, Column, ColumnPage, Named, StageOut
from leadline.workspaces.actor import Actor
from leadline.workspaces.queries import own_workspace

NEWEST = "-entered_stage_at"


def board(
    actor: Actor,
    tree: views.Tree | None = None,
    *,
    pipeline_id: UUID | None = None,
    view: str = "all",
    sort: str = NEWEST,
    per_column: int = 50,
) -> Board:
    """A pipeline (the default one) with all columns, exact totals and first cards: 4 statements.

    One more for a filter by a custom field, and one when a column holds several currencies. Only a filter
    by more than owner and source counts leads.
    """
    stages = _stages(actor, pipeline_id)
    pipeline = stages[0].pipeline
    leads = filtered(actor, tree).filter(of_view(actor, view))
    kept = plain(actor, tree) if view == "all" else None
    summed = (
        totals.kept_totals(actor, pipeline.id, kept)
        if kept is not None
        else totals.counted_totals(leads, pipeline.id)
    )
    require_order_of_cards(sort)
    first = _first_cards(leads, stages, sort, per_column)
    currency, now = own_workspace(actor).currency, clock.now()
    totals_of = {stage.id: summed.get(stage.id, Totals()) for stage in stages}
    values = {stage_id: _own_currency(one.value, currency) for stage_id, one in totals_of.items()}
    several = any(len(value) > 1 for value in values.values())
    rates = rates_into(actor, currency) if several else {}
    columns = []
    for stage in stages:
        shown, next_cursor = cut(first[stage.id], per_column, sort)
        columns.append(
            Column.model_construct(
                stage=StageOut.model_validate(stage),
                count=totals_of[stage.id].count,
                average_days=totals_of[stage.id].average_days(now),
                **_money(stage, values[stage.id], currency, rates),
                cards=[cards.card(each, currency, now) for each in shown],
                next_cursor=next_cursor,
            )
        )
    return Board.model_construct(
        pipeline=Named.model_construct(id=pipeline.id, name=pipeline.name), currency=currency, columns=columns
    )


def column_page(
    actor: Actor,
    stage_id: UUID,
    tree: views.Tree | None = None,
    *,
    view: str = "all",
    cursor: str | None = None,
    sort: str = NEWEST,
    limit: int = 50,
) -> ColumnPage:
    """More cards of one column: 3 statements."""
    stage = lookup.get(policy.visible_stages(actor), stage_id)
    require_order_of_cards(sort)
    rows = ordered(filtered(actor, tree).filter(of_view(actor, view), stage_id=stage.id), sort, cursor)
    shown, next_cursor = cut(cards.cards_of(rows[: limit + 1], sort), limit, sort)
    currency, now = own_workspace(actor).currency, clock.now()
    return ColumnPage.model_construct(
        cards=[cards.card(values, currency, now) for values in shown], next_cursor=next_cursor
    )


def _stages(actor: Actor, pipeline_id: UUID | None) -> list[Stage]:
    rows = policy.visible_stages(actor).filter(pipeline__archived_at=None).select_related("pipeline")
    which = {"pipeline_id": pipeline_id} if pipeline_id else {"pipeline__is_default": True}
    stages = list(rows.filter(**which).order_by("position", "id"))
    if not stages:
        raise NotFound("There is no such pipeline.")
    return stages


def _first_cards(
    leads: QuerySet[Lead], stages: Sequence[Stage], sort: str, per_column: int
) -> dict[UUID, list[dict[str, Any]]]:
    # One index walk per column, in one statement: a window function would number every lead.
    parts = [
        ordered(leads.filter(stage_id=stage.id), sort).values("id")[: per_column + 1] for stage in stages
    ]
    found: dict[UUID, list[dict[str, Any]]] = {stage.id: [] for stage in stages}
    pages = parts[0].union(*parts[1:], all=True) if len(parts) > 1 else parts[0]
    for values in cards.cards_of(pages, sort):
        found[values["stage_id"]].append(values)
    return found


def _own_currency(value: Mapping[str, int], currency: str) -> dict[str, int]:
    named: dict[str, int] = {}
    for code, minor in value.items():
        named[code or currency] = named.get(code or currency, 0) + minor
    return named


def _money(
    stage: Stage, value: Mapping[str, int], currency: str, rates: Mapping[str, Decimal]
) -> dict[str, Any]:
    mixed = len(value) > 1
    # A column of one foreign currency is shown in it.
    found = rules.worth(value, currency, rates) if mixed else rules.Sum(sum(value.values()))
    return {
        "value": [Amount.model_construct(currency=c, minor=m) for c, m in sorted(value.items())],
        "value_minor": found.minor,
        "mixed": mixed,
        "unconverted": list(found.left_out),
        "weighted_minor": found.minor * stage.probability // 100,
    }
