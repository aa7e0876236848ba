"""A website tells its visits; they belong to a lead once a form or a link proves it."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit
from uuid import UUID

import pytest
from django.test import Client

from leadline.capture import actions as capture
from leadline.capture import queries as doors
from leadline.capture.models import Connection
from leadline.channels.tracking import views
from leadline.channels.tracking.sites import check
from leadline.engines.timeline.models import TimelineEntry
from leadline.infra.throttle import Buckets
from leadline.kit import clock
from leadline.leads.models import Lead
from leadline.testing import Api
from leadline.tracking import actions
from leadline.tracking.models import PageCount, Visit, Visitor
from leadline.workspaces.actor import Actor

Drain = Callable[..., int]
PAYLOADS = Path(__file__).parent / "payloads"
AGENT = "Mozilla/5.0 (iPhone; CPU iPhone OS 19_0 like Mac OS X)"
ORIGIN = "https://www.example.com"
SENT = datetime(2026, 11, 16, 9, 12, 5, tzinfo=UTC)
VISITOR = "v_7c1f0a2b9d"
DANA = {"name": "Dana Levi", "email": "dana@levi.example"}


@pytest.fixture(autouse=True)
def at_that_time(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    monkeypatch.setattr(views, "by_address", Buckets(per_second=100, burst=1000))
    monkeypatch.setattr(views, "by_visitor", Buckets(per_second=100, burst=1000))
    with clock.hold(SENT):
        yield


@pytest.fixture
def site(ada: Actor) -> Connection:
    return capture.open_connection(ada, channel="website", name="Shop", settings=check({"origins": [ORIGIN]}))


def payload(site: Connection, name: str, **changes: Any) -> dict[str, Any]:
    body = json.loads((PAYLOADS / f"{name}.json").read_text())
    return {**body, "site": doors.token_of(site), **changes}


def tell(body: Any, **headers: str) -> Any:
    given = {"Origin": ORIGIN, "User-Agent": AGENT, **headers}
    raw = body if isinstance(body, bytes) else json.dumps(body)
    return Client().generic("POST", "/t/c", raw, content_type="text/plain;charset=UTF-8", headers=given)


def fill_in(ada: Actor, drain: Drain, visitor: str, **changes: str) -> Lead:
    fields = [{"key": key, "label": key} for key in ("name", "email", "phone")]
    form = Api(ada).post("/forms", {"name": "Contact", "fields": fields}).json()
    body = {"fields": {**DANA, **changes}, "visitor": {"vid": visitor}}
    Client().post(urlsplit(form["public_url"]).path, body, content_type="application/json")
    drain()
    return Lead.objects.latest("id")


def told(lead: Lead) -> list[str]:
    rows = TimelineEntry.objects.filter(about_id=lead.id, kind__in=("visit", "stay")).order_by("at", "id")
    return [entry.text for entry in rows]


def test_visits_before_a_form_appear_on_the_lead_and_so_do_later_ones(
    ada: Actor, site: Connection, drain: Drain
) -> None:
    answer = tell(payload(site, "pageview-1"))
    assert (answer.status_code, answer.content) == (204, b"")
    assert answer.headers["Access-Control-Allow-Origin"] == ORIGIN
    tell(payload(site, "pageview-2-batch-with-duration"))
    tell(payload(site, "pageview-2-batch-with-duration"))
    assert Lead.objects.count() == 0
    assert Visit.objects.count() == 3
    tell(payload(site, "identify-1-form-submit"))
    assert Visitor.objects.get().lead is None

    lead = fill_in(ada, drain, VISITOR)
    assert told(lead) == ["Looked at “Solar”", "Looked at “Pricing”", "Looked at “Contact”"]
    shown = Api(ada).get(f"/leads/{lead.id}/timeline", kinds="visit").json()["items"]
    pricing = next(entry for entry in shown if "Pricing" in entry["text"])
    assert (pricing["payload"]["seconds"], pricing["payload"]["key"], pricing["automatic"]) == (
        41,
        True,
        True,
    )
    assert "EAIaIQobChMI2PzExample" in Visit.objects.get(event_id="e1").url

    tell(payload(site, "custom-event-1"))
    assert told(lead)[-1] == "Did “video_played” on the website"
    counts = Api(ada).get(f"/websites/{site.id}/counts").json()
    assert (counts["views"], counts["remembered"]) == (3, 3)
    assert counts["pages"][0]["views"] == 1


def test_without_consent_and_with_a_signal_against_it_only_numbers_are_kept(site: Connection) -> None:
    tell(payload(site, "pageview-3-no-consent-cookieless"))
    for signal in ({"Sec-GPC": "1"}, {"DNT": "1"}):
        tell(payload(site, "pageview-1"), **signal)
    assert (Visitor.objects.count(), Visit.objects.count()) == (0, 0)
    counted = PageCount.objects.get()
    assert (counted.path, counted.views, counted.remembered) == ("/solar", 3, 0)
    again = payload(site, "pageview-1")
    again["events"][0]["counted"] = True
    tell(again)
    assert PageCount.objects.get().views == 3


def test_a_bare_mail_address_identifies_nobody(ada: Actor, site: Connection, drain: Drain) -> None:
    fill_in(ada, drain, "", email="ceo@client.example")
    tell(payload(site, "custom-event-2-forged-email"))
    tell(payload(site, "pageview-1", vid="v_evil"))
    assert Visitor.objects.get().lead is None
    assert TimelineEntry.objects.filter(kind="visit").count() == 0


def test_a_link_of_ours_makes_it_probable_and_a_form_makes_it_certain(
    ada: Actor, site: Connection, drain: Drain
) -> None:
    dana = fill_in(ada, drain, "")
    body = payload(site, "identify-2-email-link-token", vid="v_99aa00bb11")
    body["events"][0]["at"] = SENT.isoformat()
    tell(body)
    assert Visitor.objects.count() <= 1
    assert told(dana) == []
    body["events"][0]["token"] = actions.link_token(dana)
    tell(body)
    assert (Visitor.objects.get().lead, Visitor.objects.get().probable) == (dana, True)
    tell(payload(site, "pageview-1", vid="v_99aa00bb11"))
    entry = TimelineEntry.objects.get(kind="visit")
    assert (entry.about_id, entry.payload["probable"]) == (dana.id, True)

    # The mail was forwarded: somebody else fills in a form.
    eve = fill_in(ada, drain, "v_99aa00bb11", name="Eve", email="eve@other.example")
    tell(body)
    assert (Visitor.objects.get().lead, Visitor.objects.get().probable) == (eve, False)


def test_three_looks_at_the_prices_beat_an_e_book_and_a_long_stay_counts(
    ada: Actor, site: Connection, drain: Drain
) -> None:
    lead = fill_in(ada, drain, VISITOR)
    tell(payload(site, "pageview-1"))
    lead = fill_in(ada, drain, VISITOR)
    points = []
    for number in range(3):
        page = {"id": f"p{number}", "type": "page", "url": f"{ORIGIN}/pricing", "title": "Pricing"}
        clock_at = SENT + timedelta(minutes=6 * number)
        with clock.hold(clock_at):
            tell(payload(site, "pageview-1", events=[{**page, "at": clock_at.isoformat()}]))
        lead.refresh_from_db()
        points.append(lead.engagement)
    stay = {
        "id": "s1",
        "type": "engage",
        "at": SENT.isoformat(),
        "page": "p1",
        "active_ms": 130_000,
        "scroll": 0.9,
    }
    tell(payload(site, "pageview-1", events=[stay]))
    tell(payload(site, "pageview-1", events=[stay]))

    assert points == sorted(points)
    rules = Api(ada).get("/scoring").json()["rules"]
    engagement = [rule for rule in rules if rule["group"] == "engagement"]
    given = {(rule["when"]["event"], "about" in rule["when"]): rule["points"] for rule in engagement}
    assert 3 * given["visit", True] > given["download", False]
    assert points[2] - points[0] == 2 * given["visit", True]
    assert told(lead).count("Read on the website for 2 minutes") == 1
    lead.refresh_from_db()
    assert lead.engagement == points[2] + given["stay", False]


@pytest.mark.parametrize(
    ("headers", "why"),
    [
        ({"Origin": "https://evil.example"}, "another site"),
        ({"Origin": ""}, "no site"),
        ({"User-Agent": "Mozilla/5.0 (compatible; Googlebot/2.1)"}, "a robot"),
    ],
)
def test_strangers_and_robots_leave_nothing(site: Connection, headers: dict[str, str], why: str) -> None:
    answer = tell(payload(site, "pageview-1"), **headers)
    assert answer.status_code == 204
    assert ("Access-Control-Allow-Origin" in answer.headers) == (why == "a robot")
    assert (Visit.objects.count(), PageCount.objects.count()) == (0, 0)


PAGE = {"id": "e", "type": "page", "at": SENT.isoformat(), "url": f"{ORIGIN}/"}
HOSTILE: list[tuple[str, Any, int]] = [
    ("not json", b"{", 204),
    ("not utf-8", b"\xff\xfe", 204),
    ("a list", b"[]", 204),
    ("nothing", b"", 204),
    ("deep", b'{"site":' * 1500, 204),
    ("too big", b"x" * (16 * 1024 + 1), 413),
    ("events that are none", {"events": [1, None, {}, {"type": "page"}, {**PAGE, "at": "soon"}]}, 204),
    ("no addresses", {"events": [{**PAGE, "url": "javascript:1"}]}, 204),
    ("odd keys", {"vid": "../../x", "sid": 7, "events": []}, 204),
    ("old", {"events": [{**PAGE, "at": "2026-11-01T00:00:00Z"}]}, 204),
]  # fmt: skip


def test_hostile_messages_are_passed_over(site: Connection) -> None:
    for what, body, status in HOSTILE:
        said = {"now": SENT.isoformat(), **body} if isinstance(body, dict) else {}
        sent = body if isinstance(body, bytes) else payload(site, "pageview-1", **said)
        assert (what, tell(sent).status_code) == (what, status)
    assert Visit.objects.count() == 0


def test_visitors_behind_one_proxy_do_not_use_up_each_others_calls(
    site: Connection, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(views, "by_address", Buckets(per_second=0.001, burst=1))
    dana, eve = {"X-Forwarded-For": "198.51.100.7"}, {"X-Forwarded-For": "198.51.100.8"}
    codes = [tell(payload(site, "pageview-1"), **who).status_code for who in (dana, dana, eve)]
    assert codes == [204, 429, 204]


def test_the_script_is_small_and_asks_first_where_it_must(ada: Actor, site: Connection) -> None:
    url = next(one for one in Api(ada).get("/connections").json() if one["id"] == str(site.id))["url"]
    path = url[url.index("/t/") :]
    asking = Client().get(path)
    assert len(asking.content) < 3072
    assert asking.headers["Content-Type"].startswith("text/javascript")
    capture.change_connection(ada, site.id, settings=check({"origins": [ORIGIN], "ask_consent": False}))
    assert b"!/*ask*/true" in asking.content
    assert b"!false" in Client().get(path).content
    assert Client().get("/t/guess.js").content == b""


def test_websites_are_set_up_with_the_other_connections(
    ada: Actor, stranger: Actor, site: Connection
) -> None:
    api = Api(ada)
    made = api.post(
        "/connections",
        {"channel": "website", "name": "Blog", "settings": {"origins": ["https://B.example/x"]}},
    )
    assert made.json()["settings"]["origins"] == ["https://b.example"]
    wrong = api.post(
        "/connections", {"channel": "website", "name": "X", "settings": {"origins": ["b.example"]}}
    )
    assert (wrong.status_code, wrong.json()["field"]) == (422, "settings.origins")
    assert [step["ok"] for step in api.post(f"/connections/{made.json()['id']}/tests").json()["steps"]] == [
        True,
        True,
        False,
    ]
    assert Api(stranger).get(f"/websites/{site.id}/counts").status_code == 404


def test_who_stays_unknown_is_forgotten_after_90_days(ada: Actor, site: Connection, drain: Drain) -> None:
    tell(payload(site, "pageview-1"))
    tell(payload(site, "pageview-1", vid="v_known1"))
    fill_in(ada, drain, "v_known1")
    with clock.hold(SENT + timedelta(days=91)):
        actions.forget_unknown()
    assert list(Visitor.objects.values_list("key", flat=True)) == ["v_known1"]
    assert UUID(str(Visitor.objects.get().id))
