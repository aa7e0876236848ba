"""Automations, what they were when a run began, runs, and the log of their steps."""

from __future__ import annotations

from typing import Any, ClassVar

from django.db import models

from leadline.engines.automation.rules import LIVE, DryRunState, RunState, StepOutcome
from leadline.infra import tenancy
from leadline.infra.entity import WorkspaceEntity
from leadline.kit import clock, ids


class Automation(WorkspaceEntity):
    """When something happens and the conditions hold, these steps are taken."""

    name = models.CharField(max_length=200)
    recipe = models.CharField(max_length=60, blank=True)  # the shipped recipe it was made from
    enabled = models.BooleanField(default=False)
    # What fell due before this moment starts nothing.
    enabled_at = models.DateTimeField(null=True)
    # Nothing starts, and what is under way rests until somebody lets it go on.
    paused_at = models.DateTimeField(null=True)
    trigger_key = models.CharField(max_length=80)
    trigger_options: models.JSONField[dict[str, Any], dict[str, Any]] = models.JSONField(default=dict)
    conditions: models.JSONField[dict[str, Any], dict[str, Any]] = models.JSONField(default=dict)
    steps: models.JSONField[list[Any], list[Any]] = models.JSONField(default=list)
    # Trigger keys that end a waiting run, and all the keys the automation or its runs care about.
    ends_on: models.JSONField[list[str], list[str]] = models.JSONField(default=list)
    listens: models.JSONField[list[str], list[str]] = models.JSONField(default=list)
    edition = models.PositiveIntegerField(default=1)
    position = models.PositiveSmallIntegerField(default=0)
    archived_at = models.DateTimeField(null=True)

    # The name under which a transaction keeps what its workspace listens to.
    KEPT: ClassVar[str] = "automation.listening"

    class Meta:
        verbose_name = "automation"
        constraints = [
            models.UniqueConstraint(
                fields=["workspace_id", "recipe"],
                condition=~models.Q(recipe="") & models.Q(archived_at=None),
                name="recipe_once",
            )
        ]
        indexes = [
            # What the workspace listens to, asked at every event.
            models.Index(fields=["workspace_id"], name="automation_on", condition=models.Q(enabled=True)),
            # The timer sweep asks each enabled automation of its kinds.
            models.Index(fields=["trigger_key"], name="automation_timed", condition=models.Q(enabled=True)),
        ]

    def save(self, *args: Any, **kwargs: Any) -> None:
        """Save, and let the running transaction listen to it."""
        super().save(*args, **kwargs)
        tenancy.forget(self.KEPT)


class Edition(models.Model):
    """An automation as it was: editing it never confuses a run that began before, and can be undone."""

    id = models.UUIDField(primary_key=True, default=ids.new_id)
    workspace_id = models.UUIDField(default=tenancy.require_current, editable=False)
    automation = models.ForeignKey(Automation, models.CASCADE, related_name="editions", db_index=False)
    number = models.PositiveIntegerField()
    steps: models.JSONField[list[Any], list[Any]] = models.JSONField(default=list)
    # All that people wrote, to read and to restore; empty for editions from before this was kept.
    written: models.JSONField[dict[str, Any], dict[str, Any]] = models.JSONField(default=dict, db_default={})
    made_by = models.CharField(max_length=200, blank=True, default="", db_default="")
    made_at = models.DateTimeField(default=clock.now)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["automation", "number"], name="edition_once")]


