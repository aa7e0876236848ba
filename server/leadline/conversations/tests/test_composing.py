"""Who is writing to a lead's person right now."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime, timedelta
from typing import Any

from leadline.conversations import actions
from leadline.conversations.models import Composer
from leadline.infra.live.changes import changes_of
from leadline.infra.models import EventRow
from leadline.kit import clock
from leadline.leads.tests import people
from leadline.testing import Api
from leadline.workspaces.actor import Actor
from leadline.workspaces.models import AuditEntry

Client = Callable[[Actor], Api]


def told() -> list[Any]:
    """What browsers are told about composers."""
    rows = EventRow.objects.filter(name="ComposersChanged").order_by("seq")
    return [(change.room, change.ids) for change in changes_of(rows)]


def test_a_colleague_sees_who_is_writing_until_the_writer_stops(
    held: datetime, rita: Actor, omer: Actor, api: Client
) -> None:
    dana = people.lead(rita, "Dana")
    writer, colleague = api(rita), api(omer)
    audited = AuditEntry.objects.count()

    assert writer.put(f"/leads/{dana.id}/composers/me").status_code == 204

    seen = colleague.get(f"/leads/{dana.id}/composers").json()
    assert seen == [{"member_id": str(rita.member_id), "name": "Rita", "since": "2026-01-07T10:00:00Z"}]
    assert writer.get(f"/leads/{dana.id}/composers").json() == []
    assert told() == [("composers", (dana.id,))]

    assert writer.delete(f"/leads/{dana.id}/composers/me").status_code == 204
    assert colleague.get(f"/leads/{dana.id}/composers").json() == []
    assert writer.delete(f"/leads/{dana.id}/composers/me").status_code == 204
    assert len(told()) == 2
    assert AuditEntry.objects.count() == audited


def test_a_heartbeat_prolongs_and_tells_nobody(held: datetime, rita: Actor, omer: Actor, api: Client) -> None:
    dana = people.lead(rita, "Dana")
    for _ in range(4):
        api(rita).put(f"/leads/{dana.id}/composers/me")
        clock.move(timedelta(seconds=10))

    (seen,) = api(omer).get(f"/leads/{dana.id}/composers").json()

    assert seen["since"] == "2026-01-07T10:00:00Z"
    assert len(told()) == 1


def test_who_says_nothing_for_25_seconds_is_not_writing_any_more(
    held: datetime, rita: Actor, omer: Actor, api: Client
) -> None:
    dana = people.lead(rita, "Dana")
    api(rita).put(f"/leads/{dana.id}/composers/me")
    clock.move(timedelta(seconds=24))
    assert actions.forget_silent_composers() == 0
    assert len(api(omer).get(f"/leads/{dana.id}/composers").json()) == 1

    clock.move(timedelta(seconds=1))
    assert api(omer).get(f"/leads/{dana.id}/composers").json() == []
    assert actions.forget_silent_composers() == 1
    assert not Composer.objects.exists()
    assert told() == [("composers", (dana.id,))] * 2

    clock.move(timedelta(seconds=1))
    api(rita).put(f"/leads/{dana.id}/composers/me")
    (seen,) = api(omer).get(f"/leads/{dana.id}/composers").json()
    assert seen["since"] == "2026-01-07T10:00:26Z"


def test_a_heartbeat_costs_two_statements_and_a_look_two(
    rita: Actor, omer: Actor, statements: Callable[[], Any]
) -> None:
    from leadline.conversations import queries

    dana = people.lead(rita, "Dana")
    actions.keep_composing(rita, dana.id)
    with statements() as seen:
        actions.keep_composing(rita, dana.id)
    assert [q["sql"][:6] for q in seen if "SAVEPOINT" not in q["sql"]] == ["SELECT", "UPDATE"]
    with statements() as seen:
        assert len(queries.composers(omer, dana.id)) == 1
    assert len(seen) == 2


def test_writing_is_for_members_who_may_write_to_the_lead(
    rita: Actor, sam: Actor, ola: Actor, stranger: Actor, api: Client
) -> None:
    dana = people.lead(rita, "Dana")
    key = api(ola).post("/api-keys", {"name": "Shop", "scopes": ["leads:read", "messages:send"]}).json()
    for other in (sam, stranger):
        assert api(other).get(f"/leads/{dana.id}/composers").status_code == 404
        assert api(other).put(f"/leads/{dana.id}/composers/me").status_code == 404
        assert api(other).delete(f"/leads/{dana.id}/composers/me").status_code == 404
    assert Api(key=key["token"]).put(f"/leads/{dana.id}/composers/me").status_code == 403
    assert not Composer.objects.exists()
