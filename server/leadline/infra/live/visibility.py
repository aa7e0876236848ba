"""Who is told about which records; rooms offer the answer for theirs."""

from __future__ import annotations

from collections.abc import Callable, Collection, Sequence
from dataclasses import dataclass, replace
from typing import Any
from uuid import UUID

from leadline.infra.live.changes import Change


@dataclass(frozen=True)
class Viewer:
    """A listening member, as a room's visibility function and the live stream need to know it."""

    workspace_id: UUID
    member_id: UUID | None
    team_ids: frozenset[UUID]
    sees_all: bool
    actor: Any


# (actor, ids) -> those of the ids that the actor may see
Visible = Callable[[Any, Collection[UUID]], Collection[UUID]]


@dataclass(frozen=True)
class _Offer:
    visible: Visible
    personal: bool


_offers: dict[str, _Offer] = {}


def offer_visibility(room: str, visible: Visible, *, personal: bool = False) -> None:
    """The room tells which of its records an actor may see; called inside the actor's workspace.

    It is asked for those who do not see the whole workspace; with personal=True, such as notices, for
    everybody.
    """
    _offers[room] = _Offer(visible, personal)


def told_to(viewer: Viewer, changes: Sequence[Change]) -> list[Change]:
    """What the viewer is told: all of it, or what names records, people or teams within reach.

    A change in a room that offers nothing is told without its ids. Call it inside the viewer's workspace.
    """
    within_reach = _visible_ids(viewer, changes)
    told = []
    for change in changes:
        offer = _offers.get(change.room)
        if viewer.sees_all and not (offer and offer.personal):
            told.append(change)
        elif offer is None:
            told.append(replace(change, ids=(), version=None))
        else:
            seen = tuple(one for one in change.ids if one in within_reach[change.room])
            # Who just lost a record from sight has to learn that it left.
            if seen or (not offer.personal and change.mentions & {viewer.member_id, *viewer.team_ids}):
                told.append(replace(change, ids=seen))
    return told


def _visible_ids(viewer: Viewer, changes: Sequence[Change]) -> dict[str, Collection[UUID]]:
    asked: dict[str, set[UUID]] = {}
    for change in changes:
        offer = _offers.get(change.room)
        if offer and (offer.personal or not viewer.sees_all):
            asked.setdefault(change.room, set()).update(change.ids)
    return {room: set(_offers[room].visible(viewer.actor, ids)) for room, ids in asked.items()}
