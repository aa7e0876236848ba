"""Workspace, people and what they may do."""

from __future__ import annotations

from typing import Any, ClassVar

from django.contrib.auth.base_user import AbstractBaseUser, BaseUserManager
from django.db import models
from django.db.models.functions import Lower

from leadline.infra import tenancy
from leadline.infra.entity import Entity, WorkspaceEntity
from leadline.kit import clock, ids
from leadline.workspaces.rules import Role


class Workspace(Entity):
    """One company using Leadline; nothing crosses its border."""

    name = models.CharField(max_length=200)
    country = models.CharField(max_length=2)
    language = models.CharField(max_length=10, default="en")
    timezone = models.CharField(max_length=64, default="UTC")
    currency = models.CharField(max_length=3, default="USD")
    phone_region = models.CharField(max_length=2)
    closed_at = models.DateTimeField(null=True)
    # What engines note of a workspace, so that reads which have it in hand anyway need not ask.
    marks = models.JSONField(default=dict, db_default={}, blank=True)

    # The name under which a transaction keeps its own workspace.
    KEPT: ClassVar[str] = "workspace"

    def save(self, *args: Any, **kwargs: Any) -> None:
        """Save, and let the running transaction see it."""
        super().save(*args, **kwargs)
        tenancy.forget(self.KEPT)


class UserManager(BaseUserManager["User"]):
    """Creates users with a hashed password."""

    def create_user(self, email: str, password: str | None = None, **fields: Any) -> User:
        """A user with a normalised address; no password means: invited, cannot log in yet."""
        user = self.model(email=email.strip().lower(), **fields)
        user.set_password(password)
        user.save(using=self._db)
        return user


class User(AbstractBaseUser):
    """A person who can log in; a member of one or more workspaces."""

    id = models.UUIDField(primary_key=True, default=ids.new_id, editable=False)
    email = models.EmailField(unique=True)
    name = models.CharField(max_length=200)
    language = models.CharField(max_length=10, blank=True)
    theme = models.CharField(max_length=10, default="system")
    density = models.CharField(max_length=12, default="compact")
    is_active = models.BooleanField(default=True)
    created_at = models.DateTimeField(default=clock.now)

    USERNAME_FIELD = "email"
    REQUIRED_FIELDS: ClassVar[list[str]] = ["name"]
    objects = UserManager()

    class Meta:
        constraints = [models.UniqueConstraint(Lower("email"), name="user_email_once")]


class Team(WorkspaceEntity):
    """Members who share leads and a rotation."""

    name = models.CharField(max_length=120)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["workspace_id", "name"], name="team_name_once")]


class Member(WorkspaceEntity):
    """A user inside a workspace."""

    user = models.ForeignKey(User, models.PROTECT, related_name="memberships")
    name = models.CharField(max_length=200)
    role = models.CharField(max_length=12, choices=[(r.value, r.value) for r in Role])
    teams = models.ManyToManyField(Team, through="TeamMember", related_name="members")
    phone = models.CharField(max_length=32, blank=True)
    active = models.BooleanField(default=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["workspace_id", "user"], name="member_once")]


class TeamMember(WorkspaceEntity):
    """A member's place in a team."""

    team = models.ForeignKey(Team, models.CASCADE)
    member = models.ForeignKey(Member, models.CASCADE)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["team", "member"], name="team_member_once")]


class Invitation(WorkspaceEntity):
    """A mail that lets somebody join; only the digest of its token is kept."""

    email = models.EmailField()
    name = models.CharField(max_length=200, blank=True)
    role = models.CharField(max_length=12, choices=[(r.value, r.value) for r in Role])
    team_ids = models.JSONField(default=list)
    token_digest = models.CharField(max_length=64, unique=True)
    invited_by = models.ForeignKey(Member, models.SET_NULL, null=True, related_name="+")
    expires_at = models.DateTimeField()
    accepted_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                "workspace_id", Lower("email"), condition=models.Q(accepted_at=None), name="invited_once"
            )
        ]


class ApiKey(WorkspaceEntity):
    """A key for programs; only its digest is kept, shown once."""

    name = models.CharField(max_length=120)
    prefix = models.CharField(max_length=16)
    digest = models.CharField(max_length=64, unique=True)
    member = models.ForeignKey(Member, models.CASCADE, related_name="api_keys")
    scopes = models.JSONField(default=list)
    last_used_at = models.DateTimeField(null=True)
    expires_at = models.DateTimeField(null=True)
    revoked_at = models.DateTimeField(null=True)


class AuditEntry(models.Model):
    """Who changed what, when, from which value to which. Append-only."""

    id = models.UUIDField(primary_key=True, default=ids.new_id)
    workspace_id = models.UUIDField()
    at = models.DateTimeField(default=clock.now)
    actor_name = models.CharField(max_length=200)
    member_id = models.UUIDField(null=True)
    api_key_id = models.UUIDField(null=True)
    action = models.CharField(max_length=60)
    object_type = models.CharField(max_length=40)
    object_id = models.UUIDField(null=True)
    changes = models.JSONField(default=dict)
    address = models.GenericIPAddressField(null=True)

    class Meta:
        indexes = [
            # The audit tab of one record, and the audit page of the workspace, newest first.
            models.Index(fields=["workspace_id", "object_id", "-at"], name="audit_of_record"),
            models.Index(fields=["workspace_id", "-at"], name="audit_newest"),
        ]


class LoginAttempt(models.Model):
    """A good or failed login with its address; of a user, so outside the workspaces."""

    id = models.UUIDField(primary_key=True, default=ids.new_id)
    email = models.CharField(max_length=254)
    user = models.ForeignKey(User, models.CASCADE, null=True, related_name="logins")
    at = models.DateTimeField(default=clock.now)
    address = models.GenericIPAddressField(null=True)
    agent = models.CharField(max_length=300, blank=True)
    succeeded = models.BooleanField()
    reason = models.CharField(max_length=40, blank=True)

    class Meta:
        indexes = [models.Index(fields=["email", "-at"], name="login_of_address")]


class IdempotentAnswer(models.Model):
    """The answer to a write with an Idempotency-Key, given again for a week."""

    id = models.UUIDField(primary_key=True, default=ids.new_id)
    workspace_id = models.UUIDField()
    key = models.CharField(max_length=200)
    actor_id = models.UUIDField()
    fingerprint = models.CharField(max_length=64)
    status = models.PositiveSmallIntegerField(default=0)
    body = models.BinaryField(default=b"")
    headers = models.JSONField(default=dict)
    at = models.DateTimeField(default=clock.now)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["workspace_id", "actor_id", "key"], name="idempotency_key_once")
        ]
        indexes = [models.Index(fields=["at"], name="idempotency_age")]
