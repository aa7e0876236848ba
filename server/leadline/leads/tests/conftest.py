"""The rooms above are silent here: what scoring or assignment add to a lead is their own tests' business."""

from __future__ import annotations

import pytest

from leadline.infra.events import recording


@pytest.fixture(autouse=True)
def rooms_above_are_silent(monkeypatch: pytest.MonkeyPatch) -> None:
    """Only the reactions of this room and of the rooms below it run."""
    below = ("leadline.infra.", "leadline.workspaces.", "leadline.contacts.", "leadline.leads.")
    kept = {
        kind: [one for one in reactions if one.handler.__module__.startswith(below)]
        for kind, reactions in recording._reactions.items()
    }
    monkeypatch.setattr(recording, "_reactions", kept)
