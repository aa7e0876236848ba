"""Which leads an actor may see and change; the only way to reach rows."""

from __future__ import annotations

from django.db.models import QuerySet

from leadline.kit.errors import Forbidden
from leadline.leads.models import ExchangeRate, Lead, LossReason, Objection, Pipeline, Stage
from leadline.workspaces.actor import Actor
from leadline.workspaces.policy import owned_by
from leadline.workspaces.rules import Right


def visible_leads(actor: Actor, *, trash: bool = False) -> QuerySet[Lead]:
    """The leads in the actor's scope: own, of the own teams, or all; with `trash` only the deleted ones."""
    actor.require(Right.SEE_LEADS)
    leads = Lead.objects.filter(workspace_id=actor.workspace_id, deleted_at__isnull=not trash)
    return leads.filter(owned_by(actor))


def visible_pipelines(actor: Actor) -> QuerySet[Pipeline]:
    """The pipelines in use."""
    return Pipeline.objects.filter(workspace_id=actor.workspace_id, archived_at=None)


def visible_stages(actor: Actor) -> QuerySet[Stage]:
    """The stages in use."""
    return Stage.objects.filter(workspace_id=actor.workspace_id, archived_at=None)


def visible_loss_reasons(actor: Actor) -> QuerySet[LossReason]:
    """The reasons one may choose from."""
    return LossReason.objects.filter(workspace_id=actor.workspace_id, archived=False)


def visible_objections(actor: Actor) -> QuerySet[Objection]:
    """What was said against buying on the leads the actor sees."""
    rows = Objection.objects.filter(workspace_id=actor.workspace_id)
    return rows.filter(lead__in=visible_leads(actor))


def visible_rates(actor: Actor) -> QuerySet[ExchangeRate]:
    """The exchange rates of the workspace."""
    return ExchangeRate.objects.filter(workspace_id=actor.workspace_id)


def require_can_change(actor: Actor) -> None:
    """Forbidden (403) for those who may only look."""
    if not actor.may(Right.CHANGE_LEADS):
        raise Forbidden("Your role may look at leads but not change them. Ask an administrator.")


def require_can_delete(actor: Actor) -> None:
    """Forbidden (403) for those who may not put leads into the trash."""
    if not actor.may(Right.DELETE_LEADS):
        raise Forbidden("Your role may not delete leads. Ask a manager.")


def require_can_set_up(actor: Actor) -> None:
    """Forbidden (403) for those who may not change pipelines, stages and reasons."""
    actor.require(Right.CHANGE_SETTINGS)
