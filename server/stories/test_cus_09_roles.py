"""CUS-09: each role may do what it is for, and a rep never sees another team's lead."""

from __future__ import annotations

from typing import Any

import pytest

from stories.company import Acme, Seat, ok

ROLES = ("owner", "admin", "manager", "rep", "marketing", "read_only")
_ADMINS = {"owner", "admin"}
_SETTERS = {*_ADMINS}
_SELLERS = {*_ADMINS, "manager", "rep"}
_WRITERS = {*_SELLERS, "marketing"}
_LOOKERS = {*_ADMINS, "manager", "marketing"}
_BOSSES = {*_ADMINS, "manager"}
_FORM = {"name": "F", "title": "F", "fields": [{"key": "email", "label": "E-mail", "type": "email"}]}
_WHEN = {"field": "source", "op": "eq", "value": "facebook"}

# What is done, by whom it may be done.
MATRIX: list[tuple[str, str, Any, set[str]]] = [
    ("get", "/leads", None, set(ROLES)),
    ("get", "/leads/{lead}", None, set(ROLES)),
    ("get", "/board", None, set(ROLES)),
    ("get", "/search", None, set(ROLES)),
    ("post", "/leads", {"name": "New", "email": "new@new.example"}, _WRITERS),
    ("patch", "/leads/{lead}", {"interest": "Solar"}, _WRITERS),
    ("post", "/leads/{lead}/moves", {"stage_id": "{stage}"}, _WRITERS),
    ("post", "/leads/{lead}/notes", {"text": "Hi"}, _WRITERS),
    ("post", "/leads/{lead}/bands", {"band": "hot", "reason": "I know her"}, _WRITERS),
    (
        "post",
        "/leads/{lead}/messages",
        {"channel": "whatsapp", "template_id": "{template}", "variables": {"name": "Dana"}},
        _SELLERS,
    ),
    ("delete", "/leads/{lead}", None, _BOSSES),
    ("get", "/audit", None, _BOSSES),
    ("get", "/submissions", None, _LOOKERS),
    ("get", "/connections", None, _LOOKERS),
    ("post", "/forms", _FORM, _LOOKERS),
    ("get", "/scoring", None, _LOOKERS),
    ("post", "/scoring/rules", {"group": "fit", "name": "R", "when": _WHEN, "points": 1}, _SETTERS),
    (
        "post",
        "/assignment-rules",
        {"name": "R", "when": _WHEN, "target": {"kind": "contact_owner"}},
        _SETTERS,
    ),
    ("post", "/fields", {"object": "lead", "label": "Roof", "type": "text"}, _SETTERS),
    ("post", "/loss-reasons", {"name": "Too far"}, _SETTERS),
    ("patch", "/workspace", {"name": "Acme Ltd"}, _SETTERS),
    ("patch", "/automations/{automation}", {"enabled": False}, _SETTERS),
    ("post", "/api-keys", {"name": "Key", "scopes": ["leads:read"]}, _SETTERS),
    ("get", "/api-keys", None, _SETTERS),
    ("post", "/invitations", {"email": "x@acme.example", "name": "X", "role": "rep"}, _ADMINS),
    ("post", "/teams", {"name": "T"}, _ADMINS),
    ("patch", "/members/{member}", {"name": "Renamed"}, _ADMINS),
]


@pytest.fixture
def place(acme: Acme) -> dict[str, str]:
    """One of each thing the matrix is about; the lead is everybody's own."""
    north = acme.team("North")
    other = acme.hire("Omer", team=north)
    lead = acme.ola.add("Dana", phone="0501234567", owner_id=other.id)
    templates = ok(acme.ola.get("/templates", channel="whatsapp"))
    rows = templates["items"] if isinstance(templates, dict) else templates
    return {
        "team": north,
        "lead": lead["id"],
        "stage": acme.ola.stage("First Contact"),
        "template": next(row["id"] for row in rows if row["name"] == "welcome"),
        "automation": ok(acme.ola.get("/automations"))[0]["id"],
        "member": other.id,
    }


def filled(value: Any, place: dict[str, str]) -> Any:
    if isinstance(value, dict):
        return {key: filled(part, place) for key, part in value.items()}
    return value.format(**place) if isinstance(value, str) and value.startswith(("{", "/")) else value


def status_of(seat: Seat, verb: str, path: str, body: Any, place: dict[str, str]) -> int:
    where = filled(path, place)
    if verb == "get":
        status: int = seat.get(where, **({"q": "Dana"} if path == "/search" else {})).status_code
        return status
    answer = getattr(seat, verb)(where, filled(body, place)) if body is not None else seat.delete(where)
    return int(answer.status_code)


@pytest.mark.parametrize("role", ROLES)
def test_each_role_may_do_what_it_is_for(acme: Acme, place: dict[str, str], role: str) -> None:
    seat = acme.ola if role == "owner" else acme.hire("Kim", role=role, team=place["team"])
    wrong = []
    # What deletes comes last, so that everything else still has its lead.
    for verb, path, body, allowed in sorted(MATRIX, key=lambda row: row[0] == "delete"):
        status = status_of(seat, verb, path, body, place)
        good = status in (200, 201, 204) if role in allowed else status == 403
        if not good:
            wrong.append(f"{verb} {path}: {status}")
    assert wrong == []


def test_a_rep_cannot_read_the_lead_of_another_team_by_its_id(acme: Acme) -> None:
    rita = acme.hire("Rita", team=acme.team("North"))
    sam = acme.hire("Sam", team=acme.team("South"))
    lead = acme.ola.add("Dana", phone="0501234567", owner_id=sam.id)
    path = f"/leads/{lead['id']}"
    assert sam.get(path).status_code == 200
    for verb, where, body in [
        ("get", path, None),
        ("get", f"{path}/timeline", None),
        ("get", f"{path}/score", None),
        ("get", f"{path}/assignment", None),
        ("get", f"{path}/channels", None),
        ("patch", path, {"interest": "x"}),
        ("post", f"{path}/notes", {"text": "x"}),
        ("post", f"{path}/moves", {"stage_id": acme.ola.stage("Negotiation")}),
        ("post", f"{path}/assignments", {"owner_id": rita.id}),
        ("post", f"{path}/messages", {"channel": "whatsapp", "body": "x"}),
    ]:
        answer = rita.get(where) if verb == "get" else getattr(rita, verb)(where, body)
        assert answer.status_code == 404, where
    assert rita.leads() == []
    assert rita.delete(path).status_code in (403, 404)
    assert acme.ola.lead(lead["id"])["stage_name"] == "New Inquiry"


def test_only_an_owner_makes_owners_and_nobody_raises_themselves(acme: Acme) -> None:
    ada, rita = acme.hire("Ada", role="admin"), acme.hire("Rita")
    assert ada.patch(f"/members/{rita.id}", {"role": "owner"}).status_code == 403
    assert ada.patch(f"/members/{acme.ola.id}", {"role": "rep"}).status_code == 403
    assert rita.patch(f"/members/{rita.id}", {"role": "admin"}).status_code == 403
    assert ok(acme.ola.patch(f"/members/{rita.id}", {"role": "owner"}))["role"] == "owner"
