"""Who gets which lead, whose turn it is, and the clock of the first human answer."""

from __future__ import annotations

from typing import Any

from django.db import models
from django.db.models import Q

from leadline.assignment.rules import DEFAULT_CHAIN, ClockKind, TargetKind
from leadline.infra.entity import WorkspaceEntity
from leadline.leads.models import Lead
from leadline.leads.rules import Band
from leadline.workspaces.models import Member, Team


class AssignmentRule(WorkspaceEntity):
    """Which leads go to whom; the first rule that matches decides. An empty `when` matches every lead."""

    name = models.CharField(max_length=200)
    position = models.PositiveSmallIntegerField(default=0)
    enabled = models.BooleanField(default=True)
    when: models.JSONField[dict[str, Any], dict[str, Any]] = models.JSONField(default=dict)
    sentence = models.TextField(blank=True)
    # The same for readers of other languages; empty in rules that were last changed before there was any.
    words: models.JSONField[dict[str, Any] | None, dict[str, Any] | None] = models.JSONField(null=True)
    target_kind = models.CharField(max_length=14, choices=[(k.value, k.value) for k in TargetKind])
    team = models.ForeignKey(Team, models.PROTECT, null=True, related_name="+")
    member = models.ForeignKey(Member, models.PROTECT, null=True, related_name="+")
    # How long the team may take to claim a lead of its queue before it goes in turn; without it, for ever.
    claim_minutes = models.PositiveIntegerField(null=True)
    # Keeps a lead only until it is ready for sales; then the other rules decide again.
    until_ready = models.BooleanField(default=False)

    class Meta:
        verbose_name = "assignment rule"
        constraints = [
            models.CheckConstraint(
                condition=Q(
                    target_kind__in=[TargetKind.TEAM, TargetKind.QUEUE], team__isnull=False, member=None
                )
                | Q(target_kind=TargetKind.MEMBER, member__isnull=False, team=None)
                | Q(
                    target_kind__in=[TargetKind.CONTACT_OWNER, TargetKind.COMPANY_OWNER],
                    member=None,
                    team=None,
                ),
                name="rule_names_its_target",
            )
        ]
        indexes = [
            # All rules of the workspace in their order, at every capture.
            models.Index(fields=["workspace_id", "position"], name="assignment_rules"),
        ]


class Availability(WorkspaceEntity):
    """When a member takes leads in turn, and how many; without a row always, one share and no limit."""

    member = models.OneToOneField(Member, models.CASCADE, related_name="availability")
    away = models.BooleanField(default=False)
    # First and last day of each absence, as the business counts days.
    absences: models.JSONField[list[list[str]], list[list[str]]] = models.JSONField(default=list)
    # The own working hours; without any the member takes leads at every hour.
    weekly: models.JSONField[dict[str, Any], dict[str, Any]] = models.JSONField(default=dict)
    weight = models.PositiveSmallIntegerField(default=1)
    daily_cap = models.PositiveIntegerField(null=True)
    open_cap = models.PositiveIntegerField(null=True)

    class Meta:
        verbose_name = "availability"
        constraints = [
            models.CheckConstraint(condition=Q(weight__gte=1, weight__lte=20), name="availability_weight")
        ]


class Rotation(WorkspaceEntity):
    """How many leads a team was given in turn, and how far each member has come: see `rules.Turns`."""

    team = models.OneToOneField(Team, models.CASCADE, related_name="rotation")
    turn = models.BigIntegerField(default=0)
    reached = models.BigIntegerField(default=0, db_default=0)
    marks: models.JSONField[dict[str, list[int]], dict[str, list[int]]] = models.JSONField(
        default=dict, db_default={}
    )


class SlaPolicy(WorkspaceEntity):
    """Within how many minutes a lead of a band must be answered by a human."""

    band = models.CharField(max_length=4, choices=[(b.value, b.value) for b in Band])
    minutes = models.PositiveIntegerField()
    clock = models.CharField(max_length=8, choices=[(k.value, k.value) for k in ClockKind])

    class Meta:
        verbose_name = "SLA policy"
        constraints = [
            models.UniqueConstraint(fields=["workspace_id", "band"], name="sla_policy_once"),
            models.CheckConstraint(condition=Q(minutes__gte=1), name="sla_policy_takes_time"),
        ]


