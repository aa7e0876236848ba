"""The whole path with Meta played by this server: fill in, deliver, fetch, test, misbehave."""

from __future__ import annotations

from typing import Any

import pytest
from django.test import Client

from leadline.ads.models import SandboxAccount, SandboxLead
from leadline.capture.models import Connection, Submission
from leadline.channels.meta_ads.tests.conftest import Drain
from leadline.leads.models import Lead
from leadline.testing import Api
from leadline.workspaces.actor import Actor
from leadline.workspaces.models import Workspace

PAGE = "/sandbox/ads/meta_ads/"
DANA = {
    "full_name": "Dana Levi",
    "email": "dana@dana.example",
    "platform": "ig",
    "what_kind_of_roof?": "flat",
}


@pytest.fixture
def desk(inside: Workspace, ola: Actor, loopback: list[str]) -> Client:
    """The owner at the sandbox of a connection made in the settings."""
    from leadline.leads.actions import set_up_pipeline

    set_up_pipeline(ola)
    api = Api(ola)
    made = api.post("/connections", {"channel": "meta_ads", "name": "Ads"})
    assert made.status_code == 201, made.content
    return api.client


def account() -> SandboxAccount:
    return SandboxAccount.objects.get()


def post(desk: Client, what: str, **fields: Any) -> Any:
    return desk.post(f"{PAGE}{what}", {"account": str(account().id), **fields})


def test_a_form_filled_in_as_the_customer_becomes_a_lead_over_http(
    desk: Client, drain: Drain, loopback: list[str]
) -> None:
    assert "Where did you see" in desk.get(PAGE).content.decode()
    assert post(desk, "leads", **DANA, consent="on").status_code == 302
    drain()

    lead = Lead.objects.get()
    assert (lead.contact.name, lead.source, lead.campaign) == ("Dana Levi", "instagram", "Autumn roofs")
    assert lead.text == "What kind of roof?: Flat"
    assert [path.split("/")[1] for path in loopback] == ["hooks", "sandbox", "sandbox"]
    assert f"/leads/{lead.id}" in desk.get(PAGE).content.decode()


def test_faults_are_visible_and_when_they_are_over_nothing_is_missing(desk: Client, drain: Drain) -> None:
    for fault in ("invisible", "token", "permission", "rate", "passing", "garbage"):
        post(desk, "faults", fault=fault)
        post(desk, "leads", full_name=fault, email=f"{fault}@{fault}.example")
        drain()
        assert set(Submission.objects.values_list("state", flat=True)) <= {"failed", "understood"}
        assert not Lead.objects.filter(name=fault).exists()
        post(desk, "faults", fault="")
        drain()
        assert Lead.objects.filter(name=fault).exists()
    post(desk, "faults", fault="ad_names", switches=["twice", "numbers"])
    post(desk, "leads", **DANA)
    drain()
    assert Lead.objects.filter(name="Dana Levi").count() == 1
    assert not Submission.objects.exclude(state="understood").exists()


def test_a_lost_delivery_is_brought_by_fetching_missed_leads(desk: Client, drain: Drain) -> None:
    post(desk, "faults", switches=["lost"])
    post(desk, "leads", **DANA)
    drain()
    assert "has not arrived yet" in desk.get(PAGE).content.decode()
    assert not Lead.objects.exists()

    api = f"/api/v1/connections/{Connection.objects.get().id}/catch-ups"
    assert desk.post(api, content_type="application/json").status_code == 202
    drain()
    assert Lead.objects.get().contact.name == "Dana Levi"


def test_the_advertisers_test_lead_is_put_aside(desk: Client, drain: Drain) -> None:
    post(desk, "tests")
    drain()
    assert Submission.objects.get().state == "ignored"
    assert not Lead.objects.exists()


def test_the_test_button_tells_every_step(desk: Client) -> None:
    path = f"/api/v1/connections/{Connection.objects.get().id}/tests"
    tried = desk.post(path, content_type="application/json").json()
    assert tried["ok"] is True, tried
    names = [step["name"] for step in tried["steps"]]
    assert names == ["App secret", "Page", "Subscription", "Forms"]

    post(desk, "faults", fault="token")
    tried = desk.post(path, content_type="application/json").json()
    assert tried["ok"] is False
    assert "access token" in tried["steps"][-1]["detail"]


def test_the_page_belongs_to_those_who_look_after_capture(desk: Client, rita: Actor, stranger: Actor) -> None:
    assert Client().get(PAGE).headers["Location"] == f"/login?next={PAGE}"
    assert Api(rita).client.get(PAGE).status_code == 403
    assert (
        Api(stranger).client.post(f"{PAGE}leads", {"account": str(account().id), **DANA}).status_code == 404
    )
    assert desk.post(f"{PAGE}leads", {"account": "x", **DANA}).status_code == 422
    assert desk.get("/sandbox/ads/nothing/").status_code == 404
    wrong = Client().get("/sandbox/meta-ads/graph/v25.0/1", headers={"Authorization": "Bearer guess"})
    assert wrong.json()["error"]["code"] == 190
    assert not SandboxLead.objects.exists()
