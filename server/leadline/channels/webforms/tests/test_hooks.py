"""Form tools and automation services post to a webhook address."""

from __future__ import annotations

import json
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest
from django.test import Client

from leadline.capture import actions as capture
from leadline.capture import queries as doors
from leadline.capture.models import Connection, Submission
from leadline.channels.webforms.tests.conftest import hook_address
from leadline.channels.webforms.tests.test_tools import SAMPLES, TYPES
from leadline.kit import clock
from leadline.leads.models import Lead
from leadline.testing import Api
from leadline.workspaces.actor import Actor

Drain = Callable[..., int]
HERE = Path(__file__).parent
VECTORS: list[dict[str, Any]] = json.loads((HERE / "signatures.json").read_text())


def deliver(visitor: Client, hook: Connection, name: str, headers: dict[str, str] | None = None) -> Any:
    path = HERE / "payloads" / name
    kind = TYPES.get(path.suffix, "multipart/form-data; boundary=----jf7731")
    return visitor.generic("POST", hook_address(hook), path.read_bytes(), content_type=kind, headers=headers)


@pytest.mark.parametrize("name", [sample[0] for sample in SAMPLES])
def test_each_sample_arrives_once_however_often_it_is_delivered(
    hook: Connection, visitor: Client, drain: Drain, name: str
) -> None:
    answers = [deliver(visitor, hook, name) for _ in range(3)]
    drain()

    assert [a.json().get("received") for a in answers] == [1, 0, 0]
    kept = Submission.objects.get()
    assert (kept.state, kept.reason) == ("understood", "")
    assert Lead.objects.count() == (0 if "canceled" in name else 1)


def test_a_saved_mapping_fills_the_lead_and_the_rest_is_kept(
    ada: Actor, hook: Connection, visitor: Client, drain: Drain
) -> None:
    mapping = {"Ansprechpartner": "name", "Rueckruf": "phone", "Kundennr": "ignore", "Wunsch": "interest"}
    capture.change_connection(ada, hook.id, settings={**hook.settings, "mapping": mapping})
    fields = {
        "Ansprechpartner": "Jürgen",
        "Rueckruf": "030 123456",
        "Wunsch": "Dach",
        "PLZ": "10115",
        "Etage": "3",
    }
    first = {**fields, "Kundennr": "7", "country": "DE"}
    visitor.post(hook_address(hook), first, content_type="application/json")
    visitor.post(hook_address(hook), {**fields, "Rueckruf": "030 654321", "country": "DE"})
    drain()

    one, two = Lead.objects.order_by("id")
    for lead in (one, two):
        assert (lead.name, lead.interest) == ("Jürgen", "Dach")
        assert (lead.extra, lead.contact.postcode) == ({"Etage": "3", "form": "Zapier"}, "10115")
    shown = {i.shown for lead in (one, two) for i in lead.contact.identities.all()}
    assert shown == {"+4930123456", "+4930654321"}


def test_a_submission_nobody_can_answer_is_kept_as_incomplete(
    hook: Connection, visitor: Client, drain: Drain
) -> None:
    visitor.post(hook_address(hook), {"name": "Nobody"}, content_type="application/json")
    drain()
    kept = Submission.objects.get()
    assert kept.state == "quarantined"
    assert kept.reason == "Incomplete: there is neither an e-mail address nor a phone number in it."
    assert Lead.objects.count() == 0


def test_an_array_makes_a_lead_of_each(hook: Connection, visitor: Client, drain: Drain) -> None:
    deliver(visitor, hook, "make-2-array.json")
    drain()
    assert {lead.name for lead in Lead.objects.all()} == {"Ana Ruiz", "Tom Lee"}
    assert len(Submission.objects.get().result["taken"]) == 2


@pytest.mark.parametrize("vector", VECTORS, ids=[v["file"] for v in VECTORS])
def test_once_a_secret_is_set_only_signed_deliveries_are_stored(
    ada: Actor, hook: Connection, visitor: Client, vector: dict[str, Any]
) -> None:
    settings = {**hook.settings, "tool": vector["scheme"]}
    capture.change_connection(ada, hook.id, settings=settings, secrets={"signing_secret": vector["secret"]})
    milliseconds = vector["headers"].get("x-webflow-timestamp", "1794820320000")

    with clock.hold(datetime.fromtimestamp(int(milliseconds) / 1000, UTC)):
        bare = deliver(visitor, hook, vector["file"])
        forged = deliver(
            visitor, hook, vector["file"], {n: v[:-2] + "aa" for n, v in vector["headers"].items()}
        )
        assert Submission.objects.count() == 0
        genuine = deliver(visitor, hook, vector["file"], vector["headers"])

    assert [a.status_code for a in (bare, forged, genuine)] == [401, 401, 200]
    assert Submission.objects.count() == 1
    assert "wrong or missing signature" in Connection.objects.get(id=hook.id).last_error


def test_the_token_may_come_as_a_bearer_header(hook: Connection, visitor: Client) -> None:
    headers = {"Authorization": f"Bearer {doors.token_of(hook)}"}
    body = {"email": "a@b.example"}
    assert visitor.post("/hooks/forms", body, headers=headers).status_code == 200
    assert visitor.post("/hooks/forms", body).status_code == 403
    assert Submission.objects.get().headers.get("Authorization") is None


