"""What the sandbox remembers: the provider's side of a number, its people and their phones."""

from __future__ import annotations

from django.db import models

from leadline.infra.entity import WorkspaceEntity
from leadline.kit import clock


class SandboxNumber(WorkspaceEntity):
    """A business number at the provider played locally, with its access and its switches for faults."""

    connection_id = models.UUIDField(unique=True)
    phone_number_id = models.CharField(max_length=40, unique=True)
    business_account_id = models.CharField(max_length=40)
    display_phone = models.CharField(max_length=40)
    token_digest = models.CharField(max_length=64, unique=True)
    # How the next sends fail: "", 429, 5xx, slow, lost_answer, expired, not_on_whatsapp, pair_rate.
    fault = models.CharField(max_length=20, blank=True)
    duplicates = models.BooleanField(default=False)
    out_of_order = models.BooleanField(default=False)


class SandboxPerson(WorkspaceEntity):
    """A customer with a phone in the sandbox; those with a user id only have hidden their number."""

    number = models.ForeignKey(SandboxNumber, models.CASCADE, related_name="people")
    name = models.CharField(max_length=120)
    username = models.CharField(max_length=60, blank=True)
    wa_id = models.CharField(max_length=20, blank=True)
    user_id = models.CharField(max_length=140)
    last_wrote_at = models.DateTimeField(null=True)
    last_at = models.DateTimeField(default=clock.now)
    unread = models.PositiveIntegerField(default=0)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["number", "user_id"], name="sandbox_user_once"),
            models.UniqueConstraint(
                fields=["number", "wa_id"], name="sandbox_phone_once", condition=~models.Q(wa_id="")
            ),
        ]


class SandboxMessage(WorkspaceEntity):
    """A message as the provider knows it."""

    person = models.ForeignKey(SandboxPerson, models.CASCADE, related_name="messages")
    provider_id = models.CharField(max_length=200, unique=True)
    from_person = models.BooleanField()
    kind = models.CharField(max_length=30)
    text = models.TextField(blank=True)
    content = models.JSONField(default=dict)
    state = models.CharField(max_length=12, default="sent")
    callback_data = models.CharField(max_length=512, blank=True)
    at = models.DateTimeField(default=clock.now)

    class Meta:
        indexes = [
            # The chat on the phone.
            models.Index(fields=["person", "at"], name="sandbox_chat"),
        ]


class SandboxMedia(WorkspaceEntity):
    """A file at the provider."""

    number = models.ForeignKey(SandboxNumber, models.CASCADE, related_name="media")
    media_id = models.CharField(max_length=40, unique=True)
    name = models.CharField(max_length=200)
    mime = models.CharField(max_length=120)
    sha256 = models.CharField(max_length=64)
    content = models.BinaryField()


class SandboxTemplate(WorkspaceEntity):
    """A template at the provider."""

    number = models.ForeignKey(SandboxNumber, models.CASCADE, related_name="templates")
    template_id = models.CharField(max_length=40)
    name = models.CharField(max_length=120)
    language = models.CharField(max_length=20)
    category = models.CharField(max_length=20)
    status = models.CharField(max_length=20, default="APPROVED")
    components = models.JSONField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["number", "name", "language"], name="sandbox_template_once")
        ]
