"""ASG-01, 02, 07, 08, 11: every lead has an owner, chosen by rules that explain themselves, and a clock."""

from __future__ import annotations

from collections import Counter
from concurrent.futures import ThreadPoolExecutor
from datetime import datetime, timedelta
from typing import Any

import pytest
from django.db import connection

from leadline.assignment.schedule import let_clocks_speak, nobody_is_without_an_owner
from leadline.kit import clock
from leadline.leads.models import Lead
from leadline.testing import Api
from stories.company import Acme, Drain, Seat, ok


def source(key: str) -> dict[str, Any]:
    return {"field": "source", "op": "eq", "value": key}


def rule(seat: Seat, name: str, when: dict[str, Any], **target: Any) -> None:
    ok(seat.post("/assignment-rules", {"name": name, "when": when, "target": target}))


def owners(leads: list[dict[str, Any]]) -> list[str]:
    return [lead["owner"]["name"] for lead in leads]


def test_whatever_no_rule_matches_has_an_owner_too(acme: Acme) -> None:
    shop = acme.program()
    for shipped in ok(acme.ola.get("/assignment-rules")):
        ok(acme.ola.patch(f"/assignment-rules/{shipped['id']}", {"enabled": False}))
    lead = shop.add("Dana")
    assert lead["owner"]["name"] == "Ola"
    assert lead["assignment"]["text"] == "to Ola: no rule matches"
    assert acme.ola.timeline(lead["id"], "assigned")
    assert acme.ola.audit(lead["id"], "assigned")


def test_the_daily_check_leaves_nobody_without_an_owner(acme: Acme) -> None:
    leads = [acme.program().add(f"Person {n}") for n in range(3)]
    Lead.objects.filter(id__in=[leads[0]["id"], leads[1]["id"]]).update(owner=None, team=None)
    nobody_is_without_an_owner()
    unowned = ok(acme.ola.get("/leads", filter={"field": "owner", "op": "is_empty"}))
    assert (unowned["total"], len(acme.ola.leads())) == (0, 3)


def test_who_leaves_hands_all_open_leads_on(acme: Acme, drain: Drain) -> None:
    rita, omer = acme.hire("Rita"), acme.hire("Omer")
    shop = acme.program()
    leads = [shop.add(f"Person {n}") for n in range(6)]
    assert Counter(owners(leads)) == {"Rita": 3, "Omer": 3}
    rita.move(leads[0]["id"], "Closed won")
    ok(acme.ola.patch(f"/members/{rita.id}", {"active": False}))
    drain()

    now = {row["name"]: row["owner"]["name"] for row in acme.ola.leads()}
    assert set(now.values()) == {"Omer", "Rita"}
    assert now["Person 0"] == "Rita"  # won: history stays as it was
    moved = acme.ola.lead(leads[2]["id"])
    assert moved["assignment"]["text"].startswith("to Omer: Rita is no longer active")
    assert rita.get("/leads").status_code == 401
    assert len(omer.told("lead.assigned")) == 5


def test_five_leads_of_facebook_go_to_team_b(acme: Acme) -> None:
    acme.hire("Rita", team=acme.team("A"))
    team_b = acme.team("B")
    acme.hire("Sam", team=team_b)
    rule(acme.ola, "Facebook to B", source("facebook"), kind="team", team_id=team_b)
    shop = acme.program()
    leads = [shop.add(f"Person {n}", source="facebook") for n in range(5)]
    assert owners(leads) == ["Sam"] * 5
    assert {lead["team"]["name"] for lead in leads} == {"B"}
    assert leads[0]["assignment"]["text"] == "to Sam: Source is Facebook → team B, next in turn"
    assert shop.add("Other", source="website")["team"]["name"] != "B"


def test_nine_leads_go_to_three_reps_in_turn_and_the_inactive_one_is_skipped(acme: Acme) -> None:
    team = acme.team("North")
    rita, _omer, _sam = (acme.hire(name, team=team) for name in ("Rita", "Omer", "Sam"))
    rule(acme.ola, "All to North", source("website"), kind="team", team_id=team)
    shop = acme.program()
    leads = [shop.add(f"Person {n}", source="website") for n in range(9)]
    assert owners(leads) == ["Rita", "Omer", "Sam"] * 3

    ok(acme.ola.patch(f"/members/{rita.id}", {"active": False}))
    more = [shop.add(f"Another {n}", source="website") for n in range(4)]
    assert Counter(owners(more)) == {"Omer": 2, "Sam": 2}


