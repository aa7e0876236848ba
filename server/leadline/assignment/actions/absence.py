"""When members take leads in turn, and how many."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any
from uuid import UUID

from leadline.assignment import policy
from leadline.assignment.actions.assigning import assign_unowned
from leadline.assignment.models import Availability
from leadline.assignment.queries.weeks import calendar_of
from leadline.infra import lookup
from leadline.kit.errors import Conflict, Invalid
from leadline.workspaces import audit
from leadline.workspaces import policy as people
from leadline.workspaces.actor import Actor

_MOST = 100_000
_HEAVIEST = 20


def change_availability(
    actor: Actor, member_id: UUID, changes: Mapping[str, Any], version: int | None = None
) -> Availability:
    """Say when a member takes leads in turn and how many; who is free now gets at once what waits."""
    member = lookup.get(people.visible_members(actor), member_id)
    policy.require_can_set_availability(actor, member.id, changes.keys())
    rows = policy.visible_availabilities(actor).select_for_update()
    row = rows.filter(member=member).first()
    # Who has never said anything is shown with version 0.
    if version is not None and version != (row.version if row else 0):
        raise Conflict("Somebody changed this meanwhile. Look again.")
    if row is None:
        Availability.objects.get_or_create(workspace_id=actor.workspace_id, member=member)
        row = rows.get(member=member)
    _check(changes)
    if "absences" in changes:
        changes = {**changes, "absences": _absences(changes["absences"])}
    before = {key: [getattr(row, key), new] for key, new in changes.items() if getattr(row, key) != new}
    if before:
        for key, (_, new) in before.items():
            setattr(row, key, new)
        row.save(update_fields=list(before))
        audit.record(actor, "availability.changed", "member", member.id, before)
        assign_unowned(actor.workspace_id)
    return row


def _check(changes: Mapping[str, Any]) -> None:
    if not 1 <= changes.get("weight", 1) <= _HEAVIEST:
        raise Invalid("Give a share from 1 to 20.", field="weight")
    for key in ("daily_cap", "open_cap"):
        if not 0 <= (changes.get(key) or 0) <= _MOST:
            raise Invalid("Give a limit from 0 to 100,000, or none.", field=key)
    calendar_of("UTC", changes.get("weekly") or {}, [])


def _absences(given: Sequence[Sequence[str]]) -> list[list[str]]:
    """First and last days as they are compared, in order."""
    try:
        days = [[date.fromisoformat(day) for day in (first, last)] for first, last in given]
    except (ValueError, TypeError) as error:
        raise Invalid('Write absences as ["2026-08-01", "2026-08-14"].', field="absences") from error
    if any(last < first for first, last in days):
        raise Invalid("The first day is after the last one.", field="absences")
    return [[first.isoformat(), last.isoformat()] for first, last in sorted(days)]
