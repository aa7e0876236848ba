"""LinkedIn's challenges are answered, its notifications become leads, what it wants forgotten is erased."""

from __future__ import annotations

import json
from collections.abc import Callable
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import pytest
from django.test import Client

from leadline.ads import actions as ads
from leadline.ads.models import CatchUp
from leadline.capture import schedule
from leadline.capture.models import Connection, Submission
from leadline.channels.linkedin import inbound
from leadline.engines.notices.models import Notice
from leadline.infra.models import Job
from leadline.kit import clock
from leadline.leads.actions import set_up_pipeline
from leadline.leads.models import Lead
from leadline.testing import Api
from leadline.testing.loopback import Recorded, loopback, recorded
from leadline.workspaces.actor import Actor

__all__ = ["loopback", "recorded"]

HERE = Path(__file__).parent
VECTORS: list[dict[str, Any]] = json.loads((HERE / "signatures.json").read_text())
SECRET = "li-client-secret-9f31d7"
OWNER = "urn:li:sponsoredAccount:512345678"
LEAD, FORM, LIST = "/rest/leadFormResponses/4f1d2c3b-5", "/rest/leadForms/8123456", "/rest/leadFormResponses"
PAGE = "/sandbox/ads/linkedin/"
Drain = Callable[..., int]


def sample(name: str) -> Any:
    return json.loads((HERE / "payloads" / f"{name}.json").read_text())


@pytest.fixture
def owner(ola: Actor) -> Api:
    """The owner, with a pipeline for the leads."""
    set_up_pipeline(ola)
    return Api(ola)


@pytest.fixture
def door(owner: Api) -> str:
    """The address of a live connection."""
    settings = {"mode": "live", "owner": "512345678", "names": "367370001 = Factories"}
    secrets = {"client_secret": SECRET, "access_token": "t0ken"}
    made = owner.post(
        "/connections",
        {"channel": "linkedin", "name": "LinkedIn", "settings": settings, "secrets": secrets},
    )
    assert made.status_code == 201, made.content
    return str(urlsplit(made.json()["url"]).path)


@pytest.fixture
def linkedin(recorded: Recorded) -> Recorded:
    """LinkedIn's answers."""
    recorded.replay(LEAD, sample("lead-response-1"))
    recorded.replay(FORM, sample("form-1"))
    return recorded


def deliver(door: str, raw: bytes) -> int:
    headers = {"X-LI-Signature": inbound.sign(raw, SECRET)}
    return Client().post(door, raw, content_type="application/json", headers=headers).status_code


def event(name: str) -> bytes:
    return (HERE / "payloads" / f"{name}.json").read_bytes()


def test_every_vector_has_its_verdict() -> None:
    for vector in VECTORS:
        secret = vector["secret"]
        if vector["scheme"] == "linkedin-challenge":
            assert inbound.challenge_response(vector["challenge"], secret) == vector["expected"]
            continue
        raw, header = event(vector["file"].removesuffix(".json")), vector["headers"]["X-LI-Signature"]
        assert inbound.verified(raw, header, secret) is vector["valid"]
        assert inbound.verified(raw, f"hmacsha256={header}", secret) is vector["valid"]
        assert not inbound.verified(raw + b" ", header, secret)
        assert not inbound.verified(raw, None, secret)
        assert not inbound.verified(raw, header, "")
    child = sample("validation-2-child-app")["response"]["body"]
    assert inbound.challenge_response(child["challengeCode"], SECRET) == child["challengeResponse"]


def test_the_address_proves_that_it_is_ours_as_often_as_it_is_asked(door: str) -> None:
    said = sample("validation-1")
    code = said["response"]["body"]["challengeCode"]
    for query in ({"challengeCode": code}, {"challengeCode": code, "applicationId": "776655"}):
        answer = Client().get(door, query)
        assert (answer.status_code, answer.headers["Content-Type"]) == (200, "application/json")
        assert answer.json() == said["response"]["body"]
    assert Client().get(door).status_code == 400
    assert Client().get("/hooks/linkedin/nobody", {"challengeCode": code}).status_code == 404