@pytest.mark.django_db(transaction=True)
def test_ten_clients_at_once_still_share_fairly() -> None:
    acme = Acme()
    team = acme.team("North")
    for name in ("Rita", "Omer", "Sam"):
        acme.hire(name, team=team)
    token = acme.program().headers["Authorization"].removeprefix("Bearer ")

    def hand_in(number: int) -> str:
        try:
            made = ok(
                Api(key=token).post("/leads", {"name": f"P{number}", "email": f"p{number}@p{number}.example"})
            )
            return str(made["owner"]["name"])
        finally:
            connection.close()

    rule(
        acme.ola, "All to North", {"field": "channel", "op": "eq", "value": "api"}, kind="team", team_id=team
    )
    with ThreadPoolExecutor(10) as clients:
        shares = Counter(clients.map(hand_in, range(30)))
    assert shares == {"Rita": 10, "Omer": 10, "Sam": 10}


def test_the_first_rule_that_matches_decides_and_the_simulator_says_why(acme: Acme) -> None:
    team_a, team_b = acme.team("A"), acme.team("B")
    for name, team in (("Rita", team_a), ("Omer", team_a), ("Sam", team_b)):
        acme.hire(name, team=team)
    hebrew = {"field": "contact.language", "op": "eq", "value": "he"}
    rule(acme.ola, "WhatsApp in Hebrew", {"all": [source("whatsapp"), hebrew]}, kind="team", team_id=team_a)
    rule(acme.ola, "Facebook", source("facebook"), kind="team", team_id=team_b)
    shop = acme.program()
    found = [shop.add(f"Person {n}", source="whatsapp", language="he") for n in range(4)]
    assert owners(found) == ["Rita", "Omer", "Rita", "Omer"]
    assert owners([shop.add("Fay", source="facebook", language="he")]) == ["Sam"]
    english = shop.add("Eve", source="whatsapp", language="en")
    assert english["owner"]["name"] in ("Rita", "Omer", "Sam")

    explained = ok(acme.ola.get(f"/leads/{english['id']}/assignment"))
    tried = [(one["name"], one["matched"]) for one in explained["simulation"]["rules"]]
    assert tried == [
        ("People we know", True),
        ("WhatsApp in Hebrew", False),
        ("Facebook", False),
        ("Everyone else", True),
    ]
    assert explained["simulation"]["would_go_to"]["name"] in ("Rita", "Omer", "Sam")
    assert explained["text"].endswith("Everyone else → team Sales, next in turn")


@pytest.fixture
def hot(acme: Acme) -> Acme:
    """Everybody who comes in is hot; Rita sells, Mona manages."""
    ok(acme.ola.patch("/scoring/settings", {"warm": 1, "hot": 2}))
    return acme


@pytest.mark.parametrize(("band", "hours"), [("hot", 1), ("warm", 24), ("cold", 48)])
def test_the_band_says_until_when_a_human_must_answer(acme: Acme, band: str, hours: int) -> None:
    lead = acme.program().add("Dana")
    ok(acme.ola.post(f"/leads/{lead['id']}/bands", {"band": band, "reason": "I know her"}))
    shown = acme.ola.lead(lead["id"])
    due = datetime.fromisoformat(shown["sla"]["due_at"]) - datetime.fromisoformat(shown["sla"]["started_at"])
    assert due == timedelta(hours=hours)
    assert shown["respond_by"] == shown["sla"]["due_at"]
    assert shown["sla"]["state"] == "running"


def test_a_breach_is_flagged_one_second_after_the_hour_and_the_manager_is_told(
    hot: Acme, drain: Drain
) -> None:
    rita, mona = hot.hire("Rita"), hot.hire("Mona", role="manager")
    lead = hot.program().add("Dana")
    assert (lead["band"], lead["owner"]["name"]) == ("hot", "Rita")

    def after(**time: float) -> str:
        clock.move(timedelta(**time))
        let_clocks_speak()
        drain()
        state: str = hot.ola.lead(lead["id"])["sla"]["state"]
        return state

    assert after(minutes=29, seconds=59) == "running"
    assert after(seconds=1) == "warn50"
    assert after(minutes=18) == "warn80"
    assert mona.told("sla.breached") == []
    assert after(minutes=12) != "breached"
    assert after(seconds=1) == "breached"
    assert len([title for title in mona.told() if "Dana" in title]) == 1
    assert any("in time" in title for title in rita.told())
    assert after(hours=5) == "breached"
    assert len([title for title in mona.told() if "in time" in title]) == 1
    assert hot.ola.timeline(lead["id"], "sla")
    listed = ok(mona.get("/leads"))["items"][0]
    assert listed["sla"] == "breached"
    report = ok(mona.get("/sla-breaches"))
    (row,) = report["items"]
    assert (row["lead"]["id"], row["owner"]["name"], row["band"]) == (lead["id"], "Rita", "hot")
    assert (row["due_at"], row["late_minutes"]) == ("2026-01-07T11:00:00Z", 300)
    assert (row["answered_at"], row["escalated"]) == (None, True)
    assert report["total"] == {"owner": None, "met": 0, "breached": 1, "attainment": 0.0}


