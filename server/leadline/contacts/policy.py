"""Which contacts and companies an actor may see and change."""

from __future__ import annotations

from django.db.models import QuerySet

from leadline.contacts.models import Company, Contact
from leadline.workspaces.actor import Actor
from leadline.workspaces.policy import owned_by
from leadline.workspaces.rules import Right


def visible_contacts(actor: Actor) -> QuerySet[Contact]:
    """The contacts in the actor's scope: own, of the own teams, or all."""
    actor.require(Right.SEE_LEADS)
    mine = Contact.objects.filter(workspace_id=actor.workspace_id, deleted_at=None, merged_into=None)
    return mine.filter(owned_by(actor))


def visible_companies(actor: Actor) -> QuerySet[Company]:
    """All companies of the workspace; a company's name is no secret among colleagues."""
    actor.require(Right.SEE_LEADS)
    return Company.objects.filter(workspace_id=actor.workspace_id)


def require_can_change(actor: Actor) -> None:
    """Forbidden (403) for those who may only look."""
    actor.require(Right.CHANGE_LEADS)
