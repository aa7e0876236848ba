"""Empty the trash: what was deleted 30 days ago is gone for good."""

from __future__ import annotations

from datetime import timedelta

from leadline.engines.timeline import actions as timeline
from leadline.infra import retention, tenancy
from leadline.kit import clock
from leadline.leads.models import Lead
from leadline.workspaces import audit
from leadline.workspaces.actor import Actor

KEPT = timedelta(days=30)
AT_ONCE = 500


def purge_trash() -> int:
    """Delete the leads that have been in the trash for 30 days, with all that belongs to them; how many.

    Their persons stay, and so does the audit.
    """
    old = Lead.objects.filter(deleted_at__lte=clock.now() - KEPT).order_by("deleted_at", "id")
    purged = 0
    for workspace_id in retention.workspaces_with(old):
        while True:
            with tenancy.workspace(workspace_id):
                rows = list(old.select_for_update(of=("self",), skip_locked=True)[:AT_ONCE])
                _purge(Actor.product(workspace_id), rows)
            purged += len(rows)
            if len(rows) < AT_ONCE:
                break
    return purged


def _purge(actor: Actor, rows: list[Lead]) -> None:
    ids = [lead.id for lead in rows]
    if not ids:
        return
    audit.record_all(audit.entry(actor, "purged", "lead", lead.id, {"name": lead.name}) for lead in rows)
    timeline.erase(about_ids=ids)
    Lead.objects.filter(id__in=ids).delete()
