"""What automations tell browsers."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING
from uuid import UUID

from leadline.infra.events import Event

if TYPE_CHECKING:
    from leadline.engines.automation.models import Run


@dataclass(frozen=True, kw_only=True)
class AutomationChanged(Event):
    """An automation was made, edited, switched on or off."""

    live = "automations"
    automation_id: UUID


@dataclass(frozen=True, kw_only=True)
class RunFinished(Event):
    """A run came to its end: done, failed or cancelled."""

    live = "automations"
    automation_id: UUID
    run_id: UUID
    subject_id: UUID
    state: str

    @classmethod
    def of(cls, run: Run, state: str) -> RunFinished:
        """The end of this run."""
        return cls(
            workspace_id=run.workspace_id,
            automation_id=run.automation_id,
            run_id=run.id,
            subject_id=run.subject_id,
            state=state,
        )
