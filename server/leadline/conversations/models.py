"""Conversations: one thread per person and account, its messages, and the templates of a channel."""

from __future__ import annotations

from django.db import models
from django.db.models import Q

from leadline.contacts.models import Contact
from leadline.conversations.rules import Direction, State, TemplateState
from leadline.infra import tenancy
from leadline.infra.entity import WorkspaceEntity
from leadline.leads.models import Lead
from leadline.workspaces.models import Member


class Thread(WorkspaceEntity):
    """Everything said with one person through one account of one channel."""

    contact = models.ForeignKey(Contact, models.PROTECT, related_name="threads")
    lead = models.ForeignKey(Lead, models.SET_NULL, null=True, related_name="threads")
    channel = models.CharField(max_length=20)
    account_id = models.UUIDField(null=True)
    # Where to write to: the address exactly as the person's last message gave it.
    address = models.CharField(max_length=320, blank=True)
    # The address at which the provider said that nobody can be reached; another one may work.
    unreachable_address = models.CharField(max_length=320, blank=True, default="", db_default="")
    last_inbound_at = models.DateTimeField(null=True)
    last_message_at = models.DateTimeField(null=True)
    unread = models.PositiveIntegerField(default=0)

    class Meta:
        verbose_name = "thread"
        constraints = [
            models.UniqueConstraint(
                fields=["workspace_id", "channel", "account_id", "contact"],
                name="thread_once",
                nulls_distinct=False,
            )
        ]
        indexes = [
            # The conversations of a lead's page; the person's threads on a channel come by the constraint.
            models.Index(fields=["lead"], name="thread_of_lead"),
        ]


class Template(WorkspaceEntity):
    """A text the provider has approved, or not; `variables` are the names to fill in, in order."""

    channel = models.CharField(max_length=20)
    account_id = models.UUIDField(null=True)
    name = models.CharField(max_length=512)
    language = models.CharField(max_length=20)
    category = models.CharField(max_length=40, blank=True)
    body = models.TextField()
    variables = models.JSONField(default=list)
    state = models.CharField(max_length=12, choices=[(s.value, s.value) for s in TemplateState])
    reason = models.TextField(blank=True)
    provider = models.JSONField(default=dict)
    synced_at = models.DateTimeField(null=True)

    class Meta:
        verbose_name = "template"
        constraints = [
            models.UniqueConstraint(
                fields=["workspace_id", "channel", "account_id", "name", "language"],
                name="template_once",
                nulls_distinct=False,
            )
        ]


class Message(WorkspaceEntity):
    """One message. Outbound ones are written before they are sent, and sent at most once."""

    thread = models.ForeignKey(Thread, models.PROTECT, related_name="messages")
    contact = models.ForeignKey(Contact, models.PROTECT, related_name="messages")
    lead = models.ForeignKey(Lead, models.SET_NULL, null=True, related_name="messages")
    direction = models.CharField(max_length=3, choices=[(d.value, d.value) for d in Direction])
    channel = models.CharField(max_length=20)
    kind = models.CharField(max_length=30, default="text")
    body = models.TextField(blank=True)
    details = models.JSONField(default=dict)
    # Files: a list of {reference, mime, sha256, name, url, file_id, size, problem}.
    media = models.JSONField(default=list)
    template = models.ForeignKey(Template, models.SET_NULL, null=True, related_name="messages")
    template_name = models.CharField(max_length=512, blank=True)
    variables = models.JSONField(default=dict)
    reply_to = models.CharField(max_length=300, blank=True)
    provider_id = models.CharField(max_length=300, null=True)
    # Makes a repeated send() harmless; and what the provider gives back with its statuses.
    our_ref = models.CharField(max_length=200, null=True)
    send_ref = models.CharField(max_length=64, null=True)
    state = models.CharField(max_length=10, choices=[(s.value, s.value) for s in State])
    error_code = models.CharField(max_length=40, blank=True)
    error_text = models.TextField(blank=True)
    automatic = models.BooleanField(default=False)
    cause = models.CharField(max_length=200, blank=True)
    member_id = models.UUIDField(null=True)
    actor_name = models.CharField(max_length=200, blank=True)
    attempts = models.PositiveSmallIntegerField(default=0)
    try_at = models.DateTimeField(null=True)
    sending_at = models.DateTimeField(null=True)
    at = models.DateTimeField()
    sent_at = models.DateTimeField(null=True)
    delivered_at = models.DateTimeField(null=True)
    read_at = models.DateTimeField(null=True)

    class Meta:
        verbose_name = "message"
        constraints = [
            # A redelivered webhook is the same message; so is a repeated request with the same reference.
            models.UniqueConstraint(
                fields=["workspace_id", "channel", "provider_id"],
                name="message_received_once",
                condition=Q(provider_id__isnull=False),
            ),
            models.UniqueConstraint(
                fields=["workspace_id", "our_ref"],
                name="message_sent_once",
                condition=Q(our_ref__isnull=False),
            ),
            models.UniqueConstraint(
                fields=["workspace_id", "send_ref"],
                name="message_ref_once",
                condition=Q(send_ref__isnull=False),
            ),
        ]
        indexes = [
            # A conversation, newest first, and the messages of one lead.
            models.Index(fields=["thread", "-at"], name="message_of_thread"),
            models.Index(fields=["lead", "-at"], name="message_of_lead"),
            # The outbox, whole and by state.
            models.Index(fields=["workspace_id", "-id"], name="message_outbox", condition=Q(direction="out")),
            models.Index(
                fields=["workspace_id", "state", "-id"],
                name="message_outbox_state",
                condition=Q(direction="out"),
            ),
            # The sweeps: sends to try again, and sends that were interrupted. Both are nearly empty.
            models.Index(
                fields=["try_at"], name="message_due", condition=Q(state="queued", try_at__isnull=False)
            ),
            models.Index(fields=["sending_at"], name="message_interrupted", condition=Q(state="sending")),
        ]


class Composer(models.Model):
    """A member who is writing to a lead's person right now; a crash may forget it (see migrations)."""

    id = models.BigAutoField(primary_key=True)
    workspace_id = models.UUIDField(default=tenancy.require_current, editable=False)
    lead = models.ForeignKey(Lead, models.CASCADE, related_name="composers")
    member = models.ForeignKey(Member, models.CASCADE, related_name="+")
    since = models.DateTimeField()
    until = models.DateTimeField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["lead", "member"], name="composer_once")]
        indexes = [
            # Whose time has run out without a word.
            models.Index(fields=["until"], name="composer_until"),
        ]


class StatusNote(WorkspaceEntity):
    """A status that came before we knew the message's id at the provider; applied when we do."""

    channel = models.CharField(max_length=20)
    provider_id = models.CharField(max_length=300)
    status = models.CharField(max_length=20)
    error_code = models.CharField(max_length=40, blank=True)
    error_text = models.TextField(blank=True)
    at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["workspace_id", "channel", "provider_id", "status"], name="status_noted_once"
            )
        ]
        indexes = [
            # Notes for messages that were never ours are thrown away after a week.
            models.Index(fields=["created_at"], name="status_note_age"),
        ]
