"""Several pipelines: their money, and where the leads go when one is taken away."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from leadline.leads.actions import set_up_pipeline
from leadline.leads.models import Lead
from leadline.leads.tests import people
from leadline.testing import Api
from leadline.workspaces.actor import Actor

As = Callable[[Actor], Api]


def partners(client: Api) -> dict[str, Any]:
    made: dict[str, Any] = client.post("/pipelines", {"name": "Partners"}).json()
    return {**made, "by_name": {stage["name"]: stage["id"] for stage in made["stages"]}}


def test_a_pipeline_is_taken_away_only_with_a_place_for_its_leads(ada: Actor, api: As) -> None:
    home = set_up_pipeline(ada)
    client = api(ada)
    other = partners(client)
    running, lost = people.lead(ada, "Running"), people.lead(ada, "Lost")
    client.post(f"/leads/{running.id}/moves", {"stage_id": other["by_name"]["Negotiation"]})
    reason = client.get("/loss-reasons").json()[0]["id"]
    client.post(
        f"/leads/{lost.id}/moves",
        {"stage_id": other["by_name"]["Closed lost"], "lost": {"reason_id": reason}},
    )
    path = f"/pipelines/{other['id']}"
    assert client.delete(path).json()["code"] == "stage_not_empty"
    assert client.delete(f"{path}?to={other['by_name']['Negotiation']}").status_code == 422

    assert client.delete(f"{path}?to={home.id}").status_code == 204
    assert [one["name"] for one in client.get("/pipelines").json()] == ["Sales"]
    stages = {lead.name: lead.stage.name for lead in Lead.objects.select_related("stage")}
    assert stages == {"Running": "New Inquiry", "Lost": "Closed lost"}
    assert {lead.pipeline_id for lead in Lead.objects.all()} == {home.pipeline_id}
    # The name is free again.
    assert client.post("/pipelines", {"name": "Partners"}).status_code == 201


def test_the_default_pipeline_stays_and_reps_take_none_away(ada: Actor, rita: Actor, api: As) -> None:
    home = set_up_pipeline(ada)
    assert api(ada).delete(f"/pipelines/{home.pipeline_id}").json()["code"] == "default_pipeline"
    assert api(rita).delete(f"/pipelines/{home.pipeline_id}").status_code == 403


def test_managers_see_the_open_money_by_stage_and_by_owner(
    ada: Actor, mona: Actor, rita: Actor, sam: Actor, api: As
) -> None:
    set_up_pipeline(ada)
    big, small = people.lead(rita, "Big", value_minor=100_000), people.lead(sam, "Small", value_minor=20_000)
    api(rita).post(f"/leads/{big.id}/moves", {"stage_id": str(people.stage("Quote Sent").id)})
    money = api(mona).get("/board/money").json()
    stages = {
        row["of"]["name"]: (row["count"], row["value_minor"], row["weighted_minor"])
        for row in money["stages"]
    }
    assert stages["Quote Sent"] == (1, 100_000, 50_000)
    assert stages["New Inquiry"] == (1, 20_000, 2_000)
    owners = [(row["of"]["name"], row["value_minor"], row["weighted_minor"]) for row in money["owners"]]
    assert owners == [("Rita", 100_000, 50_000), ("Sam", 20_000, 2_000)]
    assert (money["total"]["value_minor"], money["total"]["weighted_minor"]) == (120_000, 52_000)

    # What is won is no open money any more, and a rep sees only the own team's.
    api(sam).post(f"/leads/{small.id}/moves", {"stage_id": str(people.stage("Closed won").id)})
    assert api(mona).get("/board/money").json()["total"]["value_minor"] == 100_000
    assert api(sam).get("/board/money").json()["total"]["count"] == 0


def test_money_of_another_currency_is_converted_or_named(ada: Actor, api: As) -> None:
    set_up_pipeline(ada)
    people.lead(ada, "Here", value_minor=1_000)
    people.lead(ada, "There", value_minor=1_000, currency="USD")
    assert api(ada).get("/board/money").json()["unconverted"] == ["USD"]
    api(ada).patch("/exchange-rates", {"rates": {"USD": 4}})
    money = api(ada).get("/board/money").json()
    assert (money["total"]["value_minor"], money["unconverted"]) == (5_000, [])
