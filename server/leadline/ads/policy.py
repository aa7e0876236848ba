"""Who plays and who looks in the sandbox of the platforms."""

from __future__ import annotations

from collections.abc import Collection

from django.db.models import QuerySet

from leadline.ads.models import SandboxAccount, SandboxLead
from leadline.workspaces.actor import Actor
from leadline.workspaces.rules import Right


def visible_accounts(actor: Actor) -> QuerySet[SandboxAccount]:
    """The workspace's accounts whose connections are open."""
    actor.require(Right.SEE_CAPTURE)
    rows = SandboxAccount.objects.filter(workspace_id=actor.workspace_id, connection__closed_at=None)
    return rows.select_related("connection")


def changeable_accounts(actor: Actor) -> QuerySet[SandboxAccount]:
    """The accounts through which the actor may fill in forms and switch faults."""
    actor.require(Right.CHANGE_CAPTURE)
    return visible_accounts(actor)


def visible_leads(actor: Actor, accounts: Collection[SandboxAccount]) -> QuerySet[SandboxLead]:
    """The forms filled in through these accounts."""
    actor.require(Right.SEE_CAPTURE)
    return SandboxLead.objects.filter(workspace_id=actor.workspace_id, account__in=accounts)
