"""Views people keep: what a list shows, in which order."""

from __future__ import annotations

from typing import Any

from django.db import models
from django.db.models import Q

from leadline.engines.views.rules import Sharing
from leadline.infra.entity import WorkspaceEntity
from leadline.workspaces.models import Member, Team


class SavedView(WorkspaceEntity):
    """A filter with columns and an order under a name; its maker's own, a team's or everybody's."""

    object_type = models.CharField(max_length=40)
    name = models.CharField(max_length=80)
    filter: models.JSONField[dict[str, Any], dict[str, Any]] = models.JSONField(default=dict)
    columns: models.JSONField[list[str], list[str]] = models.JSONField(default=list)
    sort = models.CharField(max_length=120, blank=True)
    sharing = models.CharField(
        max_length=7, default=Sharing.PRIVATE, choices=[(s.value, s.value) for s in Sharing]
    )
    owner = models.ForeignKey(Member, models.CASCADE, related_name="+")
    team = models.ForeignKey(Team, models.CASCADE, null=True, related_name="+")
    # The roles that begin with this view.
    default_for: models.JSONField[list[str], list[str]] = models.JSONField(default=list)

    class Meta:
        verbose_name = "view"
        constraints = [
            models.UniqueConstraint(
                fields=["workspace_id", "object_type", "owner", "name"], name="view_name_once"
            ),
            models.CheckConstraint(
                condition=Q(sharing="team", team__isnull=False) | (~Q(sharing="team") & Q(team=None)),
                name="view_of_a_team_has_one",
            ),
        ]
