"""Leads, the pipelines they move through, and the totals of the board."""

from __future__ import annotations

from django.db import models
from django.db.models import F, Q
from django.db.models.functions import Upper

from leadline.contacts.models import Company, Contact
from leadline.infra import tenancy
from leadline.infra.entity import WorkspaceEntity
from leadline.kit import clock
from leadline.leads.rules import Band, LeadStatus, Outcome, StageKind
from leadline.workspaces.models import Member, Team

# A next step of which the owner was not reminded, or which was put off since.
_NOT_REMINDED = Q(step_reminded_at=None) | Q(step_reminded_at__lt=F("next_step_at"))
LISTED = Q(deleted_at=None) & ~Q(status="spam")


class Pipeline(WorkspaceEntity):
    """A way to a sale: an ordered row of stages."""

    name = models.CharField(max_length=120)
    position = models.PositiveSmallIntegerField(default=0)
    is_default = models.BooleanField(default=False)
    archived_at = models.DateTimeField(null=True)

    class Meta:
        verbose_name = "pipeline"
        constraints = [
            models.UniqueConstraint(fields=["workspace_id", "name"], name="pipeline_name_once"),
            models.UniqueConstraint(
                fields=["workspace_id"], condition=Q(is_default=True), name="one_default_pipeline"
            ),
        ]


class Stage(WorkspaceEntity):
    """A column of the board."""

    pipeline = models.ForeignKey(Pipeline, models.PROTECT, related_name="stages")
    name = models.CharField(max_length=120)
    position = models.PositiveSmallIntegerField(default=0)
    colour = models.CharField(max_length=9, default="#64748b")
    probability = models.PositiveSmallIntegerField(default=0)
    rots_after_days = models.PositiveSmallIntegerField(null=True)
    kind = models.CharField(
        max_length=4, default=StageKind.OPEN, choices=[(k.value, k.value) for k in StageKind]
    )
    # Keys of the fields a lead must have before it comes in here.
    required_fields: models.JSONField[list[str], list[str]] = models.JSONField(
        default=list, db_default=[], blank=True
    )
    archived_at = models.DateTimeField(null=True)

    class Meta:
        verbose_name = "stage"
        constraints = [
            models.UniqueConstraint(
                fields=["pipeline", "name"], condition=Q(archived_at=None), name="stage_name_once"
            ),
            models.CheckConstraint(condition=Q(probability__lte=100), name="stage_probability_percent"),
        ]


class LossReason(WorkspaceEntity):
    """Why a lead was lost, from the workspace's list."""

    name = models.CharField(max_length=120)
    position = models.PositiveSmallIntegerField(default=0)
    archived = models.BooleanField(default=False)

    class Meta:
        verbose_name = "loss reason"
        constraints = [models.UniqueConstraint(fields=["workspace_id", "name"], name="loss_reason_once")]


