"""Forms are built through the API."""

from __future__ import annotations

import pytest
from django.test import Client

from leadline.capture.models import Connection
from leadline.testing import Api
from leadline.workspaces.actor import Actor

QUOTE = {
    "name": "Quote",
    "title": "Ask for a quote",
    "kind": "quote",
    "fields": [
        {"key": "name", "label": "Name", "required": True},
        {"key": "email", "label": "E-mail", "type": "email", "required": True},
    ],
    "redirect_hosts": ["https://WWW.Acme.example/thanks"],
    "allowed_origins": ["https://acme.example/"],
}


def test_a_new_form_can_be_filled_in_at_once(ada: Actor, visitor: Client) -> None:
    made = Api(ada).post("/forms", QUOTE)

    assert made.status_code == 201
    form = made.json()
    assert form["redirect_hosts"] == ["www.acme.example"]
    assert form["allowed_origins"] == ["https://acme.example"]
    path = "/f/" + form["public_url"].rsplit("/f/")[1]
    assert "Ask for a quote" in visitor.get(path).content.decode()
    assert visitor.post(path, {"name": "Dana", "email": "d@l.example"}).status_code == 200
    assert Api(ada).get("/forms").json()[0]["submissions"] == 1


def test_a_change_keeps_what_is_not_named(ada: Actor) -> None:
    api = Api(ada)
    form = api.post("/forms", QUOTE).json()
    changed = api.patch(f"/forms/{form['id']}", {"version": form["version"], "thank_you": "Merci"})
    assert (changed.json()["thank_you"], changed.json()["title"]) == ("Merci", "Ask for a quote")
    stale = api.patch(f"/forms/{form['id']}", {"version": form["version"], "name": "X"})
    assert (stale.status_code, stale.json()["current"]["thank_you"]) == (409, "Merci")


@pytest.mark.parametrize(
    "wrong",
    [
        {"fields": []},
        {"fields": [{"key": "name", "label": "Name"}]},
        {"fields": [{"key": "email", "label": "E"}, {"key": "email", "label": "E"}]},
        {"fields": [{"key": "email", "label": "E"}, {"key": "x", "label": "X", "type": "choice"}]},
        {"fields": [{"key": "email", "label": "E"}, {"key": "custom.unknown", "label": "X"}]},
        {"fields": [{"key": "<script>", "label": "E"}]},
        {"redirect_hosts": ["not a host"]},
        {"allowed_origins": ["ftp://x"]},
        {"language": "xx"},
        {"surprise": 1},
    ],
)
def test_a_form_that_cannot_work_is_refused(ada: Actor, wrong: dict[str, object]) -> None:
    api = Api(ada)
    assert api.post("/forms", {**QUOTE, **wrong}).status_code == 422
    form = api.post("/forms", QUOTE).json()
    assert api.patch(f"/forms/{form['id']}", wrong).status_code == 422


def test_a_rep_and_a_stranger_build_no_forms(rita: Actor, stranger: Actor, form: Connection) -> None:
    assert Api(rita).post("/forms", QUOTE).status_code == 403
    assert Api(rita).get("/forms").status_code == 403
    assert Api(stranger).get(f"/forms/{form.id}").status_code == 404
    assert Api(stranger).delete(f"/forms/{form.id}").status_code == 404


def test_a_deleted_form_is_gone(ada: Actor, form: Connection) -> None:
    assert Api(ada).delete(f"/forms/{form.id}").status_code == 204
    assert Api(ada).get("/forms").json() == []