def test_a_human_message_stops_the_clock_and_an_automatic_one_does_not(hot: Acme, drain: Drain) -> None:
    rita = hot.hire("Rita")
    lead = hot.program().add("Dana", phone="0501234567", channel="whatsapp")
    drain()
    welcomed = hot.ola.lead(lead["id"])
    assert welcomed["first_auto_reply_at"] is not None
    assert (welcomed["first_touch_at"], welcomed["sla"]["state"]) == (None, "running")

    clock.move(timedelta(minutes=20))
    answer(rita, lead)
    drain()
    touched = hot.ola.lead(lead["id"])
    assert (touched["first_touch_at"], touched["sla"]["state"]) == ("2026-01-07T10:20:00Z", "met")
    clock.move(timedelta(hours=2))
    let_clocks_speak()
    assert hot.ola.lead(lead["id"])["sla"]["breached_at"] is None


def test_another_band_means_another_due_time(hot: Acme) -> None:
    lead = hot.program().add("Dana")
    assert lead["sla"]["due_at"] == "2026-01-07T11:00:00Z"
    ok(hot.ola.post(f"/leads/{lead['id']}/bands", {"band": "cold", "reason": "A student"}))
    assert hot.ola.lead(lead["id"])["sla"]["due_at"] == "2026-01-09T10:00:00Z"


def test_the_report_of_breaches_counts_every_owner_and_shows_only_what_one_may_see(
    hot: Acme, drain: Drain
) -> None:
    rita = hot.hire("Rita", team=hot.team("North"))
    omer = hot.hire("Omer", team=hot.team("South"))
    mona = hot.hire("Mona", role="manager")
    shop = hot.program()
    leads = [shop.add(f"Person {n}", phone=f"05012345{n}7", channel="whatsapp") for n in range(4)]
    for lead, owner in zip(leads, (rita, rita, omer, omer), strict=True):
        ok(hot.ola.post(f"/leads/{lead['id']}/assignments", {"owner_id": owner.id}))
    drain()
    mine = leads[:2]
    clock.move(timedelta(minutes=20))
    answer(rita, mine[0])
    clock.move(timedelta(minutes=70))
    let_clocks_speak()
    answer(rita, mine[1])
    drain()

    report = ok(mona.get("/sla-breaches", first="2026-01-07", last="2026-01-07"))
    kept = {
        one["owner"]["name"]: (one["met"], one["breached"], one["attainment"]) for one in report["owners"]
    }
    assert kept == {"Rita": (1, 1, 50.0), "Omer": (0, 2, 0.0)}
    assert (report["total"]["attainment"], len(report["items"])) == (25.0, 3)
    late = next(row for row in report["items"] if row["lead"]["id"] == mine[1]["id"])
    assert (late["answered_at"], late["late_minutes"]) == ("2026-01-07T11:30:00Z", 30)
    assert late["escalated"] is True

    only = ok(mona.get("/sla-breaches", owner_id=omer.id))
    assert {row["owner"]["name"] for row in only["items"]} == {"Omer"}
    seen = ok(omer.get("/sla-breaches"))
    assert [one["owner"]["name"] for one in seen["owners"]] == ["Omer"]
    assert ok(mona.get("/sla-breaches", last="2026-01-06"))["items"] == []
    assert mona.get("/sla-breaches", first="2026-02-01", last="2026-01-06").status_code == 422

    first = ok(mona.get("/sla-breaches", limit=2))
    rest = ok(mona.get("/sla-breaches", limit=2, cursor=first["next_cursor"]))
    ids = [row["lead"]["id"] for row in [*first["items"], *rest["items"]]]
    assert (len(set(ids)), rest["next_cursor"]) == (3, None)


def answer(seat: Seat, lead: dict[str, Any]) -> None:
    channels = ok(seat.get(f"/leads/{lead['id']}/channels"))
    (whatsapp,) = [one for one in channels if one["channel"] == "whatsapp"]
    template = next(one for one in whatsapp["templates"] if one["name"] == "follow_up")
    body = {"channel": "whatsapp", "template_id": template["id"], "variables": {"name": "Dana"}}
    ok(seat.post(f"/leads/{lead['id']}/messages", body))
