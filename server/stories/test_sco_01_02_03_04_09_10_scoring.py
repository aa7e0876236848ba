"""SCO-01, 02, 03, 04, 09, 10: a score that explains itself, and a threshold that means work."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from django.test import Client

from leadline.capture import queries as doors
from leadline.capture.models import Connection
from leadline.channels.whatsapp.models import SandboxNumber
from leadline.channels.whatsapp.sandbox import people as phones
from leadline.channels.whatsapp.tests.conftest import Provider
from leadline.conversations.models import Message
from leadline.infra.models import EventRow
from leadline.kit import clock
from stories.company import Acme, Drain, Seat, ok

WELCOME_POINTS = {"Answered our message": 10, "Answered within 10 minutes": 5}


def reasons(seat: Seat, lead_id: str) -> dict[str, int]:
    return {one["label"]: one["points"] for one in ok(seat.get(f"/leads/{lead_id}/score"))["reasons"]}


def rule(seat: Seat, name: str, when: dict[str, Any], points: int, group: str = "fit") -> dict[str, Any]:
    body = {"group": group, "name": name, "when": when, "points": points}
    made: dict[str, Any] = ok(seat.post("/scoring/rules", body))
    return made


def test_every_lead_is_scored_with_reasons_at_once_whatever_brought_it(ola: Seat, drain: Drain) -> None:
    ola.add("Ann", phone="0501111111")
    form = f"/f/{doors.token_of(Connection.objects.get(channel='form'))}"
    Client().post(form, {"name": "Cid", "email": "cid@cid.example"})
    number = SandboxNumber.objects.get()
    dana = phones.invent(number, name="Dana", raw_phone="0502222222", username="", region="IL")
    phones.write_text(dana, "Hello")
    drain()
    assert len(ola.leads()) == 3
    for row in ola.leads():
        seen = ok(ola.get(f"/leads/{row['id']}/score"))
        assert seen["score"] == row["score"] == sum(reason["points"] for reason in seen["reasons"]) > 0
        assert seen["band"] == row["band"] in ("hot", "warm", "cold")
        assert row["created_at"] == "2026-01-07T10:00:00Z"


def test_the_source_makes_the_configured_difference(ola: Seat) -> None:
    rules = ok(ola.get("/scoring"))["rules"]
    direct_rule = next(rule for rule in rules if rule["name"] == "Came through the website")
    ok(ola.patch(f"/scoring/rules/{direct_rule['id']}", {"points": 12}))
    rule(ola, "General campaign", {"field": "campaign", "op": "eq", "value": "General campaign"}, 5)
    direct, general = ola.add("Ann", source="direct"), ola.add("Bob", campaign="General campaign")
    assert direct["score"] - general["score"] == 12 - 5


def test_a_missing_phone_that_is_filled_in_gives_its_points(ola: Seat) -> None:
    lead = ola.add("Dana", email="dana@levi.example")
    points = next(r["points"] for r in ok(ola.get("/scoring"))["rules"] if r["name"] == "Phone number known")
    filled = ok(ola.patch(f"/leads/{lead['id']}", {"contact": {"phone": "050-123-4567"}}))
    assert filled["score"] == lead["score"] + points
    assert reasons(ola, lead["id"])["Phone number known"] == points


def test_replies_talks_and_meetings_count_once_a_window_and_refusals_subtract(
    acme: Acme, meta: Provider, drain: Drain
) -> None:
    ola = acme.ola
    dana = phones.invent(
        SandboxNumber.objects.get(), name="Dana", raw_phone="0501234567", username="", region="IL"
    )
    phones.write_text(dana, "Hello")
    drain()
    lead = ola.only_lead()
    before = reasons(ola, lead["id"])

    for text in ("Yes", "Really", "Please call"):
        clock.move(timedelta(minutes=2))
        phones.write_text(dana, text)
        drain()
    gained = {k: v for k, v in reasons(ola, lead["id"]).items() if before.get(k) != v}
    assert gained == WELCOME_POINTS

    for answered in (
        {"outcome": "no_answer"},
        {"outcome": "answered", "seconds": 95},
        {"outcome": "answered"},
    ):
        ok(ola.post(f"/leads/{lead['id']}/calls", {"direction": "out", **answered}))
    for held in ("planned", "held", "held"):
        ok(ola.post(f"/leads/{lead['id']}/meetings", {"starts_at": clock.now(), "outcome": held}))
    talked = reasons(ola, lead["id"])
    assert (talked["Talked to us on the phone"], talked["Met us"]) == (10, 15)
    assert len(ola.timeline(lead["id"], "call", "meeting")) == 6

    score = ola.lead(lead["id"])["score"]
    Message.objects.filter(direction="out").update(provider_id="wamid.ours", state="sent")
    failed = {"id": "wamid.ours", "status": "failed", "timestamp": str(int(clock.now().timestamp()))}
    meta.value(statuses=[{**failed, "errors": [{"code": 131026, "title": "Undeliverable"}]}])
    drain()
    assert reasons(ola, lead["id"])["Cannot be reached by message"] == -10
    phones.write_text(dana, "STOP")
    drain()
    assert reasons(ola, lead["id"])["Does not want messages any more"] == -15
    assert ola.lead(lead["id"])["score"] < score


def test_fifty_is_ready_for_sales_each_time_it_is_crossed(acme: Acme, drain: Drain) -> None:
    ola, rita = acme.ola, acme.hire("Rita")
    marketing = acme.hire("Mark", role="marketing")
    keep = {"kind": "member", "member_id": marketing.id}
    ok(
        ola.post(
            "/assignment-rules",
            {"name": "Marketing first", "target": keep, "until_ready": True, "position": 1},
        )
    )
    sellers = acme.team("Sellers", rita)
    ok(
        ola.post(
            "/assignment-rules",
            {"name": "Sellers", "target": {"kind": "team", "team_id": sellers}, "position": 2},
        )
    )
    lead = acme.program().add("Dana", email="dana@levi.example")
    assert lead["owner"]["name"] == "Mark"
    base = lead["score"]
    rule(ola, "Interested", {"field": "next_step", "op": "eq", "value": "Call"}, 49 - base)
    rule(ola, "Budget", {"field": "value_minor", "op": "gte", "value": 1}, 1)

    def ready_events() -> int:
        return EventRow.objects.filter(name="LeadReady").count()

    def change(**changes: Any) -> dict[str, Any]:
        ok(ola.patch(f"/leads/{lead['id']}", changes))
        return ola.lead(lead["id"])

    at_49 = change(next_step="Call")
    assert (at_49["score"], at_49["ready_at"], ready_events()) == (49, None, 0)
    clock.move(timedelta(minutes=5))
    at_50 = change(value_minor=1)
    assert (at_50["score"], at_50["ready_at"], ready_events()) == (50, "2026-01-07T10:05:00Z", 1)
    assert at_50["owner"]["name"] == "Rita"
    assert "ready for sales" in at_50["assignment"]["text"]
    dropped = change(value_minor=0)
    assert (dropped["score"], dropped["ready_at"]) == (49, None)
    clock.move(timedelta(minutes=5))
    again = change(value_minor=1)
    assert (again["ready_at"], ready_events()) == ("2026-01-07T10:10:00Z", 2)
    history = [point["score"] for point in ok(ola.get(f"/leads/{lead['id']}/score"))["history"]]
    assert history[-3:] == [50, 49, 50]


def test_bands_follow_editable_thresholds_and_a_rep_may_know_better(acme: Acme, drain: Drain) -> None:
    rita = acme.hire("Rita")
    lead = acme.ola.add("Dana", owner_id=rita.id, phone="0501234567", source="referral")
    assert lead["band"] == "cold"
    ok(acme.ola.patch("/scoring/settings", {"warm": 10, "hot": lead["score"]}))
    drain()
    assert acme.ola.lead(lead["id"])["band"] == "hot"
    ok(acme.ola.patch("/scoring/settings", {"hot": lead["score"] + 1}))
    drain()
    assert acme.ola.lead(lead["id"])["band"] == "warm"

    by_hand = {"band": "hot", "reason": "She called me twice"}
    assert rita.post(f"/leads/{lead['id']}/bands", {"band": "hot", "reason": ""}).status_code == 422
    ok(rita.post(f"/leads/{lead['id']}/bands", by_hand))
    shown = acme.ola.lead(lead["id"])
    assert (shown["band"], shown["band_overridden"], shown["band_reason"]) == (
        "hot",
        True,
        "She called me twice",
    )
    (written,) = acme.ola.audit(lead["id"], "band_set")
    assert (written["actor_name"], written["changes"]["band"]) == ("Rita", ["warm", "hot"])
    assert "She called me twice" in acme.ola.timeline(lead["id"], "scored")[-1]["text"]
    # Points come and go; the band stays until the rep gives it back.
    ok(acme.ola.patch(f"/leads/{lead['id']}", {"interest": "solar"}))
    assert acme.ola.lead(lead["id"])["band"] == "hot"
    assert ok(rita.post(f"/leads/{lead['id']}/bands", {"band": None}))["band_overridden"] is False
