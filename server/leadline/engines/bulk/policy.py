"""Who sees bulk edits, stops them and takes them back."""

from __future__ import annotations

from django.db.models import QuerySet

from leadline.engines.bulk.models import BulkEdit
from leadline.workspaces.actor import Actor
from leadline.workspaces.rules import Right


def visible_edits(actor: Actor) -> QuerySet[BulkEdit]:
    """The actor's own bulk edits; everybody's for who may read the audit. Only who changes has any."""
    actor.require(Right.SEE_LEADS)
    rows = BulkEdit.objects.filter(workspace_id=actor.workspace_id)
    return rows if actor.may(Right.SEE_AUDIT) else rows.filter(by_id=actor.member_id)


def changeable_edits(actor: Actor) -> QuerySet[BulkEdit]:
    """The bulk edits the actor may stop and take back."""
    actor.require(Right.CHANGE_LEADS)
    return visible_edits(actor)
