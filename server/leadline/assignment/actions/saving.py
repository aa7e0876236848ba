"""Save what was changed in a setting, if it is still the one that was read, and write it down."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from leadline.assignment.models import AnswerPlan, AssignmentRule, BusinessHours, SlaPolicy, TeamHours
from leadline.kit.errors import Conflict
from leadline.workspaces import audit
from leadline.workspaces.actor import Actor
from leadline.workspaces.models import Member, Team

Setting = AnswerPlan | AssignmentRule | BusinessHours | SlaPolicy | TeamHours


def require_first(row: Setting | None, version: int | None) -> None:
    """Conflict (409) unless a setting that nobody has made yet was read as version 0."""
    if row is None and version:
        raise Conflict("Somebody changed this meanwhile. Look again.", extra={"version": 0})


def save_changes(
    actor: Actor,
    row: Setting,
    changes: Mapping[str, Any],
    version: int | None,
    object_type: str,
) -> None:
    """Save the changes, if there are any; Conflict (409) when the version is not the present one."""
    if version is not None and row.version != version:
        raise Conflict("Somebody changed this meanwhile. Look again.", extra={"version": row.version})
    before = {key: [getattr(row, key), new] for key, new in changes.items() if getattr(row, key) != new}
    if not before:
        return
    for key in before:
        setattr(row, key, changes[key])
    row.save(update_fields=list(before))
    shown = {k: [_plain(old), _plain(new)] for k, (old, new) in before.items() if k != "words"}
    audit.record(actor, f"{object_type}.changed", object_type, row.id, shown)


def _plain(value: Any) -> Any:
    return value.name if isinstance(value, Team | Member) else value
