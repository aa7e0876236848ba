"""Customers, the conversions that made them, and the map from lead to customer."""

from __future__ import annotations

from django.db import models
from django.db.models import Q

from leadline.contacts.models import Company, Contact
from leadline.customers.rules import CustomerKind, CustomerStatus
from leadline.infra.entity import WorkspaceEntity
from leadline.kit import clock
from leadline.leads.models import Lead
from leadline.workspaces.models import Member, Team


class Customer(WorkspaceEntity):
    """A contact or company that bought; its numbers follow its deals by themselves (see the triggers)."""

    name = models.CharField(max_length=200)
    kind = models.CharField(
        max_length=7, default=CustomerKind.PERSON, choices=[(k.value, k.value) for k in CustomerKind]
    )
    contact = models.ForeignKey(Contact, models.PROTECT, null=True, related_name="customers")
    company = models.ForeignKey(Company, models.PROTECT, null=True, related_name="customers")
    owner = models.ForeignKey(Member, models.PROTECT, null=True, related_name="customers")
    team = models.ForeignKey(Team, models.SET_NULL, null=True, related_name="customers")
    status = models.CharField(
        max_length=8, default=CustomerStatus.ACTIVE, choices=[(s.value, s.value) for s in CustomerStatus]
    )
    phone = models.CharField(max_length=32, blank=True)
    email = models.CharField(max_length=320, blank=True)
    city = models.CharField(max_length=120, blank=True)
    country = models.CharField(max_length=2, blank=True)
    source = models.CharField(max_length=60, blank=True)
    about = models.TextField(blank=True)
    custom = models.JSONField(default=dict, blank=True)

    # Written only by the triggers on leads and conversions.
    deals = models.PositiveIntegerField(default=0, db_default=0, editable=False)
    deals_won = models.PositiveIntegerField(default=0, db_default=0, editable=False)
    # What was won by currency, and its worth in the workspace's at the time it was counted.
    won: models.JSONField[dict[str, int], dict[str, int]] = models.JSONField(
        default=dict, db_default={}, editable=False
    )
    won_minor = models.BigIntegerField(default=0, db_default=0, editable=False)
    last_activity_at = models.DateTimeField(default=clock.now, editable=False)

    class Meta:
        verbose_name = "customer"
        constraints = [
            # A person, or a company, is one customer.
            models.UniqueConstraint(
                fields=["workspace_id", "company"],
                condition=Q(kind="company"),
                name="company_is_one_customer",
            ),
            models.UniqueConstraint(
                fields=["workspace_id", "contact"], condition=Q(kind="person"), name="person_is_one_customer"
            ),
            models.CheckConstraint(
                condition=Q(kind="company", company__isnull=False) | Q(kind="person", contact__isnull=False),
                name="customer_is_somebody",
            ),
        ]
        indexes = [
            # The list, in its orders.
            models.Index(fields=["workspace_id", "-created_at", "-id"], name="customer_newest"),
            models.Index(fields=["workspace_id", "-last_activity_at", "-id"], name="customer_active"),
            models.Index(fields=["workspace_id", "-won_minor", "-id"], name="customer_dearest"),
        ]


class Conversion(WorkspaceEntity):
    """One lead that became a deal of a customer, and what it was before, for thirty days."""

    lead = models.ForeignKey(Lead, models.CASCADE, related_name="conversions")
    customer = models.ForeignKey(Customer, models.SET_NULL, null=True, related_name="conversions")
    at = models.DateTimeField(default=clock.now)
    by_name = models.CharField(max_length=200, blank=True)
    by_member_id = models.UUIDField(null=True)
    made_customer = models.BooleanField(default=False)
    before = models.JSONField(default=dict)
    after = models.JSONField(default=dict)
    # What the customer got from this lead: field → value.
    filled = models.JSONField(default=dict)
    undone_at = models.DateTimeField(null=True)
    undo = models.JSONField(default=dict)

    class Meta:
        verbose_name = "conversion"
        constraints = [
            models.UniqueConstraint(fields=["lead"], condition=Q(undone_at=None), name="lead_converted_once"),
        ]
        indexes = [
            # The deals of a customer.
            models.Index(fields=["customer", "-at"], name="deals_of_customer", condition=Q(undone_at=None)),
        ]


class ConversionMap(WorkspaceEntity):
    """Which fields of a lead go where when it is converted; without a row the default map holds."""

    lines: models.JSONField[list[dict[str, str]], list[dict[str, str]]] = models.JSONField(default=list)

    class Meta:
        verbose_name = "conversion map"
        constraints = [models.UniqueConstraint(fields=["workspace_id"], name="conversion_map_once")]
