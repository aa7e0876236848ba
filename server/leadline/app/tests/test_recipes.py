"""The library of recipes: read in plain words, taken over with own choices, also long after the first day."""

from __future__ import annotations

from typing import Any

import pytest

from leadline.app.recipes import ALL, SHIPPED
from leadline.engines.automation.models import Automation
from leadline.infra import tenancy
from leadline.testing import Api, people
from leadline.workspaces.actions import create_workspace
from leadline.workspaces.actor import Actor
from leadline.workspaces.models import Workspace

COMPANY = {
    "name": "Acme",
    "country": "IL",
    "timezone": "Asia/Jerusalem",
    "currency": "ILS",
    "phone_region": "IL",
}


def founded(language: str) -> Actor:
    company = {**COMPANY, "language": language}
    return create_workspace(company=company, name="Ola", email="ola@acme.example", password=None)[0]


@pytest.fixture
def boss(db: None) -> Actor:
    """Ola, whose company speaks Hebrew."""
    return founded("he")


def library(actor: Actor) -> dict[str, dict[str, Any]]:
    return {one["key"]: one for one in Api(actor).get("/automation-recipes").json()}


def test_every_recipe_says_what_it_does_and_the_shipped_ones_are_in_use(db: None, statements: Any) -> None:
    client = Api(founded("en"))
    with statements() as seen:
        shown = {one["key"]: one for one in client.get("/automation-recipes").json()}
    assert list(shown) == [recipe.key for recipe in ALL]
    assert {key for key, one in shown.items() if one["enabled"]} == {recipe.key for recipe in SHIPPED}
    assert all(one["purpose"] and ": …" not in one["sentence"] for one in shown.values())
    assert shown["quote_reminder"]["sentence"].startswith("When a lead enters a stage")
    assert "wait 3 days of business time or until the person answers" in shown["quote_reminder"]["sentence"]
    assert "if Channel is not WhatsApp or Added by hand or Import" in shown["first_answer"]["sentence"]
    assert [one["key"] for one in shown.values() if "{{" in one["sentence"]] == []
    assert len(seen) < 16


def test_a_recipe_is_taken_over_with_the_choices_and_in_the_language_of_the_company(boss: Actor) -> None:
    api = Api(boss)
    made = api.post("/automations", {"recipe": "no_next_step", "choices": {"days": 5}, "enabled": False})
    assert made.status_code == 201
    written = made.json()
    assert (written["enabled"], written["trigger"]["options"]) == (False, {"days": 5})
    assert written["steps"][0]["with"] == {"text": "להתקשר אל {{name}}", "after": "1d"}
    shown = library(boss)["no_next_step"]
    assert (shown["automation_id"], shown["enabled"]) == (written["id"], False)
    assert shown["name"] == "אין צעד הבא: לתכנן אחד"


def test_a_recipe_is_in_use_once_and_may_be_taken_again_after_it_was_deleted(boss: Actor) -> None:
    api = Api(boss)
    assert api.post("/automations", {"recipe": "won_customer"}).json()["code"] == "recipe_in_use"
    api.delete(f"/automations/{library(boss)['won_customer']['automation_id']}")
    assert library(boss)["won_customer"]["automation_id"] is None
    again = api.post("/automations", {"recipe": "won_customer"})
    assert (again.status_code, again.json()["enabled"]) == (201, True)
    with tenancy.workspace(boss.workspace_id):
        assert Automation.objects.filter(recipe="won_customer").count() == 2


def test_wrong_choices_and_strangers_are_refused(boss: Actor) -> None:
    api = Api(boss)
    wrong = api.post("/automations", {"recipe": "no_next_step", "choices": {"days": "soon"}})
    assert (wrong.status_code, wrong.json()["field"]) == (422, "choices.days")
    assert api.post("/automations", {"recipe": "nobody"}).json()["field"] == "recipe"
    with tenancy.workspace(boss.workspace_id):
        rep = people.member(Workspace.objects.get(id=boss.workspace_id), "Rita", "rep")
    assert Api(rep).post("/automations", {"recipe": "no_next_step"}).status_code == 403
    assert Api(rep).get("/automation-recipes").status_code == 403
    assert library(boss)["no_next_step"]["automation_id"] is None
