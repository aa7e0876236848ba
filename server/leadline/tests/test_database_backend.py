"""The short way for columns gives the rows, the order and the values that Django's own way gives."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from django.db import DataError, connection, transaction
from django.db.models import Count, F
from django.db.models.functions import Now

from leadline.infra import bulk, events
from leadline.infra.entity import save_all
from leadline.infra.models import EventRow
from leadline.infra.orm import compiler
from leadline.workspaces.actor import Actor
from leadline.workspaces.events import MemberChanged, MemberJoined
from leadline.workspaces.models import AuditEntry, IdempotentAnswer, Member, TeamMember, Workspace
from leadline.workspaces.rules import Role

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


def test_rows_written_as_one_document_are_what_was_given(inside: Workspace, ola: Actor) -> None:
    at = datetime(2026, 1, 7, 10, 0, 0, 123456, tzinfo=UTC)
    changes = {"quote": '"; DROP TABLE %s --', "list": [1, None, {"א": 0.5}], "long": "ש" * 3000}
    rows = [
        AuditEntry(
            workspace_id=inside.id,
            actor_name="O'Hara \\ \n שרה",
            action=Role.ADMIN,
            object_type="x",
            object_id=None if n else inside.id,
            changes={} if n else changes,
            address=None if n else "2001:db8::7",
            at=at,
        )
        for n in range(3)
    ]
    AuditEntry.objects.bulk_create(rows)
    names = ("actor_name", "action", "object_id", "changes", "address", "at")
    for given in rows:
        read = AuditEntry.objects.get(id=given.id)
        assert [getattr(read, name) for name in names] == [getattr(given, name) for name in names]


def test_a_value_that_does_not_fit_is_refused_and_never_cut(inside: Workspace) -> None:
    for name in ("N" * 81, "N\x00"):
        rows = [EventRow(name=written, payload={}) for written in ("Tried", name)]
        with pytest.raises(DataError), transaction.atomic():
            EventRow.objects.bulk_create(rows)
    assert not EventRow.objects.filter(name__startswith="Tried").exists()


def test_what_only_the_database_can_work_out_is_still_written(inside: Workspace) -> None:
    rows = [EventRow(name="Tried", payload={}, at=Now()), EventRow(name="Tried", payload={"n": 1})]
    EventRow.objects.bulk_create(rows)
    assert [row.payload for row in EventRow.objects.filter(name="Tried").order_by("seq")] == [{}, {"n": 1}]


def test_rows_saved_together_keep_what_others_wrote_elsewhere(
    rita: Actor, omer: Actor, statements: Callable[[], Any]
) -> None:
    members = list(Member.objects.order_by("name"))
    Member.objects.update(phone="+972501234567")
    for member in members:
        member.name = f"{member.name} 'שני'"
    with statements() as told:
        save_all(members, ["name"])
    assert len(told) == 1
    found = Member.objects.order_by("name")
    assert [(one.name, one.version) for one in found] == [(one.name, one.version) for one in members]
    assert {one.phone for one in found} == {"+972501234567"}
    assert all(one.version == 2 for one in found)


def test_bytes_are_changed_in_bulk_as_they_are(inside: Workspace) -> None:
    kept = [
        IdempotentAnswer.objects.create(
            workspace_id=inside.id, key=str(n), actor_id=inside.id, fingerprint="", body=b"before"
        )
        for n in range(2)
    ]
    kept[0].body, kept[1].body = bytes(range(256)), b""
    assert bulk.save_rows(kept, ["body", "status"]) == 2
    read = IdempotentAnswer.objects.order_by("key").values_list("body", flat=True)
    assert [bytes(body) for body in read] == [bytes(range(256)), b""]


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