class BusinessHours(WorkspaceEntity):
    """When the business is open; without any hour every clock runs on the calendar."""

    timezone = models.CharField(max_length=64)
    weekly: models.JSONField[dict[str, Any], dict[str, Any]] = models.JSONField(default=dict)
    holidays: models.JSONField[list[str], list[str]] = models.JSONField(default=list)

    class Meta:
        verbose_name = "business hours"
        constraints = [models.UniqueConstraint(fields=["workspace_id"], name="business_hours_once")]


class TeamHours(WorkspaceEntity):
    """When a team works, where it differs from the business: what is empty is as in the business."""

    team = models.OneToOneField(Team, models.CASCADE, related_name="hours")
    timezone = models.CharField(max_length=64, blank=True)
    weekly: models.JSONField[dict[str, Any], dict[str, Any]] = models.JSONField(default=dict)
    # The own days off; those of the business come on top unless the team is elsewhere.
    holidays: models.JSONField[list[str], list[str]] = models.JSONField(default=list)
    business_holidays = models.BooleanField(default=True)

    class Meta:
        verbose_name = "hours of a team"


def _default_chain() -> list[dict[str, Any]]:
    return [dict(step) for step in DEFAULT_CHAIN]


class AnswerPlan(WorkspaceEntity):
    """Who hears that an answer is missing, when clocks stand still, and the first task of an owner."""

    # Each step: after_minutes, tell, and maybe member_id, carriers, reassign; see rules.ChainStep.
    chain: models.JSONField[list[dict[str, Any]], list[dict[str, Any]]] = models.JSONField(
        default=_default_chain
    )
    # Each pause: a name and the condition (`when`) on the lead for as long as which its clock stands still.
    pauses: models.JSONField[list[dict[str, Any]], list[dict[str, Any]]] = models.JSONField(default=list)
    # The next step that comes with a new lead, and within how many minutes; without minutes there is none.
    first_step = models.CharField(max_length=300, blank=True)
    first_step_minutes = models.PositiveIntegerField(null=True)

    class Meta:
        verbose_name = "answer plan"
        constraints = [models.UniqueConstraint(fields=["workspace_id"], name="answer_plan_once")]


class SlaClock(WorkspaceEntity):
    """The time a lead has left for its first human answer, with the policy as it was when the clock began."""

    lead = models.OneToOneField(Lead, models.CASCADE, related_name="sla_clock")
    band = models.CharField(max_length=4)
    minutes = models.PositiveIntegerField()
    kind = models.CharField(max_length=8)
    started_at = models.DateTimeField()
    warn_50_at = models.DateTimeField()
    warn_80_at = models.DateTimeField()
    due_at = models.DateTimeField()
    warned_50_at = models.DateTimeField(null=True)
    warned_80_at = models.DateTimeField(null=True)
    breached_at = models.DateTimeField(null=True)
    escalated_at = models.DateTimeField(null=True)
    stopped_at = models.DateTimeField(null=True)
    stopped_by = models.CharField(max_length=10, blank=True)
    # How many steps of the chain were taken since the breach.
    escalations = models.PositiveSmallIntegerField(default=0, db_default=0)
    # From when to when the clock stood still (the running pause has no end), and the name of the last pause.
    pauses: models.JSONField[list[list[str | None]], list[list[str | None]]] = models.JSONField(
        default=list, db_default=[]
    )
    paused_by = models.CharField(max_length=200, blank=True, default="", db_default="")
    # The next moment the clock has something to say; empty when it has stopped or said everything.
    next_at = models.DateTimeField(null=True)

    class Meta:
        verbose_name = "SLA clock"
        indexes = [
            # The sweep asks for what is due, in order.
            models.Index(fields=["next_at"], name="sla_clock_due", condition=Q(next_at__isnull=False)),
        ]
