"""Who sees and changes connections and submissions."""

from __future__ import annotations

from django.db.models import QuerySet

from leadline.capture.models import Connection, Submission
from leadline.workspaces.actor import Actor
from leadline.workspaces.rules import Right


def visible_connections(actor: Actor) -> QuerySet[Connection]:
    """The workspace's open doors, for those who look after capture."""
    actor.require(Right.SEE_CAPTURE)
    return Connection.objects.filter(workspace_id=actor.workspace_id, closed_at=None)


def changeable_connections(actor: Actor) -> QuerySet[Connection]:
    """The doors the actor may change."""
    actor.require(Right.CHANGE_CAPTURE)
    return visible_connections(actor)


def visible_submissions(actor: Actor) -> QuerySet[Submission]:
    """The integration log."""
    actor.require(Right.SEE_CAPTURE)
    return Submission.objects.filter(workspace_id=actor.workspace_id)


def changeable_submissions(actor: Actor) -> QuerySet[Submission]:
    """The submissions the actor may try again or dismiss."""
    actor.require(Right.CHANGE_CAPTURE)
    return visible_submissions(actor)
