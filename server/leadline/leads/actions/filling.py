"""Move a lead together with what the stage asks for."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any
from uuid import UUID

from leadline.leads.actions.changing import change_lead
from leadline.leads.actions.moving import move_lead
from leadline.leads.models import Lead
from leadline.leads.ports import LossIn, WonIn
from leadline.workspaces.actor import Actor


def fill_and_move(
    actor: Actor,
    lead_id: UUID,
    to_stage_id: UUID,
    fields: Mapping[str, Any],
    version: int | None = None,
    *,
    lost: LossIn | None = None,
    won: WonIn | None = None,
) -> Lead:
    """Set these fields, then move; both or, when the stage still asks for something, neither."""
    if fields:
        change_lead(actor, lead_id, fields, version)
        version = None
    return move_lead(actor, lead_id, to_stage_id, version, lost=lost, won=won)
