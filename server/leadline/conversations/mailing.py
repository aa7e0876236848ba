"""The action that writes a mail by itself: to the person, the owner or the managers; sent at most once."""

from __future__ import annotations

from collections.abc import Sequence
from email.utils import parseaddr
from typing import Any
from uuid import UUID

from django.conf import settings
from django.core.mail import EmailMessage

from leadline.contacts.models import Contact
from leadline.conversations.rules import objection_to_writing
from leadline.engines.automation import actions as automation
from leadline.engines.automation.actions import (
    Errand,
    Reach,
    StepContext,
    StepFailed,
    StepRefused,
    StepUncertain,
)
from leadline.engines.schema.actions import Choice, Field, FieldType
from leadline.engines.timeline import actions as timeline
from leadline.infra import mail
from leadline.kit import clock
from leadline.leads import actions as leads
from leadline.workspaces import audit
from leadline.workspaces import queries as workspaces
from leadline.workspaces.models import Member

PERSON, OWNER, MANAGERS = "person", "owner", "managers"
CHANNEL = "email"
_LONGEST_SUBJECT = 200
_PARAMETERS = [
    Field(
        key="to",
        type=FieldType.CHOICE,
        label="To",
        choices=[
            Choice(PERSON, "the person"),
            Choice(OWNER, "the owner"),
            Choice(MANAGERS, "the managers"),
        ],
        required=True,
    ),
    Field(key="subject", type=FieldType.LONG_TEXT, label="Subject", required=True),
    Field(key="body", type=FieldType.LONG_TEXT, label="Text", required=True),
]


def send_mail(step: StepContext) -> Errand:
    """Hand the filled mail to the mail server; to the person it is an automatic answer, never a touch."""
    if not mail.is_configured():
        raise StepRefused(mail.NO_SERVER)
    to_person = step.given.get("to") == PERSON
    addresses = [_address_of_person(step)] if to_person else _addresses_of_team(step)
    subject = " ".join(str(step.given["subject"]).split())[:_LONGEST_SUBJECT]
    text = str(step.given["body"]).strip()
    if not subject or not text:
        raise StepRefused(
            "The subject or the text is empty for this lead. Write a text without it, after a bar."
        )
    written = EmailMessage(subject=subject, body=text, to=addresses, headers=_headers(step))
    facts = {"to": ", ".join(addresses), "subject": subject}

    def record(_outcome: Any) -> None:
        if to_person:
            _write_down(step, subject, text, addresses[0])

    return Errand(lambda: _hand_over(written, facts), record)


def _address_of_person(step: StepContext) -> str:
    consent = Contact.objects.values_list("consent", flat=True).get(id=step.record["contact_id"])
    objection = objection_to_writing(consent, CHANNEL, marketing=False)
    if objection is not None:
        raise StepRefused(objection.text)
    address = str(step.record.get("contact.email") or "")
    if not address:
        raise StepRefused("We have no mail address of this person. Add one to the contact first.")
    return address


def _addresses_of_team(step: StepContext) -> Sequence[str]:
    people: Sequence[Member] = []
    if step.given.get("to") == OWNER and (owner_id := step.record.get("owner")):
        people = list(Member.objects.filter(id=UUID(str(owner_id)), active=True).select_related("user"))
    # A lead without an owner must not fall silent.
    people = people or workspaces.managers(step.actor)
    addresses = [member.user.email for member in people if member.user.email]
    if not addresses:
        raise StepRefused("There is nobody to write to: no owner, manager or administrator is active.")
    return addresses


def _headers(step: StepContext) -> dict[str, str]:
    """What tells other machines that no human wrote, and mail servers that a repetition is one."""
    domain = parseaddr(settings.DEFAULT_FROM_EMAIL)[1].rpartition("@")[2] or "localhost"
    return {
        "Message-ID": f"<{step.our_ref.replace(':', '.')}@{domain}>",
        "Auto-Submitted": "auto-generated",
        "X-Auto-Response-Suppress": "All",
    }


def _hand_over(written: EmailMessage, facts: dict[str, str]) -> dict[str, str]:
    try:
        mail.hand_over(written)
    except mail.MailRefused as problem:
        raise StepRefused(str(problem), **facts) from problem
    except mail.MailNotTaken as problem:
        raise StepFailed(str(problem), **facts) from problem
    except mail.MailUncertain as problem:
        raise StepUncertain(str(problem), **facts) from problem
    return facts


def _write_down(step: StepContext, subject: str, text: str, address: str) -> None:
    now = clock.now()
    timeline.record(
        timeline.Entry.by(
            step.actor,
            "message",
            about_id=step.subject_id,
            with_id=step.record.get("contact_id"),
            text=f"{subject}\n\n{text}",
            at=now,
            direction="out",
            channel=CHANNEL,
            payload={
                "kind": "mail",
                "state": "sent",
                "subject": subject,
                "to": address,
                "cause": step.automation_name,
            },
        )
    )
    audit.record(step.actor, "message.sent", "lead", step.subject_id, {"channel": CHANNEL, "to": address})
    leads.note_auto_reply([step.subject_id], CHANNEL, now)


def offer() -> None:
    """Offer the action; called once, from the door plate."""
    automation.offer_action(
        automation.Action("mail.send", "Send a mail", _PARAMETERS, send_mail, reach=Reach.ONCE)
    )
