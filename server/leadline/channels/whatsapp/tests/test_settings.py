"""The WhatsApp settings: connect, change, try; secrets are never shown."""

from __future__ import annotations

from typing import Any
from uuid import UUID

import pytest
from django.db import connection as database

from leadline.capture.models import Connection
from leadline.channels.whatsapp.sandbox.starting import set_up_number
from leadline.channels.whatsapp.tests.conftest import Drain
from leadline.conversations.models import Template
from leadline.infra import http, tenancy
from leadline.testing import people
from leadline.workspaces.actor import Actor

NEW = {
    "name": "Shop",
    "phone_number_id": "109876543210987",
    "business_account_id": "101870912345678",
    "app_secret": "5f2c8b7de1a94c03b6f7a1d2e3c4b5a6",
    "access_token": "EAAG-token",
}


def test_a_new_workspace_has_a_sandbox_number_that_passes_its_test(
    connection: Connection, ada: Actor, api: Any
) -> None:
    [shown] = api(ada).get("/whatsapp/connections").json()
    assert shown["mode"] == "sandbox"
    assert "/hooks/whatsapp/" in shown["webhook_url"]
    assert shown["secrets_set"] == {"app_secret": True, "access_token": True}

    tried = api(ada).post(f"/whatsapp/connections/{connection.id}/tests").json()
    assert tried["ok"], tried
    assert [step["name"] for step in tried["steps"]] == ["App secret", "Number", "Templates"]


@pytest.mark.django_db(transaction=True)
def test_the_provider_is_called_outside_every_transaction(api: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    office = people.acme()
    with tenancy.workspace(office.id):
        ada = people.member(office, "Ada", "admin")
        number = set_up_number(ada)
    seen: list[tuple[bool, UUID | None]] = []

    def call(method: str, url: str, **rest: Any) -> http.Answer:
        seen.append((database.in_atomic_block, tenancy.current()))
        return http.Answer(200, {}, b"{}")

    monkeypatch.setattr(http, "call", call)
    answer = api(ada).post(f"/whatsapp/connections/{number.id}/tests", key="once")
    assert answer.status_code == 200, answer.content
    assert set(seen) == {(False, None)}


def test_real_credentials_are_kept_and_never_shown(connection: Connection, ada: Actor, api: Any) -> None:
    made = api(ada).post("/whatsapp/connections", NEW)
    assert made.status_code == 201, made.content
    assert NEW["app_secret"] not in made.content.decode()
    assert NEW["access_token"] not in made.content.decode()
    shown = made.json()
    assert (shown["mode"], shown["api_version"], bool(shown["verify_token"])) == ("live", "v25.0", True)
    row = Connection.objects.get(id=shown["id"])
    assert NEW["app_secret"] not in row.sealed_secrets

    twice = api(ada).post("/whatsapp/connections", NEW)
    assert (twice.status_code, twice.json()["field"]) == (409, "phone_number_id")


def test_a_secret_left_out_stays_and_an_old_version_is_refused(
    connection: Connection, ada: Actor, api: Any
) -> None:
    path = f"/whatsapp/connections/{connection.id}"
    changed = api(ada).patch(path, {"version": connection.version, "name": "Main", "access_token": ""})
    assert changed.status_code == 200, changed.content
    assert changed.json()["name"] == "Main"
    assert changed.json()["secrets_set"]["access_token"] is True
    assert api(ada).patch(path, {"version": connection.version, "name": "Old"}).status_code == 409
    assert api(ada).patch(path, {"version": 99, "surprise": 1}).status_code == 422


def test_reps_do_not_see_the_settings_and_strangers_not_even_that_they_exist(
    connection: Connection, rita: Actor, stranger: Actor, api: Any
) -> None:
    assert api(rita).get("/whatsapp/connections").status_code == 403
    assert api(rita).post("/whatsapp/connections", NEW).status_code == 403
    path = f"/whatsapp/connections/{connection.id}"
    assert api(stranger).patch(path, {"version": 1, "name": "Mine"}).status_code == 404
    assert api(stranger).post(f"{path}/tests").status_code == 404
    assert api(stranger).get("/templates").json() == []


def test_a_synchronisation_brings_the_providers_templates(
    connection: Connection, ada: Actor, api: Any, drain: Drain
) -> None:
    Template.objects.all().delete()
    assert api(ada).post(f"/whatsapp/connections/{connection.id}/template-syncs").status_code == 202
    drain()

    shown = api(ada).get("/templates", channel="whatsapp").json()
    welcome = next(t for t in shown if (t["name"], t["language"]) == ("welcome", "he"))
    assert (welcome["state"], welcome["variables"], welcome["category"]) == ("approved", ["name"], "utility")
