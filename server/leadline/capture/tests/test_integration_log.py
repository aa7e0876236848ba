"""People look after what arrived: the integration log."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from typing import Any

import pytest

from leadline.capture import actions
from leadline.capture.models import Connection, Submission
from leadline.capture.ports import Item
from leadline.capture.tests.test_receiving import Pigeon, loft, pigeon, sent
from leadline.infra.models import EventRow
from leadline.leads.models import Lead
from leadline.testing import Api
from leadline.workspaces.actor import Actor

Drain = Callable[..., int]
__all__ = ["loft", "pigeon"]


@pytest.fixture
def arrived(loft: Connection, drain: Drain) -> dict[str, Submission]:
    actions.receive(loft, sent("Dana", "gibberish", "bug", "nothing"))
    drain()
    return {s.natural_key: s for s in Submission.objects.all()}


def test_the_log_shows_what_became_of_everything(
    ada: Actor, arrived: dict[str, Submission], statements: Callable[[], Any]
) -> None:
    api = Api(ada)
    with statements() as seen:
        log = api.get("/submissions").json()
    assert len(seen) <= 20
    assert log["total"] == 4
    assert log["counts"] == {"received": 0, "understood": 1, "ignored": 1, "quarantined": 2, "failed": 0}
    first = {row["natural_key"]: row for row in log["items"]}["Dana"]
    assert (first["state"], first["connection_name"], first["lead_id"]) == (
        "understood",
        "Loft",
        str(Lead.objects.get().id),
    )

    held_back = api.get("/submissions", state="quarantined").json()
    assert (held_back["total"], len(held_back["items"])) == (2, 2)
    assert api.get("/submissions", channel="fax").json()["items"] == []
    assert api.get("/submissions", state="lost").status_code == 422
    assert api.get("/submissions", cursor="nonsense").status_code == 422


def test_pages_follow_each_other_without_gaps(ada: Actor, arrived: dict[str, Submission]) -> None:
    api, seen, cursor = Api(ada), [], None
    for _ in range(4):
        page = api.get("/submissions", limit=1, **({"cursor": cursor} if cursor else {})).json()
        seen += [row["natural_key"] for row in page["items"]]
        cursor = page["next_cursor"]
    assert sorted(seen) == sorted(arrived)
    assert cursor is None


def test_the_bytes_are_shown_without_secrets(ada: Actor, loft: Connection) -> None:
    body = b'{"google_key": "k3y", "a": "\xff", "access_token":"t\\"ok", "name": "Dana"}'
    actions.receive(loft, [Item(natural_key="x", body=body, headers={"Authorization": "Bearer t"})])
    shown = Api(ada).get(f"/submissions/{Submission.objects.get().id}").json()
    assert "Dana" in shown["body"]
    assert not any(secret in str(shown) for secret in ("k3y", 'ok"', "Bearer t"))
    assert shown["size"] == len(body)


def test_a_quarantined_submission_can_be_tried_again(
    ada: Actor, arrived: dict[str, Submission], pigeon: Pigeon, drain: Drain, monkeypatch: pytest.MonkeyPatch
) -> None:
    api, gibberish = Api(ada), arrived["gibberish"]
    answer = api.post(f"/submissions/{gibberish.id}/retries")
    assert (answer.status_code, answer.json()["state"]) == (202, "received")
    drain()
    gibberish.refresh_from_db()
    assert (gibberish.state, gibberish.attempts) == ("quarantined", 2)
    assert api.post(f"/submissions/{arrived['Dana'].id}/retries").status_code == 409

    answer = api.post("/submissions/retries", {"state": "quarantined"})
    assert answer.json() == {"queued": 2}
    assert api.post("/submissions/retries", {"state": "understood"}).status_code == 409


def test_what_was_held_back_at_the_door_is_let_in_and_told(
    ada: Actor, loft: Connection, pigeon: Pigeon, drain: Drain
) -> None:
    actions.receive(loft, [replace(item, quarantine="It looks like spam.") for item in sent("Dana")])
    held_back = Submission.objects.get()
    assert held_back.state == "quarantined"

    Api(ada).post(f"/submissions/{held_back.id}/retries")
    drain()

    assert Lead.objects.get().name == "Dana"
    let_in = EventRow.objects.get(name="SubmissionsLetIn")
    assert let_in.payload["submission_ids"] == [str(held_back.id)]


def test_putting_aside_and_spam_keep_the_bytes(
    ada: Actor, arrived: dict[str, Submission], drain: Drain
) -> None:
    api = Api(ada)
    aside = api.post(f"/submissions/{arrived['gibberish'].id}/dismissals")
    spam = api.post(f"/submissions/{arrived['bug'].id}/dismissals", {"spam": True})
    assert (aside.json()["state"], spam.json()["state"], spam.json()["spam"]) == (
        "ignored",
        "quarantined",
        True,
    )
    assert aside.json()["body"] == "gibberish"
    assert api.post("/submissions/retries", {"state": "quarantined"}).json() == {"queued": 0}
    assert api.post(f"/submissions/{arrived['Dana'].id}/dismissals").status_code == 409


def test_who_may_look_and_who_may_act(
    rita: Actor, mona: Actor, stranger: Actor, arrived: dict[str, Submission]
) -> None:
    one = arrived["gibberish"].id
    assert Api(rita).get("/submissions").status_code == 403
    assert Api(rita).post(f"/submissions/{one}/retries").status_code == 403
    assert Api(mona).get("/submissions").status_code == 200
    assert Api(stranger).get("/submissions").json()["items"] == []
    assert Api(stranger).get(f"/submissions/{one}").status_code == 404
    assert Api(stranger).post(f"/submissions/{one}/dismissals").status_code == 404