class Lead(WorkspaceEntity):
    """One inquiry on its way to a sale; once converted it is a deal. Always in exactly one stage."""

    name = models.CharField(max_length=200)
    name_key = models.GeneratedField(
        expression=Upper("name"), output_field=models.CharField(max_length=400), db_persist=True
    )
    contact = models.ForeignKey(Contact, models.PROTECT, related_name="leads")
    company = models.ForeignKey(Company, models.PROTECT, null=True, related_name="leads")
    pipeline = models.ForeignKey(Pipeline, models.PROTECT, related_name="leads")
    stage = models.ForeignKey(Stage, models.PROTECT, related_name="leads")
    entered_stage_at = models.DateTimeField(default=clock.now)
    # Whoever notes something on a lead, or talks with the person, has looked after it: it rots from then on.
    noted_at = models.DateTimeField(null=True)
    owner = models.ForeignKey(Member, models.PROTECT, null=True, related_name="leads")
    team = models.ForeignKey(Team, models.SET_NULL, null=True, related_name="leads")
    value_minor = models.BigIntegerField(default=0)
    currency = models.CharField(max_length=3, blank=True)

    # The last source follows the inquiries; the first is never written again.
    source = models.CharField(max_length=60)
    first_source = models.CharField(max_length=60)
    channel = models.CharField(max_length=30, blank=True)
    campaign = models.CharField(max_length=200, blank=True)
    utm = models.JSONField(default=dict, blank=True)
    page = models.TextField(blank=True)
    referrer = models.TextField(blank=True)
    interest = models.CharField(max_length=300, blank=True)
    text = models.TextField(blank=True)
    extra = models.JSONField(default=dict, blank=True)
    custom = models.JSONField(default=dict, blank=True)
    tags: models.JSONField[list[str], list[str]] = models.JSONField(default=list, db_default=[], blank=True)
    # By question: {"state": "yes", "note": "…"}.
    qualification: models.JSONField[dict[str, dict[str, str]], dict[str, dict[str, str]]] = models.JSONField(
        default=dict, db_default={}, blank=True
    )
    budget_minor = models.BigIntegerField(null=True)

    fit = models.SmallIntegerField(default=0)
    engagement = models.SmallIntegerField(default=0)
    score = models.SmallIntegerField(default=0)
    band = models.CharField(max_length=4, default=Band.COLD)
    band_overridden = models.BooleanField(default=False)
    band_reason = models.CharField(max_length=300, blank=True)
    ready_at = models.DateTimeField(null=True)
    lead_type = models.CharField(max_length=3, blank=True)
    # The stated budget lies far below the price: never among the hot ones.
    poor_fit = models.BooleanField(default=False, db_default=False)
    # How likely the lead is to buy, in percent; none while nothing is predicted.
    chance = models.SmallIntegerField(null=True)

    status = models.CharField(
        max_length=4, default=LeadStatus.OPEN, choices=[(s.value, s.value) for s in LeadStatus]
    )
    closed_at = models.DateTimeField(null=True)
    loss_reason = models.ForeignKey(LossReason, models.PROTECT, null=True, related_name="+")
    loss_note = models.TextField(blank=True)
    competitor = models.CharField(max_length=200, blank=True)
    converted_at = models.DateTimeField(null=True)

    inbound_at = models.DateTimeField(default=clock.now)
    first_touch_at = models.DateTimeField(null=True)
    first_auto_reply_at = models.DateTimeField(null=True)
    last_activity_at = models.DateTimeField(default=clock.now)
    respond_by = models.DateTimeField(null=True)
    warn_50_at = models.DateTimeField(null=True)
    warn_80_at = models.DateTimeField(null=True)
    escalated_at = models.DateTimeField(null=True)
    assigned_at = models.DateTimeField(null=True)
    assignment_text = models.CharField(max_length=300, blank=True)
    assignment_reason = models.JSONField(default=dict, blank=True)
    next_step = models.CharField(max_length=300, blank=True)
    next_step_at = models.DateTimeField(null=True)
    step_reminded_at = models.DateTimeField(null=True)
    unread = models.PositiveIntegerField(default=0)
    deleted_at = models.DateTimeField(null=True)

    class Meta:
        verbose_name = "lead"
        constraints = [
            models.UniqueConstraint(
                fields=["contact"],
                condition=Q(status="open", deleted_at=None),
                name="one_open_lead_per_contact",
            ),
            models.CheckConstraint(condition=Q(value_minor__gte=0), name="lead_value_not_negative"),
            models.CheckConstraint(condition=~Q(source="") & ~Q(first_source=""), name="lead_has_a_source"),
        ]
        # Lists show all leads but spam and trash, in these orders; the board takes the newest of a stage.
        indexes = [
            models.Index(fields=["stage", "-entered_stage_at", "-id"], name="lead_board", condition=LISTED),
            models.Index(fields=["workspace_id", "-inbound_at", "-id"], name="lead_newest", condition=LISTED),
            models.Index(fields=["workspace_id", "-score", "-id"], name="lead_best", condition=LISTED),
            models.Index(
                fields=["workspace_id", "-value_minor", "-id"], name="lead_dearest", condition=LISTED
            ),
            models.Index(
                fields=["workspace_id", "-last_activity_at", "-id"], name="lead_active", condition=LISTED
            ),
            models.Index(fields=["workspace_id", "name_key", "id"], name="lead_by_name", condition=LISTED),
            models.Index(
                "workspace_id",
                models.OrderBy(models.F("chance"), descending=True, nulls_last=True),
                models.OrderBy(models.F("id"), descending=True),
                name="lead_likeliest",
                condition=LISTED,
            ),
            # My leads, and those of my team.
            models.Index(
                fields=["workspace_id", "owner", "-inbound_at", "-id"], name="lead_mine", condition=LISTED
            ),
            models.Index(
                fields=["workspace_id", "team", "-inbound_at", "-id"], name="lead_team", condition=LISTED
            ),
            models.Index(
                fields=["workspace_id", "source", "-inbound_at", "-id"], name="lead_source", condition=LISTED
            ),
            # The list of those who are ready for sales.
            models.Index(
                fields=["workspace_id", "-inbound_at", "-id"],
                name="lead_ready",
                condition=Q(status="open", deleted_at=None, ready_at__isnull=False),
            ),
            # The list of deals, and how many there are.
            models.Index(
                fields=["workspace_id", "-inbound_at", "-id"],
                name="lead_deals",
                condition=LISTED & Q(converted_at__isnull=False),
            ),
            # Emptying the trash.
            models.Index(fields=["deleted_at"], name="lead_trash", condition=Q(deleted_at__isnull=False)),
            # The sweep that reminds owners of what is due.
            models.Index(
                fields=["next_step_at"],
                name="lead_step_due",
                condition=Q(_NOT_REMINDED, deleted_at=None, next_step_at__isnull=False, status="open"),
            ),
            # Who waits for an answer: the list "untouched" and the sweeps of the clocks above.
            models.Index(
                fields=["workspace_id", "inbound_at", "id"],
                name="lead_untouched",
                condition=Q(status="open", deleted_at=None, first_touch_at=None),
            ),
        ]


