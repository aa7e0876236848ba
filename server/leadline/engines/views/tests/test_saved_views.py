"""Views are kept under a name, shared with a team or everybody, and a role begins with one."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

from leadline.engines.views.models import SavedView
from leadline.testing import Api
from leadline.workspaces.actor import Actor
from leadline.workspaces.models import AuditEntry

HOT = {"field": "band", "op": "eq", "value": "hot"}
As = Callable[[Actor], Api]


def save(client: Api, name: str = "Hot ones", **values: Any) -> Any:
    return client.post("/views", {"object": "lead", "name": name, "filter": HOT, **values})


def names(client: Api) -> list[str]:
    return [view["name"] for view in client.get("/views", object="lead").json()]


def test_a_view_keeps_filter_columns_and_order_and_is_the_makers_own(
    rita: Actor, omer: Actor, api: As
) -> None:
    made = save(api(rita), columns=["name", "score"], sort="-score")
    assert made.status_code == 201
    (view,) = api(rita).get("/views", object="lead").json()
    assert (view["filter"], view["columns"], view["sort"]) == (HOT, ["name", "score"], "-score")
    assert (view["sharing"], view["owner_name"], view["can_change"]) == ("private", "Rita", True)
    assert names(api(omer)) == []
    assert api(omer).patch(f"/views/{view['id']}", {"name": "Mine now"}).status_code == 404
    assert AuditEntry.objects.get(object_type="view").action == "created"


def test_a_view_shared_with_a_team_is_seen_by_the_team_only(
    rita: Actor, omer: Actor, sam: Actor, mona: Actor, api: As
) -> None:
    (team,) = rita.team_ids
    view = save(api(rita), sharing="team", team_id=str(team)).json()
    assert names(api(omer)) == ["Hot ones"]
    assert names(api(sam)) == []
    assert names(api(mona)) == ["Hot ones"]
    answer = api(omer).patch(f"/views/{view['id']}", {"name": "Other"})
    assert answer.status_code == 403
    (foreign,) = sam.team_ids
    assert api(rita).patch(f"/views/{view['id']}", {"team_id": str(foreign)}).status_code == 403
    assert save(api(rita), "No team", sharing="team").status_code == 422


def test_everybody_sees_a_view_for_all_and_a_stranger_never(
    rita: Actor, sam: Actor, stranger: Actor, api: As
) -> None:
    save(api(rita), sharing="all")
    assert names(api(sam)) == ["Hot ones"]
    assert names(api(stranger)) == []


def test_a_role_begins_with_one_view_that_an_administrator_chose(rita: Actor, ada: Actor, api: As) -> None:
    assert save(api(rita), sharing="all", default_for=["rep"]).status_code == 403
    first = save(api(ada), sharing="all", default_for=["rep", "manager"]).json()
    second = save(api(ada), "Newest", sharing="all", default_for=["rep"]).json()
    found = {view["id"]: view["default_for"] for view in api(rita).get("/views", object="lead").json()}
    assert found == {first["id"]: ["manager"], second["id"]: ["rep"]}
    assert save(api(ada), "Mine", default_for=["rep"]).status_code == 422


def test_views_are_renamed_changed_and_forgotten(rita: Actor, api: As) -> None:
    client = api(rita)
    view = save(client).json()
    path = f"/views/{view['id']}"
    changed = client.patch(path, {"name": "  Very   hot ", "sort": "-value_minor", "version": 1}).json()
    assert (changed["name"], changed["sort"], changed["version"]) == ("Very hot", "-value_minor", 2)
    late = client.patch(path, {"name": "Late", "version": 1})
    assert (late.status_code, late.json()["current"]["name"]) == (409, "Very hot")
    assert client.delete(path).status_code == 204
    assert names(client) == []


@pytest.mark.parametrize(
    "wrong",
    [
        {"filter": {"field": "nonsense", "op": "eq", "value": 1}},
        {"sort": "nonsense"},
        {"name": "  "},
        {"object": "nonsense"},
        {"default_for": ["nobody"]},
    ],
)
def test_a_view_that_could_not_be_shown_is_refused(rita: Actor, api: As, wrong: dict[str, Any]) -> None:
    answer = api(rita).post("/views", {"object": "lead", "name": "Hot", "filter": HOT, **wrong})
    assert answer.status_code in (404, 422)
    assert SavedView.objects.count() == 0


def test_two_views_of_one_member_have_two_names_and_the_same_id_is_the_same_view(
    rita: Actor, omer: Actor, api: As
) -> None:
    first = save(api(rita)).json()
    assert save(api(rita)).status_code == 409
    assert save(api(rita), id=first["id"]).json()["id"] == first["id"]
    assert save(api(omer)).status_code == 201
