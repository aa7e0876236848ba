"""Fields stand where an administrator puts them."""

from __future__ import annotations

from collections.abc import Callable

from leadline.testing import Api
from leadline.workspaces.actor import Actor


def test_a_field_moves_to_a_place_and_the_others_make_room(ada: Actor, api: Callable[[Actor], Api]) -> None:
    client = api(ada)
    made = {
        label: client.post("/fields", {"object": "lead", "type": "text", "label": label}).json()["id"]
        for label in ("Roof", "Rooms", "Floor")
    }

    def order() -> list[str]:
        return [field["label"] for field in client.get("/fields", object="lead").json() if field["custom"]]

    client.patch(f"/fields/{made['Floor']}", {"position": 0})
    assert order() == ["Floor", "Roof", "Rooms"]
    client.patch(f"/fields/{made['Floor']}", {"position": 1})
    assert order() == ["Roof", "Floor", "Rooms"]
    client.patch(f"/fields/{made['Roof']}", {"position": 2})
    assert order() == ["Floor", "Rooms", "Roof"]
