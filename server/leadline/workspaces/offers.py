"""What rooms above do when a workspace is created, and what their records are called in the audit."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import Any
from uuid import UUID

from django.db.models import QuerySet

from leadline.workspaces import policy
from leadline.workspaces.actor import Actor

SetUp = Callable[[Actor], None]
Visible = Callable[[Actor], "QuerySet[Any]"]
_set_ups: list[SetUp] = []
_stories: list[SetUp] = []
_named: dict[str, Visible] = {"member": policy.visible_members, "team": policy.visible_teams}


def on_created(set_up: SetUp) -> SetUp:
    """Register a room's defaults; they are made in the transaction that creates the workspace,
    in the order of the rooms list."""
    if set_up not in _set_ups:
        _set_ups.append(set_up)
    return set_up


def created(actor: Actor) -> None:
    """Let every room set up its defaults for the actor's new workspace."""
    for set_up in _set_ups:
        set_up(actor)


def on_sample_data(story: SetUp) -> SetUp:
    """Register who fills a workspace with a sample story when somebody asks for it."""
    _stories[:] = [story]
    return story


def tell_a_story(actor: Actor) -> None:
    """Fill the actor's workspace with the sample story."""
    for story in _stories:
        story(actor)


def name_records(object_type: str, visible: Visible) -> None:
    """Register the records of a room that have a `name`, as far as an actor sees them."""
    _named[object_type] = visible


def names_of(actor: Actor, records: Iterable[tuple[str, UUID | None]]) -> dict[UUID, str]:
    """What these records are called, those the actor sees; one statement for each type of record."""
    wanted: dict[str, set[UUID]] = {}
    for object_type, record_id in records:
        if record_id is not None and object_type in _named:
            wanted.setdefault(object_type, set()).add(record_id)
    found: dict[UUID, str] = {}
    for object_type, ids in wanted.items():
        found.update(_named[object_type](actor).filter(id__in=ids).values_list("id", "name"))
    return found
