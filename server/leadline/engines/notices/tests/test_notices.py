"""Members are told once, quietly, and by the carriers that were asked for."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any

import pytest
from django.core import mail

from leadline.engines.notices import actions, delivery, queries
from leadline.engines.notices.actions import Letter, Telling
from leadline.engines.notices.models import Delivery, Notice
from leadline.engines.notices.ports import DeliveryUncertain, carriers
from leadline.infra import tenancy
from leadline.infra.live.changes import changes_of
from leadline.infra.live.visibility import Viewer, told_to
from leadline.infra.models import EventRow, Job
from leadline.kit import ids
from leadline.kit.errors import Conflict
from leadline.workspaces.actor import Actor
from leadline.workspaces.rules import Scope

LEAD = ids.new_id()


@pytest.fixture
def brought() -> Iterator[list[Letter]]:
    """The letters a pigeon brought."""
    letters: list[Letter] = []
    actions.offer_carrier("pigeon", letters.append)
    yield letters
    carriers.pop("pigeon")


def telling(to: Actor, **changes: Any) -> Telling:
    assert to.member_id
    return Telling(**{"member_id": to.member_id, "kind": "assigned", "title": "Dana is yours", **changes})


def carry(row: Delivery) -> bool:
    return delivery.carry(workspace_id=str(row.workspace_id), delivery_id=str(row.id))


def test_a_member_is_told_and_nobody_else(rita: Actor, omer: Actor, api: Callable[[Actor], Any]) -> None:
    actions.tell([telling(rita, text="She wrote by WhatsApp.", link_object="lead", link_id=LEAD)])

    answer = api(rita).get("/notices").json()
    (notice,) = answer["items"]
    assert (notice["title"], notice["text"]) == ("Dana is yours", "She wrote by WhatsApp.")
    assert notice["link"] == {"object": "lead", "id": str(LEAD)}
    assert (notice["read_at"], answer["unread"], answer["next_cursor"]) == (None, 1, None)
    assert api(omer).get("/notices").json() == {"items": [], "unread": 0, "next_cursor": None}
    event = EventRow.objects.get(name="NoticeGiven")
    assert event.payload["member_id"] == str(rita.member_id)


def test_an_import_tells_once_instead_of_a_thousand_times(rita: Actor, omer: Actor, statements: Any) -> None:
    with statements() as seen:
        told = actions.tell(
            [telling(rita, title=f"Lead {n}", link_id=LEAD) for n in range(1000)] + [telling(omer)]
        )
    assert len(seen) == 2
    assert sorted(n.title for n in told) == ["Dana is yours", "Lead 0, and 999 more"]
    summary = next(n for n in told if n.member_id == rita.member_id)
    assert summary.link_id is None
    assert summary.text.endswith("Lead 9\nand 990 more")


def test_what_is_told_once_is_not_told_again(rita: Actor, omer: Actor, brought: list[Letter]) -> None:
    once = [telling(to, once=f"assigned:{LEAD}", carriers=("pigeon",)) for to in (rita, omer)]
    assert len(actions.tell(once)) == 2
    assert actions.tell(once) == []
    many = [telling(rita, title=str(n), once=f"n{n}") for n in range(9)]
    assert len(actions.tell(many)) == 1
    assert actions.tell(list(reversed(many))) == []
    assert Notice.objects.count() == 3
    assert Delivery.objects.count() == 2
    assert EventRow.objects.filter(name="NoticeGiven").count() == 3


def test_reading_some_and_reading_all(rita: Actor, omer: Actor, api: Callable[[Actor], Any]) -> None:
    first, _, _ = actions.tell([telling(rita, kind=str(n)) for n in range(3)])
    (foreign,) = actions.tell([telling(omer)])
    client = api(rita)
    assert client.post("/notices/reads", {"ids": [str(first.id), str(foreign.id)]}).json() == {"unread": 2}
    assert queries.unread_count(omer) == 1
    assert client.post("/notices/reads", {"all": True}).json() == {"unread": 0}
    assert client.post("/notices/reads", {}).status_code == 422
    assert EventRow.objects.filter(name="NoticesRead").count() == 2
    assert client.post("/notices/reads", {"all": True}).json() == {"unread": 0}
    assert EventRow.objects.filter(name="NoticesRead").count() == 2


def test_pages_show_every_notice_once(rita: Actor) -> None:
    for n in range(5):
        actions.tell([telling(rita, title=str(n))])
    titles, cursor = [], None
    for _ in range(3):
        rows, cursor = queries.notices(rita, cursor, limit=2)
        titles += [row.title for row in rows]
    assert (titles, cursor) == (["4", "3", "2", "1", "0"], None)


def test_a_carrier_brings_the_letter_once(rita: Actor, brought: list[Letter]) -> None:
    actions.tell([telling(rita, carriers=("pigeon",)), telling(rita, kind="silent")])
    row = Delivery.objects.get()
    assert Job.objects.filter(task__contains="notices").count() == 1
    assert carry(row)
    assert not carry(row)
    (letter,) = brought
    assert (letter.name, letter.email, letter.title) == ("Rita", "rita@acme.example", "Dana is yours")
    row.refresh_from_db()
    assert row.state == "sent"
    assert row.sent_at is not None


def test_a_letter_that_surely_did_not_leave_is_tried_again(rita: Actor, brought: list[Letter]) -> None:
    def falls_ill(letter: Letter) -> None:
        raise ConnectionRefusedError("no wind")

    actions.offer_carrier("pigeon", falls_ill)
    actions.tell([telling(rita, carriers=("pigeon",))])
    row = Delivery.objects.get()
    with pytest.raises(ConnectionRefusedError):
        carry(row)
    row.refresh_from_db()
    assert (row.state, row.error) == ("waiting", "no wind")
    actions.offer_carrier("pigeon", brought.append)
    assert carry(row)
    row.refresh_from_db()
    assert (row.state, row.error, len(brought)) == ("sent", "", 1)


@pytest.mark.parametrize(
    ("raised", "state"), [(Conflict("no address"), "failed"), (DeliveryUncertain("timed out"), "uncertain")]
)
def test_a_letter_that_cannot_or_may_have_left_is_not_sent_again(
    rita: Actor, brought: list[Letter], raised: Exception, state: str
) -> None:
    def refuses(letter: Letter) -> None:
        raise raised

    actions.offer_carrier("pigeon", refuses)
    actions.tell([telling(rita, carriers=("pigeon",))])
    row = Delivery.objects.get()
    assert not carry(row)
    actions.offer_carrier("pigeon", brought.append)
    assert not carry(row)
    row.refresh_from_db()
    assert (row.state, brought) == (state, [])


def test_a_crash_during_the_call_is_shown_and_not_repeated(rita: Actor, brought: list[Letter]) -> None:
    actions.tell([telling(rita, carriers=("pigeon",))])
    Delivery.objects.update(state="sending")
    row = Delivery.objects.get()
    assert not carry(row)
    row.refresh_from_db()
    assert (row.state, brought) == ("uncertain", [])


def test_a_carrier_that_is_not_there_is_said(rita: Actor) -> None:
    actions.tell([telling(rita, carriers=("drum",))])
    row = Delivery.objects.get()
    assert not carry(row)
    row.refresh_from_db()
    assert (row.state, row.error) == ("failed", "No drum is set up to send notices.")


def test_a_mail_goes_to_the_login_address(rita: Actor) -> None:
    actions.tell([telling(rita, title="Two\nlines", text="Look.", carriers=("email",))])
    assert carry(Delivery.objects.get())
    (sent,) = mail.outbox
    assert (sent.to, sent.subject) == (["rita@acme.example"], "Two lines")


def test_another_company_reads_nothing(rita: Actor, stranger: Actor, api: Callable[[Actor], Any]) -> None:
    (notice,) = actions.tell([telling(rita)])
    with tenancy.workspace(stranger.workspace_id):
        assert Notice.objects.count() == 0
    client = api(stranger)
    assert client.get("/notices").json()["items"] == []
    assert client.post("/notices/reads", {"ids": [str(notice.id)]}).json() == {"unread": 0}
    with tenancy.workspace(rita.workspace_id):
        assert queries.unread_count(rita) == 1


def test_nobody_is_told_nothing(api: Callable[[Any], Any], db: None) -> None:
    assert api(None).get("/notices").status_code == 401


def test_a_letter_leaves_by_itself_after_the_commit(rita: Actor, brought: list[Letter], drain: Any) -> None:
    actions.tell([telling(rita, carriers=("pigeon",))])
    assert brought == []
    drain()
    assert [letter.title for letter in brought] == ["Dana is yours"]


def test_the_live_stream_tells_a_notice_only_to_its_member(rita: Actor, ola: Actor) -> None:
    actions.tell([telling(rita)])
    changes = changes_of(EventRow.objects.filter(name="NoticeGiven"))

    def heard_by(actor: Actor) -> int:
        sees_all = actor.scope is Scope.ALL
        return len(
            told_to(Viewer(actor.workspace_id, actor.member_id, actor.team_ids, sees_all, actor), changes)
        )

    assert (heard_by(rita), heard_by(ola)) == (1, 0)
