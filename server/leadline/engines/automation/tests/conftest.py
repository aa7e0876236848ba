"""The playground is offered only while the engine's tests run."""

from __future__ import annotations

import pytest

from leadline.engines.automation import ports
from leadline.engines.automation.tests import playground
from leadline.engines.schema import ports as schema
from leadline.infra.entity import Entity
from leadline.workspaces.models import Team, Workspace


@pytest.fixture(autouse=True)
def playing(monkeypatch: pytest.MonkeyPatch) -> None:
    """Triggers, actions and the subject of the playground."""
    for name in ("triggers", "timers", "actions", "subjects"):
        monkeypatch.setattr(ports.offers, name, dict(getattr(ports.offers, name)))
    monkeypatch.setitem(schema.objects, "team", playground.TEAM)
    ports.offer_subject("team", load=playground.load)
    for trigger in playground.TRIGGERS:
        ports.offer_trigger(trigger)
    ports.offer_timer_trigger(playground.TIMER)
    for action in playground.ACTIONS:
        ports.offer_action(action)
    playground.marks.tried.clear()
    playground.marks.trouble = 0
    playground.marks.outside = dict


@pytest.fixture
def door(inside: Workspace) -> Entity:
    """Team North, at whose door people knock."""
    return Team.objects.create(name="North")
