"""Send a sample, map the fields."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django.test import Client

from leadline.capture.models import Connection, Submission
from leadline.channels.webforms.tests.conftest import hook_address
from leadline.leads.models import Lead
from leadline.testing import Api
from leadline.workspaces.actor import Actor

Drain = Callable[..., int]
SENT = {
    "Ansprechpartner": "Jürgen",
    "Rückruf": "030 123456",
    "Wunsch": "Dach",
    "Etage": "10115",
    "email": "j@w.example",
}


def shown(sample: dict[str, Any]) -> dict[str, tuple[str, str]]:
    return {field["label"]: (field["target"], field["why"]) for field in sample["fields"]}


def test_what_came_last_is_shown_field_by_field_and_mapped(
    ada: Actor, hook: Connection, visitor: Client, drain: Drain
) -> None:
    api, path = Api(ada), f"/form-hooks/{hook.id}/sample"
    assert api.get(path).json() == {"tool": "", "received_at": None, "fields": []}
    visitor.post(hook_address(hook), SENT, content_type="application/json")

    sample = api.get(path).json()
    assert sample["tool"] == "generic"
    assert shown(sample) == {
        "Ansprechpartner": ("extra", "look"),
        "Rückruf": ("phone", "look"),
        "Wunsch": ("extra", "look"),
        "Etage": ("extra", "look"),
        "email": ("email", "name"),
    }
    mapping = {"Ansprechpartner": "name", "Wunsch": "interest", "Etage": "ignore"}
    api.patch(f"/connections/{hook.id}", {"settings": {"mapping": mapping}})
    assert shown(api.get(path).json())["Ansprechpartner"] == ("name", "chosen")
    assert shown(api.get(path).json())["Etage"] == ("ignore", "chosen")
    drain()
    lead = Lead.objects.get()
    assert (lead.name, lead.interest) == ("Jürgen", "Dach")


def test_a_pasted_sample_is_read_and_not_kept(ada: Actor, hook: Connection) -> None:
    api, path = Api(ada), f"/form-hooks/{hook.id}/sample"
    flat = api.post(path, {"body": "your-name=Ana&your-email=ana%40ruiz.example"})
    nested = api.post(path, {"body": '{"contact": {"email": "ana@ruiz.example"}}'})
    assert shown(flat.json()) == {"your-name": ("name", "name"), "your-email": ("email", "name")}
    assert shown(nested.json()) == {"contact.email": ("email", "name")}
    assert [api.post(path, {"body": text}).status_code for text in ("{", "[]", '{"a":')] == [422] * 3
    assert Submission.objects.count() == 0


def test_only_ones_own_company_sees_samples(rita: Actor, stranger: Actor, hook: Connection) -> None:
    assert Api(rita).get(f"/form-hooks/{hook.id}/sample").status_code == 403
    assert Api(stranger).get(f"/form-hooks/{hook.id}/sample").status_code == 404
