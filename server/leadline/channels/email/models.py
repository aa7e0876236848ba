"""What the mail channel remembers beside the messages: their HTML, how far mailboxes were read, what left."""

from __future__ import annotations

from django.db import models

from leadline.capture.models import Connection
from leadline.conversations.models import Message
from leadline.infra.entity import WorkspaceEntity


class FiledMail(WorkspaceEntity):
    """What a message of a mail leaves out: the HTML as it came, hostile, and the text with what it quotes."""

    message = models.OneToOneField(Message, models.CASCADE, related_name="+")
    # Its bytes, while the submission is kept: pictures inside the text are read from there.
    submission_id = models.UUIDField(null=True)
    html = models.TextField(blank=True)
    text = models.TextField(blank=True)


class FolderMark(WorkspaceEntity):
    """How far a folder of a mailbox was read: every mail up to `last_uid` is stored."""

    connection = models.ForeignKey(Connection, models.CASCADE, related_name="+")
    folder = models.CharField(max_length=200)
    uid_validity = models.BigIntegerField()
    last_uid = models.BigIntegerField(default=0)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["connection", "folder"], name="folder_mark_once")]


class Departure(WorkspaceEntity):
    """A mail that left a mailbox, counted against the mailbox's limits; forgotten after two days."""

    connection_id = models.UUIDField()
    message_id = models.UUIDField()
    at = models.DateTimeField()

    class Meta:
        indexes = [
            # How many left a mailbox within the last hour or day.
            models.Index(fields=["connection_id", "at", "id"], name="departure_of_mailbox"),
        ]


class OutgoingLinks(WorkspaceEntity):
    """Where the links of a mail of ours lead; they are counted by their place in this list."""

    message = models.OneToOneField(Message, models.CASCADE, related_name="+")
    urls = models.JSONField(default=list)


class Sighting(WorkspaceEntity):
    """That a mail of ours was opened or a link of it followed: once for people, once for machines."""

    message = models.ForeignKey(Message, models.CASCADE, related_name="+")
    kind = models.CharField(max_length=20)
    url = models.TextField(blank=True)
    machine = models.BooleanField()
    at = models.DateTimeField()
    agent = models.CharField(max_length=300, blank=True)

    class Meta:
        indexes = [
            # Whether it is known already.
            models.Index(fields=["message", "kind", "machine"], name="sighting_of_mail"),
        ]


class SandboxMail(WorkspaceEntity):
    """A mail as the people of the sandbox see it: what reached them, and what they wrote."""

    connection_id = models.UUIDField()
    # The mail address of the sandbox's person.
    person = models.CharField(max_length=320)
    person_name = models.CharField(max_length=200, blank=True)
    from_person = models.BooleanField()
    subject = models.CharField(max_length=500, blank=True)
    text = models.TextField(blank=True)
    message_id = models.CharField(max_length=300)
    raw = models.BinaryField()
    at = models.DateTimeField()

    class Meta:
        indexes = [
            # The mails of the sandbox, newest first.
            models.Index(fields=["connection_id", "-at", "-id"], name="sandbox_mail_newest"),
        ]
