"""Leads whose deliveries never came are found in Meta's lists, page by page and only once."""

from __future__ import annotations

from datetime import datetime, timedelta
from urllib.parse import parse_qs, urlsplit

import pytest

from leadline.ads import actions, schedule
from leadline.ads.models import CatchUp
from leadline.capture.models import Connection, Submission
from leadline.channels.meta_ads.tests.conftest import FORM, PAGE, Drain, Knocking, at, sample
from leadline.kit import clock
from leadline.kit.errors import Invalid
from leadline.leads.models import Lead
from leadline.testing import Api
from leadline.testing.loopback import Recorded
from leadline.workspaces.actor import Actor


@pytest.fixture
def lists(graph: Recorded) -> Recorded:
    """Two forms, the first with two pages of leads."""
    listed = sample("forms-of-page-1")
    listed["response"]["body"]["data"].pop()
    graph.replay(at(f"{PAGE}/leadgen_forms"), listed)
    graph.replay(at(f"{FORM}/leads"), sample("backfill-page-1"))
    graph.replay(at(f"{FORM}/leads"), sample("backfill-page-2-last"))
    return graph


def run(connection: Connection) -> int:
    return actions.catch_up(workspace_id=str(connection.workspace_id), connection_id=str(connection.id))


def asked_since(graph: Recorded) -> list[int]:
    queries = [parse_qs(urlsplit(url.split(" ")[1]).query) for url in graph.asked if f"{FORM}/leads" in url]
    return [int(query["filtering"][0].split('"value":')[1].rstrip("}]")) for query in queries]


def test_every_page_is_read_and_the_next_run_begins_an_hour_before_the_last(
    live: Connection, lists: Recorded, drain: Drain, held: datetime
) -> None:
    assert run(live) == 3
    drain()

    assert sorted(lead.contact.name for lead in Lead.objects.all()) == ["Jürgen Weiß", "Leila Haddad"]
    state = CatchUp.objects.get()
    assert (state.subject, state.since, state.cursor) == (FORM, held, "")
    day_before = int((live.created_at - timedelta(days=1)).timestamp())
    assert asked_since(lists) == [day_before, day_before]
    assert "after=QVFIUlByy" in lists.asked[-1]

    clock.move(timedelta(hours=1))
    assert run(live) == 0
    assert asked_since(lists)[-1] == int((held - timedelta(hours=1)).timestamp())


def test_what_was_delivered_meanwhile_is_not_taken_twice(
    meta: Knocking, live: Connection, lists: Recorded, drain: Drain
) -> None:
    lists.replay(at("918273645500001"), sample("lead-1"))
    meta.sample("webhook-1")
    drain()
    assert run(live) == 2
    drain()
    meta.sample("webhook-1")
    drain()
    assert (Lead.objects.count(), Submission.objects.count()) == (2, 3)


def test_a_run_that_is_cut_short_goes_on_at_its_page(
    live: Connection, lists: Recorded, drain: Drain, held: datetime
) -> None:
    pages = lists.answers[at(f"{FORM}/leads")]
    last = pages.pop()
    lists.replay(at(f"{FORM}/leads"), sample("error-80005-rate"))
    run(live)
    drain()
    live.refresh_from_db()
    assert (CatchUp.objects.get().cursor, live.rests_until) == ("QVFIUlByy", held + timedelta(minutes=9))
    asked = len(lists.asked)
    run(live)
    assert len(lists.asked) == asked

    clock.move(timedelta(minutes=10))
    lists.answers[at(f"{FORM}/leads")] = [last]
    assert run(live) == 1
    assert "after=QVFIUlByy" in lists.asked[-1]
    assert CatchUp.objects.get().since == held


def test_a_cursor_that_is_not_known_any_more_begins_anew(
    live: Connection, lists: Recorded, drain: Drain, held: datetime
) -> None:
    CatchUp.objects.create(connection=live, subject=FORM, since=held, began_at=held, cursor="old")
    first, last = lists.answers.pop(at(f"{FORM}/leads"))
    lists.say(at(f"{FORM}/leads"), {"error": {"code": 100, "message": "Invalid cursor"}}, 400)
    lists.answers[at(f"{FORM}/leads")] += [first, last]
    assert run(live) == 3
    assert CatchUp.objects.get().cursor == ""


def test_a_form_that_cannot_be_listed_keeps_no_other_back(live: Connection, lists: Recorded) -> None:
    lists.answers.pop(at(f"{PAGE}/leadgen_forms"))
    lists.replay(at(f"{PAGE}/leadgen_forms"), sample("forms-of-page-1"))
    old = "1029384756103333"
    # The archived form has the leads, the first one cannot be listed.
    lists.answers[at(f"{old}/leads")] = lists.answers.pop(at(f"{FORM}/leads"))
    lists.replay(at(f"{FORM}/leads"), sample("error-2-transient"))
    lists.replay(at(old), sample("form-1"))
    assert run(live) == 3
    live.refresh_from_db()
    assert "passing problem" in live.last_error
    assert live.rests_until is None


def test_a_nearly_used_up_quota_is_left_to_deliveries(live: Connection, lists: Recorded) -> None:
    first = lists.answers[at(f"{FORM}/leads")][0]
    usage = '{"1": [{"type": "leadgen", "call_count": 85, "estimated_time_to_regain_access": 0}]}'
    assert isinstance(first.headers, dict)
    first.headers["X-Business-Use-Case-Usage"] = usage
    assert run(live) == 2
    assert CatchUp.objects.get().cursor == "QVFIUlByy"


def test_it_happens_once_an_hour_and_on_demand_for_those_who_may(
    live: Connection, lists: Recorded, drain: Drain, ola: Actor, rita: Actor
) -> None:
    schedule.catch_up_with_the_platforms()
    drain()
    assert Submission.objects.count() == 3
    assert Api(ola).post(f"/connections/{live.id}/catch-ups").status_code == 202
    assert Api(rita).post(f"/connections/{live.id}/catch-ups").status_code == 403
    from leadline.capture import actions as capture

    form = capture.open_connection(ola, channel="form", name="Form", settings={})
    with pytest.raises(Invalid):
        actions.catch_up_later(ola, form.id)
