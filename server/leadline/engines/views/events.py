"""What the views tell browsers."""

from __future__ import annotations

from dataclasses import dataclass

from leadline.infra.events import Event


@dataclass(frozen=True, kw_only=True)
class ViewsChanged(Event):
    """Saved views of an object changed; who shows their names reads them again."""

    live = "views"
    object_type: str
