"""Visitors who agreed to be remembered, what they looked at, and plain counts of everything."""

from __future__ import annotations

from django.db import models
from django.db.models import Q

from leadline.contacts.models import Contact
from leadline.infra.entity import WorkspaceEntity
from leadline.kit import clock
from leadline.leads.models import Lead


class Visitor(WorkspaceEntity):
    """A browser that may be remembered; nobody's until a form or a link of ours proves whose it is."""

    site_id = models.UUIDField()
    key = models.CharField(max_length=64)
    lead = models.ForeignKey(Lead, models.CASCADE, null=True, related_name="visitors")
    contact = models.ForeignKey(Contact, models.CASCADE, null=True, related_name="visitors")
    # A forwarded mail names the wrong person: what only a link says is probable.
    probable = models.BooleanField(default=False)
    joined_at = models.DateTimeField(null=True)
    last_seen_at = models.DateTimeField(default=clock.now)

    class Meta:
        verbose_name = "visitor"
        constraints = [models.UniqueConstraint(fields=["workspace_id", "key"], name="visitor_once")]
        indexes = [
            # The sweep forgets those who stayed unknown.
            models.Index(fields=["last_seen_at"], name="visitor_unknown", condition=Q(lead=None)),
        ]


class Visit(WorkspaceEntity):
    """A page that a visitor looked at, or something done on it; `told` once the lead's timeline shows it."""

    visitor = models.ForeignKey(Visitor, models.CASCADE, related_name="visits")
    event_id = models.CharField(max_length=64)
    session = models.CharField(max_length=64, blank=True)
    url = models.TextField(blank=True)
    title = models.CharField(max_length=300, blank=True)
    referrer = models.TextField(blank=True)
    name = models.CharField(max_length=100, blank=True)
    props = models.JSONField(default=dict)
    key_page = models.BooleanField(default=False)
    active_ms = models.PositiveIntegerField(default=0)
    scroll = models.FloatField(null=True)
    at = models.DateTimeField(default=clock.now)
    told = models.BooleanField(default=False)

    class Meta:
        verbose_name = "visit"
        constraints = [models.UniqueConstraint(fields=["visitor", "event_id"], name="visit_once")]
        indexes = [
            # What is still to be told of a visitor.
            models.Index(fields=["visitor", "at"], name="visit_untold", condition=Q(told=False)),
        ]


class PageCount(WorkspaceEntity):
    """How often a page was looked at on a day, by everybody, with or without consent."""

    site_id = models.UUIDField()
    day = models.DateField()
    path = models.CharField(max_length=500)
    views = models.PositiveIntegerField(default=0)
    remembered = models.PositiveIntegerField(default=0)

    class Meta:
        verbose_name = "page count"
        constraints = [
            models.UniqueConstraint(fields=["workspace_id", "site_id", "day", "path"], name="page_count_once")
        ]