class Run(WorkspaceEntity):
    """One execution of an automation for one subject."""

    automation = models.ForeignKey(Automation, models.CASCADE, related_name="runs", db_index=False)
    automation_version = models.PositiveIntegerField()  # the edition
    subject_type = models.CharField(max_length=40)
    subject_id = models.UUIDField()
    occurrence = models.CharField(max_length=120)
    state = models.CharField(max_length=10, choices=[(s.value, s.value) for s in RunState])
    position = models.PositiveIntegerField(default=0)
    # Waiting: when it goes on. Running: when somebody looks whether it still runs.
    resume_at = models.DateTimeField(null=True)
    paused_at = models.DateTimeField(null=True)
    wakes_on = models.CharField(max_length=80, blank=True)
    woken_by = models.CharField(max_length=80, blank=True)
    ends_on: models.JSONField[list[str], list[str]] = models.JSONField(default=list)
    attempts = models.PositiveSmallIntegerField(default=0)
    context: models.JSONField[dict[str, Any], dict[str, Any]] = models.JSONField(default=dict)
    cause: models.JSONField[dict[str, Any], dict[str, Any]] = models.JSONField(default=dict)
    reason = models.TextField(blank=True)
    started_at = models.DateTimeField(default=clock.now)
    finished_at = models.DateTimeField(null=True)

    class Meta:
        verbose_name = "run"
        constraints = [
            # However often an event is delivered, it starts one run.
            models.UniqueConstraint(
                fields=["workspace_id", "automation", "subject_id", "occurrence"], name="run_once"
            )
        ]
        indexes = [
            # The sweep: in which workspaces something is due, then what, oldest first.
            models.Index(
                fields=["resume_at", "workspace_id"], name="run_due", condition=models.Q(state__in=LIVE)
            ),
            # An event wakes or ends what waits for its subject.
            models.Index(fields=["subject_id"], name="run_alive", condition=models.Q(state__in=LIVE)),
            # The log of one automation, newest first; its runs in seven days.
            models.Index(fields=["automation", "-started_at", "-id"], name="run_log"),
            # The loop guard and the story of one record.
            models.Index(fields=["subject_id", "-started_at"], name="run_of_subject"),
        ]


class DryRun(WorkspaceEntity):
    """What an automation would have done in the last days; worked out in the background, then only read."""

    automation = models.ForeignKey(Automation, models.CASCADE, related_name="dry_runs")
    written: models.JSONField[dict[str, Any], dict[str, Any]] = models.JSONField(default=dict)
    days = models.PositiveSmallIntegerField()
    state = models.CharField(max_length=10, default=DryRunState.RUNNING)
    done = models.PositiveIntegerField(default=0)
    total = models.PositiveIntegerField(null=True)
    found: models.JSONField[dict[str, Any], dict[str, Any]] = models.JSONField(default=dict)
    finished_at = models.DateTimeField(null=True)

    class Meta:
        verbose_name = "dry run"
        indexes = [
            # The clean-up.
            models.Index(fields=["created_at"], name="dry_run_age"),
        ]


class StepLog(models.Model):
    """One attempt at one step: what it was given, what came out. Append-only, but for what had only begun."""

    id = models.UUIDField(primary_key=True, default=ids.new_id)
    workspace_id = models.UUIDField(default=tenancy.require_current, editable=False)
    run = models.ForeignKey(Run, models.CASCADE, related_name="steps", db_index=False)
    position = models.PositiveIntegerField()
    action = models.CharField(max_length=80)
    label = models.CharField(max_length=200)
    outcome = models.CharField(max_length=10, choices=[(o.value, o.value) for o in StepOutcome])
    input: models.JSONField[dict[str, Any], dict[str, Any]] = models.JSONField(default=dict)
    result: models.JSONField[dict[str, Any], dict[str, Any]] = models.JSONField(default=dict)
    error = models.TextField(blank=True)
    at = models.DateTimeField(default=clock.now)
    took_ms = models.PositiveIntegerField(default=0)

    class Meta:
        indexes = [models.Index(fields=["run", "id"], name="step_of_run")]


class SigningSecret(WorkspaceEntity):
    """What the calls of the workspace's automations are signed with, sealed."""

    sealed = models.TextField()

    class Meta:
        verbose_name = "signing secret"
        constraints = [models.UniqueConstraint(fields=["workspace_id"], name="signing_secret_once")]
