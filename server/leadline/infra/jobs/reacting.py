"""Carry later reactions as jobs: one job per reaction and batch of events."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any
from uuid import UUID

from leadline.infra import tenancy
from leadline.infra.events import Later, recording
from leadline.infra.jobs.background import background


@background(retries=12, name="events.react", gathers="events")
def react(*, reaction: str, workspace_id: str, events: Sequence[Mapping[str, Any]]) -> None:
    """Run one later reaction with its batch of events, in one transaction inside their workspace."""
    named = recording.reaction_named(reaction)
    with tenancy.workspace(UUID(workspace_id)):
        named.handler([named.to.from_json(event) for event in events])


def queue(later: Sequence[Later]) -> None:
    """Queue later reactions in the transaction that recorded their events."""
    react.later_many(
        {"reaction": one.reaction, "workspace_id": str(one.workspace_id), "events": one.events}
        for one in later
    )


def carry() -> None:
    """From now on later reactions are jobs."""
    recording.use_queue(queue)
