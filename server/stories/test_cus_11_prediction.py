"""CUS-11: a prediction that is learned here, shows its factors, and says whether it beats the rules."""

from __future__ import annotations

import random
from collections.abc import Sequence
from datetime import timedelta
from typing import Any

import pytest

from leadline.kit import clock
from leadline.leads.models import Lead
from leadline.scoring.prediction import schedule
from leadline.scoring.prediction.models import LeadPrediction, PredictionModel
from leadline.workspaces.models import AuditEntry
from stories.company import Acme, Drain, Seat, ok

LEADS = 260
ROOFS = ("flat", "steep", "none")


def fields(ola: Seat) -> None:
    """The company asks about the roof and the bill; the surveyor writes the verdict later."""
    choices = [{"value": roof, "label": roof.title()} for roof in ROOFS]
    ok(ola.post("/fields", {"object": "lead", "label": "Roof", "type": "choice", "choices": choices}))
    ok(ola.post("/fields", {"object": "lead", "label": "Bill", "type": "number"}))
    ok(ola.post("/fields", {"object": "lead", "label": "Survey", "type": "text"}))


def capture(acme: Acme, numbers: Sequence[int], seed: int = 4) -> dict[str, float]:
    """Leads come in; the true chance of each, by its id."""
    shop, luck = acme.program(), random.Random(seed)
    rows, chances = [], []
    for number in numbers:
        roof, bill = luck.choice(ROOFS), luck.randrange(50, 900)
        custom = {"roof": roof, "bill": bill}
        rows.append({"name": f"Person {number}", "email": f"p{number}@p.example", "custom": custom})
        chances.append({"flat": 0.8, "steep": 0.45, "none": 0.05}[roof] * (0.5 + bill / 900))
    results = ok(shop.post("/leads/batch", {"leads": rows}))["results"]
    return {row["id"]: chance for row, chance in zip(results, chances, strict=True)}


def close(chances: dict[str, float], seed: int = 6) -> list[str]:
    """The leads are won as their chance wants it, else lost; those that were won."""
    luck = random.Random(seed)
    won = [lead_id for lead_id, chance in chances.items() if luck.random() < chance]
    now = clock.now()
    Lead.objects.filter(id__in=chances).update(status="lost", closed_at=now)
    Lead.objects.filter(id__in=won).update(status="won")
    return won


@pytest.fixture
def closed(acme: Acme, drain: Drain) -> dict[str, float]:
    """Acme has closed enough leads to learn from."""
    fields(acme.ola)
    chances = capture(acme, range(LEADS))
    drain()
    clock.move(timedelta(days=2))
    close(chances)
    return chances


def learn(ola: Seat, drain: Drain) -> dict[str, Any]:
    """Ola presses the button and waits."""
    asked = ola.post("/prediction/trainings", {})
    assert asked.status_code == 202, asked.json()
    assert asked.json()["training"]["state"] == "waiting"
    drain()
    found: dict[str, Any] = ok(ola.get("/prediction"))
    assert found["training"]["state"] == "idle"
    return found


def test_with_few_closed_leads_nothing_is_learned_and_it_says_what_is_missing(acme: Acme) -> None:
    found = ok(acme.ola.get("/prediction"))
    assert (found["model"], found["enough"], found["closed_leads"]) == (None, False, 0)
    refused = acme.ola.post("/prediction/trainings", {})
    assert refused.status_code == 409
    assert refused.json()["code"] == "too_few_leads"
    assert "200 closed leads" in refused.json()["detail"]
    assert acme.ola.patch("/prediction", {"enabled": True}).json()["code"] == "no_prediction"


def test_it_is_learned_here_measured_on_leads_not_seen_and_compared_with_the_rules(
    acme: Acme, closed: dict[str, float], drain: Drain
) -> None:
    model = learn(acme.ola, drain)["model"]
    assert (model["leads"], model["useful"], model["better"]) == (LEADS, True, "prediction")
    measures = model["measures"]
    assert measures["leads"] >= LEADS - 5
    assert measures["auc"] > 0.75 > model["rules"]["auc"]
    assert measures["brier"] < measures["base_brier"]
    assert measures["lift_10"] > 1.3
    assert sum(one["count"] for one in measures["calibration"]) == measures["leads"]
    assert [factor["label"] for factor in model["factors"]][:2] == ["Roof", "Bill"]
    best = max(model["factors"][0]["values"], key=lambda value: value["moves"])
    assert best["value"] == ["flat"]


def test_it_is_off_until_somebody_who_may_switches_it_on(
    acme: Acme, closed: dict[str, float], drain: Drain
) -> None:
    kim = acme.hire("Kim")
    learn(acme.ola, drain)
    lead_id = next(iter(capture(acme, [900])))
    drain()
    schedule.judge_new_leads()
    assert ok(acme.ola.get(f"/leads/{lead_id}/prediction"))["enabled"] is False
    assert not LeadPrediction.objects.exists()
    assert kim.patch("/prediction", {"enabled": True}).status_code == 403
    assert kim.get("/prediction").status_code == 403

    ok(acme.ola.patch("/prediction", {"enabled": True}))
    drain()
    assert ok(acme.ola.get(f"/leads/{lead_id}/prediction"))["chance"] is not None


