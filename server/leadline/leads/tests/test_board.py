"""Columns with exact totals, at the same cost for any number of leads."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import suppress
from datetime import datetime, timedelta
from random import Random
from typing import Any

import pytest
from django.db import transaction
from django.db.models import F

from leadline.infra import tenancy
from leadline.kit import clock, ids
from leadline.kit.errors import NotFound
from leadline.leads import actions, queries
from leadline.leads.actions import move_lead
from leadline.leads.models import BoardTotal, Lead
from leadline.leads.ports import AssignmentOf, LossIn
from leadline.leads.queries import totals
from leadline.leads.queries.filtering import filtered, plain
from leadline.leads.shapes import Board, Column
from leadline.leads.tests import people
from leadline.workspaces.actor import Actor


def column(board: Board, name: str) -> Column:
    return next(column for column in board.columns if column.stage.name == name)


def sums(board: Board) -> dict[str, tuple[int, dict[str, int]]]:
    return {c.stage.name: (c.count, {a.currency: a.minor for a in c.value}) for c in board.columns}


def assert_totals_are_exact(actor: Actor) -> None:
    pipeline_id = queries.pipelines(actor)[0].id
    counted = totals.counted_totals(filtered(actor, None), pipeline_id)
    kept = totals.kept_totals(actor, pipeline_id, plain(actor, None))  # type: ignore[arg-type]
    assert {k: v for k, v in kept.items() if v.count} == counted


def test_a_fresh_board_has_the_default_stages(rita: Actor) -> None:
    actions.set_up_pipeline(rita)

    columns = queries.board(rita).columns
    assert [(c.stage.name, c.stage.probability, c.stage.rots_after_days, c.stage.kind) for c in columns] == [
        ("New Inquiry", 10, 1, "open"),
        ("First Contact", 25, 3, "open"),
        ("Quote Sent", 50, 7, "open"),
        ("Negotiation", 70, 7, "open"),
        ("Closed won", 100, None, "won"),
        ("Closed lost", 0, None, "lost"),
    ]


def test_a_card_shows_what_a_rep_needs(rita: Actor, held: datetime) -> None:
    people.lead(rita, "Dana Levi", value_minor=5000, identities={"email": "dana@delta.co.il"})
    clock.move(timedelta(days=2))

    (card,) = column(queries.board(rita), "New Inquiry").cards
    assert (card.name, card.contact_name, card.company_name) == ("Dana Levi", "Dana Levi", "delta.co.il")
    assert (card.value_minor, card.currency, card.source, card.channel) == (5000, "ILS", "website", "form")
    assert card.owner is not None
    assert (card.owner.name, card.days_in_stage, card.rotten, card.sla) == ("Rita", 2, True, "none")


def test_a_column_adds_up_also_after_moves_and_under_a_filter(rita: Actor, omer: Actor) -> None:
    leads = [people.lead(rita, f"P{i}", value_minor=100 * i) for i in range(1, 5)]
    people.lead(omer, "P9", value_minor=7, source="referral")
    move_lead(rita, leads[3].id, people.stage("Negotiation").id)

    board = queries.board(rita)
    assert sums(board)["New Inquiry"] == (4, {"ILS": 607})
    assert sums(board)["Negotiation"] == (1, {"ILS": 400})
    assert column(board, "Negotiation").weighted_minor == 280
    for tree in (
        {"field": "owner", "op": "eq", "value": "me"},
        {"all": [{"field": "source", "op": "in", "value": ["website"]}]},
        {"field": "value_minor", "op": "gte", "value": 200},
    ):
        for shown in queries.board(rita, tree).columns:
            assert shown.count == len(shown.cards)
            assert shown.value_minor == sum(card.value_minor for card in shown.cards)
    assert_totals_are_exact(rita)


def test_mixed_currencies_are_kept_apart_and_marked(rita: Actor) -> None:
    people.lead(rita, "A", value_minor=100, currency="ILS")
    people.lead(rita, "B", value_minor=30, currency="USD")
    people.lead(rita, "C")

    new = column(queries.board(rita), "New Inquiry")
    assert sums(queries.board(rita))["New Inquiry"] == (3, {"ILS": 100, "USD": 30})
    assert (new.mixed, new.value_minor) == (True, 100)


def test_totals_stay_exact_under_bulk_sql_deletes_and_compaction(rita: Actor, mona: Actor) -> None:
    for i in range(6):
        people.lead(rita, f"P{i}", value_minor=i)
    Lead.objects.filter(value_minor__lte=2).update(
        stage=people.stage("Quote Sent"), value_minor=F("value_minor") * 3
    )
    Lead.objects.filter(value_minor=5).update(source="event", owner=None, team=None)
    assert_totals_are_exact(rita)
    assert_totals_are_exact(mona)

    actions.delete_lead(mona, Lead.objects.filter(value_minor=4).get().id)
    Lead.objects.filter(value_minor=3, stage__name="New Inquiry").delete()
    actions.compact_totals()

    assert_totals_are_exact(mona)
    assert BoardTotal.objects.count() <= 4
    assert sum(c.count for c in queries.board(mona).columns) == 4


@pytest.mark.parametrize("seed", range(3))
def test_totals_stay_exact_whatever_happens(mona: Actor, rita: Actor, sam: Actor, seed: int) -> None:
    chance = Random(seed)
    leads = [
        people.lead(rita, f"P{i}", value_minor=i * 10, currency=chance.choice(["ILS", "USD"]))
        for i in range(6)
    ]
    stages, reason = list(queries.stages_in_use()), queries.loss_reason_named("Price")
    steps: list[Callable[[Lead], object]] = [
        lambda lead: move_lead(mona, lead.id, chance.choice(stages).id, lost=LossIn(reason_id=reason)),
        lambda lead: actions.change_lead(mona, lead.id, {"value_minor": chance.randrange(500)}),
        lambda lead: actions.change_lead(mona, lead.id, {"owner_id": chance.choice([rita, sam]).member_id}),
        lambda lead: actions.change_lead(mona, lead.id, {"source": chance.choice(["event", "phone"])}),
        lambda lead: actions.mark_spam(mona, lead.id),
        lambda lead: actions.delete_lead(mona, lead.id),
        lambda lead: actions.restore_lead(mona, lead.id),
        lambda lead: actions.compact_totals(),
    ]
    for _ in range(60):
        with suppress(NotFound), transaction.atomic():
            chance.choice(steps)(chance.choice(leads))

    for who in (mona, rita, sam):
        assert_totals_are_exact(who)


def test_totals_are_known_without_a_look_at_the_leads(rita: Actor, statements: Callable[[], Any]) -> None:
    people.lead(rita, "A")
    with statements() as seen:
        queries.board(rita, {"field": "source", "op": "eq", "value": "website"})

    (summing,) = [query["sql"] for query in seen.captured_queries if "SUM(" in query["sql"]]
    assert "leads_lead" not in summing


def test_a_restored_lead_counts_again(mona: Actor) -> None:
    lead = people.lead(mona, "A", value_minor=10)
    actions.delete_lead(mona, lead.id)
    assert column(queries.board(mona), "New Inquiry").count == 0
    actions.restore_lead(mona, lead.id)
    assert sums(queries.board(mona))["New Inquiry"] == (1, {"ILS": 10})


def test_everybody_sees_the_columns_of_the_own_scope(
    rita: Actor, omer: Actor, sam: Actor, mona: Actor
) -> None:
    people.lead(rita, "A", value_minor=1)
    people.lead(sam, "B", value_minor=2)

    assert [sums(queries.board(who))["New Inquiry"] for who in (rita, omer, sam, mona)] == [
        (1, {"ILS": 1}),
        (1, {"ILS": 1}),
        (1, {"ILS": 2}),
        (2, {"ILS": 3}),
    ]


def test_a_lead_given_away_leaves_the_board_of_who_gave_it(rita: Actor, sam: Actor) -> None:
    lead = people.lead(rita, "A", value_minor=1)

    row = AssignmentOf(lead_id=lead.id, owner_id=sam.member_id, team_id=next(iter(sam.team_ids)))
    actions.assign(rita, [row])

    assert column(queries.board(rita), "New Inquiry").count == 0
    assert column(queries.board(sam), "New Inquiry").count == 1
    assert_totals_are_exact(sam)


def test_a_long_column_continues_where_the_board_ends(rita: Actor, held: datetime) -> None:
    for i in range(7):
        people.lead(rita, f"P{i}")
        clock.move(timedelta(minutes=1))
    new = column(queries.board(rita, per_column=3), "New Inquiry")
    seen, cursor = [card.name for card in new.cards], new.next_cursor
    while cursor:
        more = queries.column_page(rita, new.stage.id, cursor=cursor, limit=3)
        seen += [card.name for card in more.cards]
        cursor = more.next_cursor

    assert new.count == 7
    assert seen == [f"P{i}" for i in (6, 5, 4, 3, 2, 1, 0)]


def fill(actor: Actor, each: int) -> None:
    """Leads in every column, straight into the table."""
    lead = people.lead(actor, "Pattern")
    stages = list(queries.stages_in_use())
    rows = []
    for stage in stages:
        for i in range(each):
            copy = Lead.objects.get(id=lead.id)
            copy.id, copy.stage, copy.status = ids.new_id(), stage, "won"
            copy.name, copy.value_minor = f"{stage.name} {i}", i
            rows.append(copy)
    Lead.objects.bulk_create(rows)


@pytest.mark.parametrize("each", [1, 60])
def test_the_board_takes_four_statements_at_any_size(
    rita: Actor, statements: Callable[[], Any], each: int
) -> None:
    fill(rita, each)

    with statements() as seen:
        board = queries.board(rita)
    with statements() as filtered_too:
        queries.board(rita, {"field": "value_minor", "op": "gt", "value": 3})

    assert len(seen) == len(filtered_too) == 4
    assert all(len(c.cards) <= 50 for c in board.columns)
    assert [c.count for c in board.columns][1:] == [each] * 5


def test_another_company_has_a_board_of_its_own(rita: Actor, stranger: Actor) -> None:
    people.lead(rita, "A", value_minor=1)

    with tenancy.workspace(stranger.workspace_id):
        actions.set_up_pipeline(stranger)
        assert sum(c.count for c in queries.board(stranger).columns) == 0


def test_a_lost_lead_counts_in_its_column(rita: Actor) -> None:
    lead = people.lead(rita, "A", value_minor=5)
    reason = queries.loss_reason_named("Price")
    move_lead(rita, lead.id, people.stage("Closed lost").id, lost=LossIn(reason_id=reason))

    lost = column(queries.board(rita), "Closed lost")
    assert (lost.count, lost.value_minor, lost.weighted_minor) == (1, 5, 0)
