"""Ask the platforms for what was missed."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from ninja import Router, Status

from leadline.ads import actions
from leadline.workspaces.requests import ActorRequest

router = Router(tags=["ads"])


@router.post("/connections/{connection_id}/catch-ups", response={202: None})
def create_catch_up(request: ActorRequest, connection_id: UUID) -> Status[Any]:
    """Ask the platform now for leads whose deliveries never came; otherwise that happens once an hour."""
    actions.catch_up_later(request.auth, connection_id)
    return Status(202, None)
