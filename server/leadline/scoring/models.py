"""What gives points, what gave points, and when interest has faded."""

from __future__ import annotations

from typing import Any

from django.db import models

from leadline.infra import tenancy
from leadline.infra.entity import WorkspaceEntity
from leadline.kit import clock, ids
from leadline.leads.models import Lead
from leadline.scoring.rules import Group, Template


class ScoreSettings(WorkspaceEntity):
    """The caps, thresholds and half-life of a workspace."""

    fit_cap = models.PositiveSmallIntegerField(default=50)
    engagement_cap = models.PositiveSmallIntegerField(default=50)
    opens_cap = models.PositiveSmallIntegerField(default=5)
    half_life_days = models.PositiveSmallIntegerField(default=30)
    hot = models.PositiveSmallIntegerField(default=70)
    warm = models.PositiveSmallIntegerField(default=50)
    ready = models.PositiveSmallIntegerField(default=50)
    # What a sale usually costs (0: unknown), and how much of a price a stated budget must cover, in percent.
    price_minor = models.BigIntegerField(default=0, db_default=0)
    least_budget = models.PositiveSmallIntegerField(default=50, db_default=50)
    # Which questions qualify a lead.
    template = models.CharField(
        max_length=8,
        default=Template.NONE,
        db_default="",
        blank=True,
        choices=[(t.value, t.value) for t in Template],
    )

    class Meta:
        verbose_name = "scoring settings"
        constraints = [models.UniqueConstraint(fields=["workspace_id"], name="score_settings_once")]


class ScoreRule(WorkspaceEntity):
    """What gives or takes points: for fit a filter on the lead, for engagement something that happens."""

    group = models.CharField(
        max_length=10, choices=[(g.value, g.value) for g in (Group.FIT, Group.ENGAGEMENT)]
    )
    name = models.CharField(max_length=200)
    when: models.JSONField[dict[str, Any], dict[str, Any]] = models.JSONField(default=dict)
    points = models.SmallIntegerField()
    position = models.PositiveSmallIntegerField(default=0)
    enabled = models.BooleanField(default=True)

    class Meta:
        verbose_name = "scoring rule"
        indexes = [
            # All rules of the workspace, at every scoring and in Settings.
            models.Index(fields=["workspace_id", "group", "position"], name="score_rules"),
        ]


class ScoreDraft(WorkspaceEntity):
    """Numbers and rules that are being tried and are not in force yet."""

    content: models.JSONField[dict[str, Any], dict[str, Any]] = models.JSONField(default=dict)

    class Meta:
        verbose_name = "draft of the scoring"
        constraints = [models.UniqueConstraint(fields=["workspace_id"], name="score_draft_once")]


class ScoreEdition(WorkspaceEntity):
    """Numbers and rules that came into force at one moment, and how far the leads are counted by them."""

    number = models.PositiveIntegerField()
    content: models.JSONField[dict[str, Any], dict[str, Any]] = models.JSONField(default=dict)
    by_name = models.CharField(max_length=200, blank=True)
    total = models.PositiveIntegerField(default=0)
    counted = models.PositiveIntegerField(default=0)
    # How many parts of the counting are still going on.
    parts_left = models.PositiveSmallIntegerField(default=0, db_default=0)
    done_at = models.DateTimeField(null=True)

    class Meta:
        verbose_name = "edition of the scoring"
        constraints = [
            # The newest edition, and none twice.
            models.UniqueConstraint(fields=["workspace_id", "number"], name="score_edition_once")
        ]


class ScoreEntry(models.Model):
    """Points a lead got or lost, and for what. Append-only: the score is their sum, capped and faded."""

    id = models.UUIDField(primary_key=True, default=ids.new_id)
    workspace_id = models.UUIDField(default=tenancy.require_current, editable=False)
    lead = models.ForeignKey(Lead, models.CASCADE, related_name="score_entries")
    group = models.CharField(max_length=10, choices=[(g.value, g.value) for g in Group])
    kind = models.CharField(max_length=20, blank=True)  # what happened, for engagement
    rule_id = models.UUIDField(null=True)
    label = models.CharField(max_length=200)
    points = models.SmallIntegerField()
    at = models.DateTimeField()
    written_at = models.DateTimeField(default=clock.now)
    ref = models.CharField(max_length=120, blank=True)
    score_after = models.SmallIntegerField(default=0)

    class Meta:
        constraints = [
            # The same event counts once for the same rule, however often it is told.
            models.UniqueConstraint(
                fields=["lead", "ref"], condition=~models.Q(ref=""), name="score_entry_once"
            )
        ]
        indexes = [
            # The explanation and the history of one lead.
            models.Index(fields=["lead", "at"], name="score_of_lead"),
        ]


class Fading(models.Model):
    """When the engagement of a lead has lost its next point by the passing of time."""

    id = models.UUIDField(primary_key=True, default=ids.new_id)
    workspace_id = models.UUIDField(default=tenancy.require_current, editable=False)
    lead = models.OneToOneField(Lead, models.CASCADE, related_name="fading")
    due_at = models.DateTimeField(null=True)

    class Meta:
        indexes = [
            # The sweep: whose interest has faded by now.
            models.Index(fields=["due_at"], name="fading_due", condition=models.Q(due_at__isnull=False)),
        ]


class LeadTypeVisit(models.Model):
    """When a lead became IQL, MQL, SQL or PQL, and why. Append-only."""

    id = models.UUIDField(primary_key=True, default=ids.new_id)
    workspace_id = models.UUIDField(default=tenancy.require_current, editable=False)
    lead = models.ForeignKey(Lead, models.CASCADE, related_name="type_visits")
    lead_type = models.CharField(max_length=3, blank=True)
    at = models.DateTimeField(default=clock.now)
    by_rule = models.BooleanField(default=False)
    why = models.CharField(max_length=200, blank=True)

    class Meta:
        indexes = [
            # The dates of one lead.
            models.Index(fields=["lead", "at"], name="type_visits_of_lead"),
        ]


class Surge(models.Model):
    """When the owner was last told that the interest of a lead has risen at once."""

    id = models.UUIDField(primary_key=True, default=ids.new_id)
    workspace_id = models.UUIDField(default=tenancy.require_current, editable=False)
    lead = models.OneToOneField(Lead, models.CASCADE, related_name="surge")
    told_at = models.DateTimeField()
