"""AUT-05, AUT-10, AUT-11: what is planned by itself, at its time, and what a dry run says before."""

from __future__ import annotations

from typing import Any

import pytest

from leadline.infra.models import Job
from stories.company import Drain, Seat, automate, ok, pass_time

Steps = list[dict[str, Any]]


def plan(text: str, after: str = "1d") -> dict[str, Any]:
    return {"action": "lead.plan", "with": {"text": text, "after": after}}


def runs(seat: Seat, recipe: str) -> list[dict[str, Any]]:
    (one,) = [found for found in ok(seat.get("/automations")) if found["recipe"] == recipe]
    items: list[dict[str, Any]] = ok(seat.get(f"/automations/{one['id']}/runs"))["items"]
    return items


@pytest.mark.parametrize("left_on_day", [6, None])
def test_seven_days_in_negotiation_plan_a_call_and_tell_the_rep_unless_it_left_on_day_six(
    ola: Seat, drain: Drain, left_on_day: int | None
) -> None:
    lead_id = ola.add("Dana")["id"]
    ola.move(lead_id, "Negotiation")
    pass_time(drain, days=6)
    if left_on_day:
        ola.move(lead_id, "Quote Sent")
    pass_time(drain, days=1, minutes=1)

    planned = ola.lead(lead_id)["next_step"]
    told = [title for title in ola.told("automation") if "Negotiation" in title]
    if left_on_day:
        assert (planned, told, runs(ola, "negotiation_7d")) == ("", [], [])
    else:
        assert planned == "Call: 7 days in Negotiation"
        assert told == ["Dana has been in Negotiation for 7 days. Please call."]
        assert len(runs(ola, "negotiation_7d")) == 1


def test_a_dry_run_finds_the_stays_that_were_long_enough_even_when_they_are_over(
    ola: Seat, drain: Drain
) -> None:
    stayed, left = ola.add("Dana")["id"], ola.add("Eli", phone="0501112222")["id"]
    for lead_id in (stayed, left):
        ola.move(lead_id, "Negotiation")
    pass_time(drain, days=6)
    ola.move(left, "Quote Sent")
    pass_time(drain, days=3)
    ola.move(stayed, "Quote Sent")
    pass_time(drain, days=1)

    (one,) = [found for found in ok(ola.get("/automations")) if found["recipe"] == "negotiation_7d"]
    ok(ola.post(f"/automations/{one['id']}/dry-runs", {"days": 14}))
    drain()
    (shown,) = ok(ola.get(f"/automations/{one['id']}/dry-runs"))
    (really,) = runs(ola, "negotiation_7d")
    (dry,) = shown["runs"]
    assert (dry["subject"]["id"], really["subject"]["id"]) == (stayed, stayed)
    assert [(s["action"], s["outcome"], s["input"]) for s in dry["steps"]] == [
        (s["action"], s["outcome"], s["input"]) for s in really["steps"]
    ]
    assert not Job.objects.exists()


def test_no_open_lead_stays_without_a_next_step(ola: Seat, drain: Drain) -> None:
    first, second = ola.add("Dana")["id"], ola.add("Eli", phone="0501112222")["id"]
    lost = ola.add("Gil", phone="0503334444")["id"]
    ok(ola.patch(f"/leads/{second}", {"next_step": "Own plan"}))
    reason = ok(ola.get("/loss-reasons"))[0]["id"]
    ola.move(lost, "Closed lost", lost={"reason_id": reason})
    pass_time(drain, days=4)
    automate(ola, "lead.without_next_step", {"days": 3}, plan("Call {{name}}"))
    pass_time(drain, seconds=10)

    assert [ola.lead(one)["next_step"] for one in (first, second, lost)] == ["Call Dana", "Own plan", ""]
    due = ola.lead(first)["next_step_at"]
    assert due is not None
    ok(ola.patch(f"/leads/{first}", {"next_step": "", "next_step_at": None}))
    pass_time(drain, days=4)
    assert ola.lead(first)["next_step"] == "Call Dana"


@pytest.mark.parametrize(
    ("outcome", "planned"),
    [("no_answer", "Try again"), ("interested", "Move to Quote Sent and send the quote"), ("answered", "")],
)
def test_after_a_call_the_next_step_follows_its_outcome(
    ola: Seat, drain: Drain, outcome: str, planned: str
) -> None:
    lead_id = ola.add("Dana")["id"]
    automate(ola, "call.noted", {"outcome": "no_answer", "direction": "out"}, plan("Try again", "2h"))
    automate(ola, "call.noted", {"outcome": "interested"}, plan("Move to Quote Sent and send the quote"))
    drain()
    ok(ola.post(f"/leads/{lead_id}/calls", {"direction": "out", "outcome": outcome}))
    drain()
    assert ola.lead(lead_id)["next_step"] == planned