def test_no_answer_makes_a_tool_switch_the_hook_off(
    ada: Actor, hook: Connection, visitor: Client, drain: Drain
) -> None:
    capture.change_connection(ada, hook.id, enabled=False)
    assert visitor.post(hook_address(hook), {"email": "a@b.example"}).status_code == 200
    assert visitor.post("/hooks/forms/guess", {"email": "a@b.example"}).status_code == 403
    assert visitor.get(hook_address(hook)).status_code == 200
    drain()
    kept = Submission.objects.get()
    assert (kept.state, kept.reason) == ("quarantined", "This connection is switched off.")
    capture.retry(ada, kept.id)
    drain()
    assert Lead.objects.count() == 1


HOSTILE: list[tuple[str, bytes, str, int, str]] = [
    ("deep", b"[" * 9000 + b"]" * 9000, "application/json", 200, "quarantined"),
    ("not json", b'{"email": ', "application/json", 200, "quarantined"),
    ("useless", b'{"ping": true}', "application/json", 200, "quarantined"),
    ("scalar", b"42", "application/json", 200, "quarantined"),
    ("utf-16", '{"email":"a@b.example"}'.encode("utf-16"), "application/json", 200, "quarantined"),
    ("nul", b'{"email":"a@b.example","t":"\\u0000"}', "application/json", 200, "understood"),
    ("surrogate", b'{"email":"a@b.example","t":"\\udfff"}', "application/json", 200, "understood"),
    (
        "long id",
        b'{"email":"a@b.example","ad_id":1234567890123456789}',
        "application/json",
        200,
        "understood",
    ),
    ("nan", b'{"email":"a@b.example","n":NaN}', "application/json", 200, "quarantined"),
    (
        "huge number",
        b'{"email":"a@b.example","n":' + b"9" * 6000 + b"}",
        "application/json",
        200,
        "quarantined",
    ),
    ("null fields", b'{"email":"a@b.example","name":null,"phone":[]}', "application/json", 200, "understood"),
    ("nulls of a tool", b'{"event_type":"form_response","form_response":null}', "", 200, "quarantined"),
    ("lists of a tool", b'{"eventType":"FORM_RESPONSE","data":{"fields":[1,null]}}', "", 200, "quarantined"),
    ("calendly bits", b'{"event":"invitee.created","payload":{"tracking":[]}}', "", 200, "quarantined"),
    ("brackets", b"a[b][c][]=1&a=2&a[b]=3&email=a%40b.example", "", 200, "understood"),
    ("many brackets", b"a" + b"[x]" * 3000 + b"=1&email=a%40b.example", "", 200, "understood"),
    ("too big", b"[" + b" " * (11 * 1024 * 1024) + b"]", "application/json", 413, ""),
]


@pytest.mark.parametrize(("what", "body", "kind", "code", "state"), HOSTILE, ids=[h[0] for h in HOSTILE])
def test_hostile_bodies_are_kept_or_refused_but_never_break(
    hook: Connection, visitor: Client, drain: Drain, what: str, body: bytes, kind: str, code: int, state: str
) -> None:
    answer = visitor.generic("POST", hook_address(hook), body, content_type=kind)
    assert answer.status_code == code
    drain()
    assert list(Submission.objects.values_list("state", flat=True)) == ([state] if state else [])
    if state:
        assert bytes(Submission.objects.get().body) == body


def test_a_nineteen_digit_id_keeps_every_digit(hook: Connection, visitor: Client, drain: Drain) -> None:
    body = '{"email":"a@b.example","ad_id":1234567890123456789}'
    visitor.generic("POST", hook_address(hook), body, content_type="application/json")
    drain()
    assert Lead.objects.get().extra["ad_id"] == 1234567890123456789


def test_connections_are_made_in_the_settings_and_never_show_their_secrets(ada: Actor) -> None:
    api = Api(ada)
    made = api.post(
        "/connections",
        {
            "channel": "form_hook",
            "name": "Typeform",
            "settings": {"tool": "typeform"},
            "secrets": {"signing_secret": "tf-1"},
        },
    )
    assert made.status_code == 201
    assert made.json()["secrets_set"] == {"signing_secret": True}
    assert "tf-1" not in made.content.decode()
    assert "/hooks/forms/" in made.json()["url"]
    assert "tf-1" not in json.dumps(list(Connection.objects.values()), default=str)
    wrong = api.post("/connections", {"channel": "form_hook", "name": "X", "settings": {"tool": "fax"}})
    assert (wrong.status_code, wrong.json()["field"]) == (422, "settings.tool")
    assert api.post("/connections", {"channel": "fax", "name": "X"}).status_code == 422
    row = made.json()
    changed = api.patch(f"/connections/{row['id']}", {"version": row["version"], "enabled": False})
    assert changed.json()["state"] == "off"
    stale = api.patch(f"/connections/{row['id']}", {"version": row["version"], "name": "Y"})
    assert stale.status_code == 409
    tried = api.post(f"/connections/{row['id']}/tests")
    assert [step["ok"] for step in tried.json()["steps"]] == [False, False, True]
    assert api.delete(f"/connections/{row['id']}").status_code == 204
    assert api.get("/connections").json() == []