def test_refusals_store_nothing(door: str) -> None:
    raw = event("lead-action-1-created")
    post = Client().post
    assert post(door, raw, content_type="a/b", headers={"X-LI-Signature": "guess"}).status_code == 403
    assert post(door, raw, content_type="a/b").status_code == 403
    assert post(door, b"x" * (10 * 1024 * 1024), content_type="a/b").status_code == 413
    assert deliver(door, b"{") == 400
    assert not Submission.objects.exists()


def test_a_lead_is_fetched_with_the_words_of_its_form(door: str, linkedin: Recorded, drain: Drain) -> None:
    for _ in range(2):
        assert deliver(door, event("lead-action-1-created")) == 200
    drain()

    lead = Lead.objects.get()
    assert lead.contact.company is not None
    assert (lead.contact.name, lead.contact.company.name) == ("Jürgen Weiß", "Weiß & Söhne")
    assert (lead.source, lead.campaign, lead.text) == ("linkedin", "Factories", "Plant size: 1-5 MW")
    assert lead.extra.items() >= {"form": "Solar for factories", "creative_id": "301234567"}.items()
    assert lead.contact.consent["marketing"] is True
    sent = {
        "Authorization": "Bearer t0ken",
        "LinkedIn-Version": "202610",
        "X-Restli-Protocol-Version": "2.0.0",
    }
    assert linkedin.headers.items() >= sent.items()


def test_what_linkedin_asks_to_forget_is_erased_in_any_order(
    door: str, linkedin: Recorded, drain: Drain
) -> None:
    deliver(door, event("lead-action-1-created"))
    drain()
    for _ in range(2):
        deliver(door, event("lead-action-3-deleted"))
        drain()
    created = Submission.objects.get(natural_key="lead:4f1d2c3b-5:CREATED")
    assert (bytes(created.body), bytes(created.fetched or b"")) == (b"", b"")
    notice = Notice.objects.get(kind="lead.forget")
    assert notice.link_id == Lead.objects.get().id

    for name in ("lead-action-4-deleted-event", "lead-action-2-created-event"):
        deliver(door, event(name))
        drain()
    late = Submission.objects.get(natural_key="lead:77aa01bc-4:CREATED")
    assert (late.state, Lead.objects.count()) == ("ignored", 1)
    assert not any("77aa01bc" in url for url in linkedin.asked)


@pytest.mark.parametrize(
    ("status", "headers", "minutes", "alarms"),
    [(401, {}, 60, 1), (403, {}, 60, 1), (426, {}, 60, 1), (429, {"Retry-After": "600"}, 10, 0)],
)
def test_a_refusal_of_everything_is_waited_for(
    door: str,
    recorded: Recorded,
    drain: Drain,
    held: datetime,
    status: int,
    headers: dict[str, str],
    minutes: int,
    alarms: int,
) -> None:
    recorded.say(LEAD, {"message": "No."}, status, headers)
    recorded.replay(LEAD, sample("lead-response-1"))
    # A form that is gone costs its words, not the lead.
    recorded.say(FORM, {"message": "Not found"}, 404)
    deliver(door, event("lead-action-1-created"))
    drain()
    assert Connection.objects.get().rests_until == held + timedelta(minutes=minutes)
    assert Notice.objects.filter(kind="channel_stopped").count() == alarms

    clock.move(timedelta(minutes=minutes + 1))
    schedule.queue_what_was_left_behind()
    drain()
    assert Lead.objects.get().contact.identities.get().shown == "j.weiss@firma.example"


def test_odd_and_other_notifications_are_kept(door: str, linkedin: Recorded, drain: Drain) -> None:
    two = [json.loads(event("lead-action-1-created")), {"type": "ORGANIZATION", "notificationId": 7}]
    for body in ([], 7, {"type": "LEAD_ACTION"}, {"type": {"x": None}}, two):
        assert deliver(door, json.dumps(body).encode()) == 200
    drain()
    assert Lead.objects.count() == 1
    assert Submission.objects.filter(natural_key="notification:7", state="ignored").exists()
    assert not Submission.objects.filter(state__in=["received", "failed"]).exists()


