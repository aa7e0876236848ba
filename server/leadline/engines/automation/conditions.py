"""Whether conditions hold for subjects' values, read once for a whole batch."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import datetime
from typing import Any

from leadline.engines.views import actions as views
from leadline.workspaces.actor import Actor

Holds = Callable[[Mapping[str, Any]], bool]


def test_of(tree: Mapping[str, Any], object_key: str, actor: Actor, now: datetime) -> Holds:
    """A test for values by field key; an empty tree always holds. Invalid when it names what is gone."""
    if not tree:
        return lambda record: True
    return views.matcher(tree, object_key, actor, now)