def test_a_new_lead_gets_its_chance_with_reasons_soon_and_keeps_what_was_known_then(
    acme: Acme, closed: dict[str, float], drain: Drain
) -> None:
    learn(acme.ola, drain)
    ok(acme.ola.patch("/prediction", {"enabled": True}))
    chances = capture(acme, range(1000, 1040), seed=8)
    schedule.judge_new_leads()
    judged = {str(p.lead_id): p.chance for p in LeadPrediction.objects.all()}
    assert judged.keys() == chances.keys()
    best, worst = max(judged, key=judged.__getitem__), min(judged, key=judged.__getitem__)
    assert chances[best] > 0.6 > 0.2 > chances[worst]
    seen = ok(acme.ola.get(f"/leads/{best}/prediction"))
    assert seen["chance"] == judged[best] > seen["base"]
    assert seen["reasons"][0]["label"] in ("Roof", "Bill")
    assert seen["reasons"][0]["moves"] > 0
    listed = ok(acme.ola.get("/leads", sort="-chance", limit=200))["items"]
    assert {row["id"] for row in listed if row["chance"] is not None} >= chances.keys()
    known = [-1 if row["chance"] is None else row["chance"] for row in listed]
    assert known == sorted(known, reverse=True)
    likely = ok(acme.ola.get("/leads", filter='{"field": "chance", "op": "gte", "value": 60}'))["items"]
    assert best in {row["id"] for row in likely}
    assert worst not in {row["id"] for row in likely}

    clock.move(timedelta(hours=1))
    ok(acme.ola.patch(f"/leads/{best}", {"custom": {"roof": "none", "bill": 50}}))
    LeadPrediction.objects.all().delete()
    schedule.judge_new_leads()
    assert LeadPrediction.objects.get(lead_id=best).chance == judged[best]


def test_a_field_written_after_the_lead_came_in_is_no_input(
    acme: Acme, closed: dict[str, float], drain: Drain
) -> None:
    for row in Lead.objects.filter(id__in=closed):
        row.custom["survey"] = "fine" if row.status == "won" else "bad"
        row.save(update_fields=["custom"])
        AuditEntry.objects.create(
            workspace_id=row.workspace_id,
            actor_name="Kim",
            action="changed",
            object_type="lead",
            object_id=row.id,
            changes={"custom": [{k: v for k, v in row.custom.items() if k != "survey"}, row.custom]},
        )
    model = learn(acme.ola, drain)["model"]
    assert {one["label"]: one["why"] for one in model["refused"]} == {"Survey": "written_later"}
    assert "Survey" not in {factor["label"] for factor in model["factors"]}


def test_outcomes_of_luck_are_called_no_usable_signal_and_cannot_be_switched_on(
    acme: Acme, closed: dict[str, float], drain: Drain
) -> None:
    close(dict.fromkeys(closed, 0.4), seed=11)
    model = learn(acme.ola, drain)["model"]
    assert model["useful"] is False
    assert acme.ola.patch("/prediction", {"enabled": True}).json()["code"] == "no_prediction"


def test_a_signal_that_is_gone_switches_it_off(acme: Acme, closed: dict[str, float], drain: Drain) -> None:
    learn(acme.ola, drain)
    ok(acme.ola.patch("/prediction", {"enabled": True}))
    capture(acme, [900])
    schedule.judge_new_leads()
    assert Lead.objects.filter(chance__isnull=False).count() == 1
    close(dict.fromkeys(closed, 0.4), seed=11)
    assert learn(acme.ola, drain)["enabled"] is False
    assert not Lead.objects.filter(chance__isnull=False).exists()


def test_it_learns_by_itself_once_a_week(acme: Acme, closed: dict[str, float], drain: Drain) -> None:
    schedule.learn_again_and_watch()
    drain()
    first = PredictionModel.objects.get()
    schedule.learn_again_and_watch()
    drain()
    assert PredictionModel.objects.get() == first
    clock.move(timedelta(days=8))
    schedule.learn_again_and_watch()
    drain()
    assert PredictionModel.objects.get() != first


def test_leads_unlike_those_learned_from_are_warned_about(
    acme: Acme, closed: dict[str, float], drain: Drain
) -> None:
    learn(acme.ola, drain)
    ok(acme.ola.patch("/prediction", {"enabled": True}))
    clock.move(timedelta(days=1))
    chances = capture(acme, range(2000, 2120), seed=9)
    Lead.objects.filter(id__in=chances).update(custom={"roof": "flat", "bill": 880})
    schedule.judge_new_leads()
    clock.move(timedelta(hours=1))
    Lead.objects.filter(id__in=chances).update(status="lost", closed_at=clock.now())
    schedule.learn_again_and_watch()
    since = ok(acme.ola.get("/prediction"))["model"]["since"]
    assert {one["label"] for one in since["inputs"]} >= {"Roof", "Bill"}
    assert since["outcomes"]["happened"] == 0 < 0.5 < since["outcomes"]["predicted"]
