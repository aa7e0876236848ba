"""What happened is written down once, shown newest first, and never rewritten."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any

import pytest
from django.db import DatabaseError, transaction

from leadline.engines.timeline import actions, queries
from leadline.engines.timeline.actions import Entry
from leadline.engines.timeline.models import TimelineEntry
from leadline.infra import tenancy
from leadline.infra.models import EventRow
from leadline.kit import clock, ids
from leadline.kit.errors import Invalid
from leadline.workspaces.actor import Actor

LEAD, DANA = ids.new_id(), ids.new_id()


def test_a_batch_is_one_insert_and_one_event(rita: Actor, statements: Any) -> None:
    notes = [Entry.by(rita, "note", about_id=LEAD, with_id=DANA, text=f"Note {n}") for n in range(300)]
    with statements() as seen:
        actions.record(*notes)
    assert [s["sql"].split()[0] for s in seen.captured_queries] == ["INSERT", "INSERT"]

    event = EventRow.objects.get(name="TimelineEntryAdded")
    assert event.payload["about_ids"] == [str(LEAD)]
    assert event.payload["kinds"] == ["note"]
    assert TimelineEntry.objects.count() == 300


def test_nothing_to_record_records_nothing(rita: Actor, statements: Any) -> None:
    with statements() as seen:
        assert actions.record() == []
    assert len(seen) == 0


def test_a_persons_entry_is_not_automatic_and_the_products_is(rita: Actor) -> None:
    product = Actor.product(rita.workspace_id)
    by_rita, by_product = actions.record(
        Entry.by(rita, "note", about_id=LEAD), Entry.by(product, "stage", about_id=LEAD)
    )
    assert (by_rita.actor_name, by_rita.automatic) == ("Rita", False)
    assert (by_product.actor_name, by_product.automatic) == ("Leadline", True)


def test_pages_show_every_entry_once_newest_first_also_when_they_share_a_moment(
    rita: Actor, held: datetime, statements: Any
) -> None:
    for n in range(7):
        if n % 3 == 0:
            clock.move(timedelta(seconds=1))
        actions.record(Entry(kind="note", about_id=LEAD, text=str(n)))
    shown, cursor = [], None
    for _ in range(4):
        with statements() as seen:
            page = queries.entries(rita, about_id=LEAD, cursor=cursor, limit=2)
        assert len(seen) == 1
        shown += [entry.text for entry in page.items]
        cursor = page.next_cursor
    assert cursor is None
    assert shown == ["6", "5", "4", "3", "2", "1", "0"]


def test_one_entry_shows_on_the_lead_and_on_the_person(rita: Actor) -> None:
    actions.record(Entry(kind="call", about_id=LEAD, with_id=DANA), Entry(kind="note", about_id=ids.new_id()))
    assert [e.kind for e in queries.entries(rita, about_id=LEAD).items] == ["call"]
    assert [e.kind for e in queries.entries(rita, with_id=DANA).items] == ["call"]
    assert queries.entries(rita, about_id=LEAD, kinds=["note"]).items == []


def test_a_room_completes_its_entries_when_they_are_read(rita: Actor) -> None:
    actions.offer_completion("test_message", lambda rows: {row.id: {"state": "read"} for row in rows})
    actions.record(
        Entry(kind="test_message", about_id=LEAD, payload={"n": 1}), Entry(kind="note", about_id=LEAD)
    )
    payloads = {e.kind: e.payload for e in queries.entries(rita, about_id=LEAD).items}
    assert payloads == {"test_message": {"n": 1, "state": "read"}, "note": {}}


@pytest.mark.parametrize("cursor", ["", "x", "W10", "WyJhIiwiYiJd", "WzEsMl0", "bnVsbA"])
def test_a_broken_cursor_is_refused(rita: Actor, cursor: str) -> None:
    if not cursor:
        assert queries.entries(rita, about_id=LEAD, cursor=cursor).items == []
        return
    with pytest.raises(Invalid):
        queries.entries(rita, about_id=LEAD, cursor=cursor)


def test_what_happened_cannot_be_rewritten_or_deleted(rita: Actor) -> None:
    actions.record(Entry(kind="note", about_id=LEAD, text="As it was"))
    with pytest.raises(DatabaseError, match="append-only"), transaction.atomic():
        TimelineEntry.objects.update(text="Otherwise")
    with pytest.raises(DatabaseError, match="append-only"), transaction.atomic():
        TimelineEntry.objects.all().delete()
    assert TimelineEntry.objects.get().text == "As it was"


def test_merged_people_share_their_history_and_erased_people_have_none(rita: Actor) -> None:
    other = ids.new_id()
    actions.record(Entry(kind="note", with_id=other), Entry(kind="note", with_id=DANA))
    assert actions.rejoin(with_={other: DANA}) == 1
    assert len(queries.entries(rita, with_id=DANA).items) == 2
    assert actions.erase(with_ids=[DANA]) == 2
    assert queries.entries(rita, with_id=DANA).items == []


def test_another_company_sees_nothing_even_with_the_right_id(rita: Actor, stranger: Actor) -> None:
    actions.record(Entry(kind="note", about_id=LEAD, text="secret"))
    with tenancy.workspace(stranger.workspace_id):
        assert queries.entries(stranger, about_id=LEAD).items == []
        assert TimelineEntry.objects.count() == 0
