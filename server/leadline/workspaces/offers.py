"""What rooms above do when a workspace is created."""

from __future__ import annotations

from collections.abc import Callable

from leadline.workspaces.actor import Actor

SetUp = Callable[[Actor], None]
_set_ups: list[SetUp] = []
_stories: list[SetUp] = []


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
