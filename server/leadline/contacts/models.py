"""People, organisations and the identities by which a person is recognised."""

from __future__ import annotations

from django.db import models
from django.db.models import Q

from leadline.contacts.rules import IdentityKind
from leadline.infra.entity import WorkspaceEntity
from leadline.workspaces.models import Member, Team


class Company(WorkspaceEntity):
    """An organisation; people meet in it by the domain of their mail."""

    name = models.CharField(max_length=200)
    domain = models.CharField(max_length=253, blank=True)
    custom = models.JSONField(default=dict, blank=True)

    class Meta:
        verbose_name = "company"
        constraints = [
            models.UniqueConstraint(
                fields=["workspace_id", "domain"], condition=~Q(domain=""), name="company_domain_once"
            )
        ]
        indexes = [
            # The list of companies by name, and finding one a form names.
            models.Index(fields=["workspace_id", "name", "id"], name="company_by_name"),
        ]


class Contact(WorkspaceEntity):
    """A person. Its owner is the owner of its latest lead."""

    name = models.CharField(max_length=200, blank=True)
    first_name = models.CharField(max_length=100, blank=True)
    company = models.ForeignKey(Company, models.PROTECT, null=True, related_name="contacts")
    phone = models.CharField(max_length=32, blank=True)  # the primary identities, for lists and filters
    email = models.CharField(max_length=320, blank=True)
    title = models.CharField(max_length=200, blank=True)
    city = models.CharField(max_length=120, blank=True)
    region = models.CharField(max_length=120, blank=True)
    country = models.CharField(max_length=2, blank=True)
    language = models.CharField(max_length=10, blank=True)
    # How the language is known: empty when somebody said it, “text” when what they wrote shows it.
    language_by = models.CharField(max_length=8, blank=True, default="", db_default="")
    postcode = models.CharField(max_length=20, blank=True, default="", db_default="")
    # The same as a number where it is one, for ranges.
    postcode_number = models.BigIntegerField(null=True)
    timezone = models.CharField(max_length=64, blank=True)
    consent = models.JSONField(default=dict, blank=True)
    custom = models.JSONField(default=dict, blank=True)
    owner = models.ForeignKey(Member, models.PROTECT, null=True, related_name="contacts")
    team = models.ForeignKey(Team, models.SET_NULL, null=True, related_name="contacts")
    merged_into = models.ForeignKey("self", models.PROTECT, null=True, related_name="merged")
    deleted_at = models.DateTimeField(null=True)

    class Meta:
        verbose_name = "contact"
        indexes = [
            # The list of contacts, newest first (ids are in order of time), and by name.
            models.Index(fields=["workspace_id", "-id"], name="contact_newest"),
            models.Index(fields=["workspace_id", "name", "id"], name="contact_by_name"),
        ]


class Identity(WorkspaceEntity):
    """One way to recognise a contact: `value` is compared, `shown` is read, `raw` is what came."""

    contact = models.ForeignKey(Contact, models.CASCADE, related_name="identities")
    kind = models.CharField(max_length=16, choices=[(k.value, k.value) for k in IdentityKind])
    value = models.CharField(max_length=320)
    shown = models.CharField(max_length=320)
    raw = models.CharField(max_length=320)
    primary = models.BooleanField(default=False)

    class Meta:
        verbose_name = "identity"
        constraints = [
            models.UniqueConstraint(fields=["workspace_id", "kind", "value"], name="identity_once"),
        ]


class PossibleDuplicate(WorkspaceEntity):
    """Two contacts that one inquiry named together; a person decides whether they are one."""

    contact = models.ForeignKey(Contact, models.CASCADE, related_name="possible_duplicates")
    other = models.ForeignKey(Contact, models.CASCADE, related_name="+")
    reason = models.CharField(max_length=300)
    dismissed_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["contact", "other"], name="duplicate_noted_once")]
