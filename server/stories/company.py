"""Acme as its people use it: hired by invitation, working through the API, judged by what they can see."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from typing import Any

from leadline.engines.automation import actions as automation
from leadline.infra import tenancy
from leadline.kit import clock
from leadline.testing import Api
from leadline.workspaces.actions import create_workspace
from leadline.workspaces.actor import Actor
from leadline.workspaces.door import actor_of_member
from leadline.workspaces.models import Member

Drain = Callable[..., int]
PASSWORD = "a long and good one 7"
ACME = {
    "name": "Acme",
    "country": "IL",
    "language": "en",
    "timezone": "Asia/Jerusalem",
    "currency": "ILS",
    "phone_region": "IL",
}


class Seat(Api):
    """A member at the own browser."""

    def __init__(self, actor: Actor | None = None, *, key: str | None = None) -> None:
        super().__init__(actor, key=key)
        self.id = ""

    def lead(self, lead_id: str) -> dict[str, Any]:
        """The lead as its page shows it; it must stand in the list as well."""
        page: dict[str, Any] = ok(self.get(f"/leads/{lead_id}"))
        rows = ok(self.get("/leads", kind="all", limit=200))["items"]
        assert lead_id in {row["id"] for row in rows}
        return page

    def leads(self) -> list[dict[str, Any]]:
        """All leads and deals of the list, the newest first."""
        items: list[dict[str, Any]] = ok(self.get("/leads", kind="all", limit=200))["items"]
        return items

    def only_lead(self) -> dict[str, Any]:
        """The one lead there is."""
        (row,) = self.leads()
        return self.lead(row["id"])

    def timeline(self, lead_id: str, *kinds: str) -> list[dict[str, Any]]:
        """What happened to a lead, oldest first."""
        found = ok(self.get(f"/leads/{lead_id}/timeline", kinds=",".join(kinds), limit=200))
        return list(reversed(found["items"]))

    def audit(self, object_id: str, *actions: str) -> list[dict[str, Any]]:
        """Who changed a record, oldest first."""
        found = ok(self.get("/audit", object_id=object_id, limit=200))["items"]
        return [entry for entry in reversed(found) if not actions or entry["action"] in actions]

    def told(self, kind: str = "") -> list[str]:
        """The titles of the own notices, oldest first."""
        found = ok(self.get("/notices"))["items"]
        return [notice["title"] for notice in reversed(found) if not kind or notice["kind"] == kind]

    def stage(self, name: str) -> str:
        """The id of a stage by its name."""
        stages = [stage for pipeline in ok(self.get("/pipelines")) for stage in pipeline["stages"]]
        found: str = next(stage["id"] for stage in stages if stage["name"] == name)
        return found

    def move(self, lead_id: str, stage: str, **more: Any) -> dict[str, Any]:
        """Move a lead to a stage by name."""
        moved: dict[str, Any] = ok(
            self.post(f"/leads/{lead_id}/moves", {"stage_id": self.stage(stage), **more})
        )
        return moved

    def add(self, name: str, **values: Any) -> dict[str, Any]:
        """A lead handed in; the phone number follows from the name unless a way to reach is given."""
        if not values.keys() & {"phone", "email"}:
            values["email"] = f"{name.replace(' ', '.').lower()}@{name.split()[0].lower()}.example"
        added: dict[str, Any] = ok(self.post("/leads", {"name": name, **values}))
        return added


class Acme:
    """The company, and how it grows."""

    def __init__(self) -> None:
        self.owner, _ = create_workspace(
            company=ACME, name="Ola", email="ola@acme.example", password=PASSWORD
        )
        self.ola = Seat(self.owner)
        self.ola.id = str(self.owner.member_id)

    def team(self, name: str, *members: Seat) -> str:
        """A team of these members; its id."""
        made: str = ok(self.ola.post("/teams", {"name": name, "member_ids": [m.id for m in members]}))["id"]
        return made

    def hire(self, name: str, role: str = "rep", team: str | None = None) -> Seat:
        """Somebody who accepted an invitation and is logged in."""
        email = f"{name.lower()}@acme.example"
        asked = {"email": email, "name": name, "role": role, "team_ids": [team] if team else []}
        token = ok(self.ola.post("/invitations", asked))["link"].rsplit("/", 1)[-1]
        seat = Seat()
        ok(seat.post("/invitation/acceptances", {"token": token, "name": name, "password": PASSWORD}))
        seat.id = ok(seat.get("/me"))["member"]["id"]
        return seat

    def program(self, *scopes: str) -> Seat:
        """A program with a key; leads that it hands in come from nobody in the company."""
        asked = {"name": "Shop", "scopes": list(scopes or ("leads:read", "leads:write"))}
        return Seat(key=ok(self.ola.post("/api-keys", asked))["token"])

    def actor(self, seat: Seat) -> Actor:
        """The member behind a seat."""
        with tenancy.workspace(self.owner.workspace_id):
            member = Member.objects.get(id=seat.id)
            return actor_of_member(member, frozenset(team.id for team in member.teams.all()))


def ok(answer: Any) -> Any:
    """The body of an answer that must be a good one."""
    assert answer.status_code in (200, 201), (answer.status_code, answer.content)
    return answer.json()


def pass_time(drain: Drain, **time: float) -> None:
    """The clock moves on; sweeps and workers do what is due, twice."""
    clock.move(timedelta(**time))
    for _ in range(2):
        automation.start_due_timers()
        automation.wake_due_runs()
        drain()


def automate(seat: Seat, trigger: str, options: dict[str, Any], *steps: dict[str, Any]) -> dict[str, Any]:
    """A member switches an automation on that does these steps in a row; returns it."""
    body = {
        "name": f"On {trigger}",
        "enabled": True,
        "trigger": {"key": trigger, "options": options},
        "steps": [{"kind": "do", **step} for step in steps],
    }
    made: dict[str, Any] = ok(seat.post("/automations", body))
    return made
