"""The short way for columns gives the rows, the order and the values that Django's own way gives."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from django.db import DataError, connection
from django.db.models import Count, F

from leadline.infra import events
from leadline.infra.models import EventRow
from leadline.infra.orm import compiler
from leadline.workspaces.actor import Actor
from leadline.workspaces.events import MemberChanged, MemberJoined
from leadline.workspaces.models import Member, TeamMember, Workspace

pytestmark = pytest.mark.usefixtures("inside")


def test_rows_come_with_their_related_rows_in_the_order_asked_for(
    rita: Actor, omer: Actor, statements: Callable[[], Any]
) -> None:
    places = TeamMember.objects.select_related("member__user", "team").order_by("-member__name", "id")
    with statements() as told:
        shown = [(place.member.name, place.member.user.email, place.team.name) for place in places]
    assert len(told) == 1
    assert shown == sorted(shown, reverse=True)
    assert {name for name, _, _ in shown} >= {"Rita", "Omer"}


def test_distinct_rows_stay_distinct_when_they_are_ordered(rita: Actor, omer: Actor) -> None:
    names = list(Member.objects.values_list("role", flat=True).distinct().order_by("role"))
    assert names == sorted(set(names))


def test_a_named_expression_may_be_ordered_by_its_name(rita: Actor, omer: Actor) -> None:
    rows = Member.objects.values("role").annotate(heads=Count("id")).order_by("-heads", "role")
    counts = [row["heads"] for row in rows]
    assert counts == sorted(counts, reverse=True)
    shouted = Member.objects.annotate(shown=F("name")).order_by("-shown").values_list("shown", flat=True)
    assert list(shouted) == sorted(shouted, reverse=True)


def test_unions_keep_their_order(rita: Actor, omer: Actor) -> None:
    one = Member.objects.filter(id=str(rita.member_id)).values_list("name")
    other = Member.objects.filter(id=str(omer.member_id)).values_list("name")
    assert list(one.union(other).order_by("name")) == [("Omer",), ("Rita",)]


def test_json_is_read_as_what_was_written(inside: Workspace) -> None:
    payload = {"name": "שרה", "list": [1, {"deep": None}], "half": 0.5}
    row = EventRow.objects.create(name="Tried", payload=payload)
    assert EventRow.objects.get(seq=row.seq).payload == payload


@pytest.mark.parametrize(
    "moment",
    [
        datetime(2026, 1, 7, 10, 0, tzinfo=UTC),
        datetime(2026, 12, 31, 23, 59, 59, 999999, tzinfo=UTC),
        datetime(1, 1, 1, tzinfo=UTC),
        datetime(9999, 12, 31, 23, 59, 59, 1, tzinfo=UTC),
        datetime(1890, 5, 1, 12, 30, 15, 250000, tzinfo=UTC),
    ],
)
def test_a_moment_is_read_to_the_microsecond_in_utc(inside: Workspace, moment: datetime) -> None:
    row = EventRow.objects.create(name="Tried", payload={}, at=moment)
    read = EventRow.objects.get(seq=row.seq).at
    assert (read, read.utcoffset(), read.tzinfo) == (moment, timedelta(0), UTC)


def test_a_moment_python_cannot_hold_is_refused_as_data(inside: Workspace) -> None:
    with connection.cursor() as cursor:
        cursor.execute("SELECT 'infinity'::timestamptz")
        with pytest.raises(DataError):
            cursor.fetchone()


def test_the_compilers_are_ours() -> None:
    assert isinstance(Member.objects.all().query.get_compiler("default"), compiler.SQLCompiler)


def test_a_chain_of_events_is_written_down_in_one_statement(
    inside: Workspace, statements: Callable[[], Any]
) -> None:
    ids = {"workspace_id": inside.id, "member_id": inside.id}
    with statements() as told:
        events.record(MemberChanged(**ids), MemberJoined(**ids))
    assert [row.name for row in EventRow.objects.order_by("seq")][-2:] == ["MemberChanged", "MemberJoined"]
    assert sum("infra_eventrow" in query["sql"] for query in told.captured_queries) == 1