class ExchangeRate(WorkspaceEntity):
    """How much of the workspace's currency (`base`) one unit of another currency is worth."""

    base = models.CharField(max_length=3)
    currency = models.CharField(max_length=3)
    rate = models.DecimalField(max_digits=20, decimal_places=10)

    class Meta:
        verbose_name = "exchange rate"
        constraints = [
            models.UniqueConstraint(fields=["workspace_id", "base", "currency"], name="exchange_rate_once"),
            models.CheckConstraint(condition=Q(rate__gt=0), name="exchange_rate_positive"),
        ]


class StageVisit(WorkspaceEntity):
    """One stay of a lead in a stage; the running one has no end."""

    lead = models.ForeignKey(Lead, models.CASCADE, related_name="visits")
    stage = models.ForeignKey(Stage, models.PROTECT, related_name="visits")
    entered_at = models.DateTimeField()
    left_at = models.DateTimeField(null=True)
    by_name = models.CharField(max_length=200, blank=True)
    by_member_id = models.UUIDField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["lead"], condition=Q(left_at=None), name="one_running_visit")
        ]
        indexes = [
            # How long leads stay in a stage, over a period.
            models.Index(fields=["workspace_id", "stage", "entered_at"], name="visit_of_stage"),
            models.Index(fields=["lead", "entered_at"], name="visit_of_lead"),
        ]


class BoardTotal(models.Model):
    """A change of a column's totals; the total is the sum. Written only by the triggers on leads."""

    id = models.BigAutoField(primary_key=True)
    workspace_id = models.UUIDField(default=tenancy.require_current)
    pipeline_id = models.UUIDField()
    stage_id = models.UUIDField()
    owner_id = models.UUIDField(null=True)
    team_id = models.UUIDField(null=True)
    source = models.CharField(max_length=60)
    currency = models.CharField(max_length=3)
    count = models.IntegerField()
    value_minor = models.BigIntegerField()
    entered_seconds = models.BigIntegerField()

    class Meta:
        indexes = [
            # The totals of one pipeline's columns.
            models.Index(fields=["workspace_id", "pipeline_id"], name="board_totals"),
        ]


class Objection(WorkspaceEntity):
    """What somebody had against buying, what was answered, and what became of it."""

    lead = models.ForeignKey(Lead, models.CASCADE, related_name="objections")
    kind = models.CharField(max_length=80)
    at = models.DateTimeField(default=clock.now)
    answer = models.TextField(blank=True)
    outcome = models.CharField(
        max_length=8, default=Outcome.OPEN, choices=[(o.value, o.value) for o in Outcome]
    )
    by_name = models.CharField(max_length=200, blank=True)

    class Meta:
        verbose_name = "objection"
        indexes = [
            # What was said against buying on one lead.
            models.Index(fields=["lead", "-at"], name="objection_of_lead"),
            # How often each was overcome.
            models.Index(fields=["workspace_id", "kind"], name="objection_kind"),
        ]
