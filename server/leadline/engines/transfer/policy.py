"""Who brings records in and gives them out."""

from __future__ import annotations

from django.db.models import QuerySet

from leadline.engines.transfer.models import Export, Import
from leadline.workspaces.actor import Actor
from leadline.workspaces.rules import Right


def visible_imports(actor: Actor) -> QuerySet[Import]:
    """The imports of the workspace, for those who look after what comes in."""
    actor.require(Right.SEE_CAPTURE)
    return Import.objects.filter(workspace_id=actor.workspace_id)


def changeable_imports(actor: Actor) -> QuerySet[Import]:
    """The imports the actor may run, stop and undo."""
    actor.require(Right.CHANGE_CAPTURE)
    return Import.objects.filter(workspace_id=actor.workspace_id)


def visible_exports(actor: Actor) -> QuerySet[Export]:
    """The actor's own exports: a file holds what its maker may see, who may see more than others."""
    actor.require(Right.CHANGE_CAPTURE)
    return Export.objects.filter(workspace_id=actor.workspace_id, by_id=actor.member_id)


def require_can_export(actor: Actor, *, everything: bool) -> None:
    """Lists leave with who looks after what comes in; everything only with who runs the workspace."""
    actor.require(Right.CHANGE_SETTINGS if everything else Right.CHANGE_CAPTURE)