def test_missed_leads_are_read_page_by_page_and_test_leads_put_aside(
    door: str, linkedin: Recorded, drain: Drain, held: datetime
) -> None:
    first, second = sample("lead-response-2-search-page"), sample("lead-response-2-search-page")
    elements = first["response"]["body"]["elements"]
    first["response"]["body"] |= {"elements": elements[:1]}
    second["response"]["body"] |= {"elements": elements[1:]}
    linkedin.replay(LIST, first)
    linkedin.replay(LIST, second)
    connection = Connection.objects.get()
    run = {"workspace_id": str(connection.workspace_id), "connection_id": str(connection.id)}
    assert ads.catch_up(**run) == 2
    drain()

    assert Lead.objects.get().campaign == "Factories"
    assert Submission.objects.filter(state="ignored").count() == 1
    asked = [url for url in linkedin.asked if "q=owner" in url]
    assert "owner=(sponsoredAccount:urn%3Ali%3AsponsoredAccount%3A512345678)" in asked[0]
    assert [url.rsplit("start=", 1)[1] for url in asked] == ["0", "1"]
    assert (CatchUp.objects.get().since, CatchUp.objects.get().cursor) == (held, "")
    deliver(door, event("lead-action-1-created"))
    drain()
    assert Lead.objects.count() == 1


def test_the_sandbox_plays_the_whole_path(owner: Api, drain: Drain, loopback: list[str]) -> None:
    made = owner.post("/connections", {"channel": "linkedin", "name": "LinkedIn"}).json()
    tried = owner.post(f"/connections/{made['id']}/tests").json()
    assert [step["ok"] for step in tried["steps"]] == [True, True, True], tried
    drain()
    assert loopback[-1].startswith("/hooks/linkedin/")
    again = owner.post(f"/connections/{made['id']}/tests").json()
    assert again["ok"] is True
    assert not Job.objects.filter(task__contains="challenge").exists()

    account, desk = str(Connection.objects.get().sandbox_account.id), owner.client
    filled = {"account": account, "first_name": "Dana", "email": "dana@dana.example", "size": "large"}
    desk.post(f"{PAGE}leads", {**filled, "consent": "on"})
    desk.post(f"{PAGE}tests", {"account": account})
    drain()
    assert (Lead.objects.get().name, Lead.objects.get().text) == ("Dana", "Plant size: 1-5 MW")
    for fault in ("gone", "token", "version", "rate", "garbage"):
        desk.post(f"{PAGE}faults", {"account": account, "fault": fault})
        desk.post(f"{PAGE}leads", {**filled, "first_name": fault, "email": f"{fault}@{fault}.example"})
        drain()
        assert not Lead.objects.filter(name=fault).exists()
        desk.post(f"{PAGE}faults", {"account": account})
        drain()
        assert Lead.objects.filter(name=fault).exists()
    desk.post(f"{PAGE}faults", {"account": account, "switches": ["lost"]})
    desk.post(f"{PAGE}leads", {**filled, "first_name": "Omri", "email": "omri@omri.example"})
    owner.post(f"/connections/{made['id']}/catch-ups")
    drain()
    assert Lead.objects.filter(name="Omri").exists()


def test_the_settings_say_what_is_wrong(owner: Api) -> None:
    made = owner.post("/connections", {"channel": "linkedin", "name": "LinkedIn"}).json()
    wrong = {"owner": "x", "api_version": "2026", "lead_type": "OTHER", "names": "x", "mode": "live"}
    for key, value in wrong.items():
        answer = owner.patch(f"/connections/{made['id']}", {"settings": {key: value}})
        assert answer.status_code == 422, (key, answer.content)
        assert answer.json()["field"] == ("settings.owner" if key == "mode" else f"settings.{key}")
