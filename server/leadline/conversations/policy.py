"""Which leads, threads and messages an actor may see and write to."""

from __future__ import annotations

from django.db.models import Q, QuerySet

from leadline.conversations.models import Composer, Message, Template, Thread
from leadline.conversations.rules import Direction
from leadline.leads.models import Lead
from leadline.workspaces.actor import Actor
from leadline.workspaces.policy import owned_by
from leadline.workspaces.rules import Right


def visible_leads(actor: Actor) -> QuerySet[Lead]:
    """The leads in the actor's scope."""
    return Lead.objects.filter(owned_by(actor), workspace_id=actor.workspace_id, deleted_at=None)


def leads_to_write_to(actor: Actor) -> QuerySet[Lead]:
    """The leads to whose people the actor may write."""
    actor.require(Right.SEND_MESSAGES)
    return visible_leads(actor)


def visible_messages(actor: Actor) -> QuerySet[Message]:
    """Messages of the leads in the actor's scope."""
    return Message.objects.filter(_in_scope(actor), workspace_id=actor.workspace_id)


def outbox(actor: Actor) -> QuerySet[Message]:
    """Outbound messages in the actor's scope."""
    return visible_messages(actor).filter(direction=Direction.OUT.value)


def visible_threads(actor: Actor) -> QuerySet[Thread]:
    """Threads of the leads in the actor's scope."""
    return Thread.objects.filter(_in_scope(actor), workspace_id=actor.workspace_id)


def visible_templates(actor: Actor) -> QuerySet[Template]:
    """The workspace's templates; everybody who reads leads may read them."""
    return Template.objects.filter(workspace_id=actor.workspace_id)


def composers(actor: Actor) -> QuerySet[Composer]:
    """Who is writing in the workspace; the room of the lead decides whether the lead is seen."""
    return Composer.objects.filter(workspace_id=actor.workspace_id)


def _in_scope(actor: Actor) -> Q:
    # A message without a lead belongs to nobody yet; only those who see everything see it.
    return owned_by(actor, owner="lead__owner", team="lead__team")
