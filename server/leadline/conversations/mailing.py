"""The action that writes a mail by itself: to the person, the owner or the managers; sent at most once."""

from __future__ import annotations

from collections.abc import Sequence
from email.utils import parseaddr
from typing import Any
from uuid import UUID

from django.conf import settings
from django.core.mail import EmailMessage

from leadline.contacts.models import Contact
from leadline.conversations import actions, queries
from leadline.conversations.actions.mails import CHANNEL
from leadline.conversations.ports import channel_for
from leadline.conversations.rules import State, objection_to_writing
from leadline.engines.automation import actions as automation
from leadline.engines.automation.actions import (
    Errand,
    Reach,
    StepContext,
    StepFailed,
    StepRefused,
    StepUncertain,
)
from leadline.engines.automation.ports import StepTrouble
from leadline.engines.schema.actions import Choice, Field, FieldType
from leadline.infra import mail, tenancy
from leadline.workspaces import queries as workspaces
from leadline.workspaces.models import Member

PERSON, OWNER, MANAGERS = "person", "owner", "managers"
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


def send_mail(step: StepContext) -> Errand | dict[str, Any]:
    """Write the filled mail; to the person it is an automatic answer, never a touch."""
    subject = " ".join(str(step.given["subject"]).split())[:_LONGEST_SUBJECT]
    text = str(step.given["body"]).strip()
    if not subject or not text:
        raise StepRefused(
            "The subject or the text is empty for this lead. Write a text without it, after a bar."
        )
    if step.given.get("to") == PERSON:
        return _to_person(step, subject, text)
    _require_server()
    addresses = _addresses_of_team(step)
    return Errand(lambda: _hand_over(_mail(step, subject, text, addresses), subject))


def _require_server() -> None:
    if not mail.is_configured():
        raise StepRefused(mail.NO_SERVER)


def _to_person(step: StepContext, subject: str, text: str) -> Errand | dict[str, Any]:
    """By a mailbox of the workspace if it has one that sends, else by the server of the house.

    Either way it stands in the outbox before it leaves, and there it shows what became of it.
    """
    if _has_mailbox(step):
        draft = actions.Draft(
            channel=CHANNEL,
            subject=subject,
            body=text,
            automatic=True,
            cause=step.automation_name,
            our_ref=step.our_ref,
        )
        sent = actions.send(step.actor, step.subject_id, draft)
        return {"message_id": str(sent.id), "to": sent.thread.address, "subject": subject}
    _require_server()
    address = _address_of_person(step)
    message = actions.begin_mail(
        step.actor,
        lead_id=step.subject_id,
        contact_id=step.record["contact_id"],
        to=address,
        subject=subject,
        body=text,
        our_ref=step.our_ref,
    )
    written = _mail(step, subject, text, [address])

    def go() -> dict[str, str]:
        try:
            return _hand_over(written, subject)
        except StepTrouble as trouble:
            state = State.UNCERTAIN if isinstance(trouble, StepUncertain) else State.FAILED
            with tenancy.workspace(message.workspace_id):
                again = isinstance(trouble, StepFailed)
                actions.mail_not_taken(message.id, state, trouble.said, again=again)
            raise

    return Errand(go, lambda outcome: actions.mail_taken(step.actor, message.id))


def _has_mailbox(step: StepContext) -> bool:
    """Whether a mailbox can send it; one of the sandbox only where there is no real way out."""
    channel = channel_for(CHANNEL)
    thread = queries.thread_with(step.record["contact_id"], CHANNEL) if channel else None
    account = channel.account(thread.account_id if thread else None) if channel else None
    if account is None or account.problem:
        return False
    return not (account.sandbox and mail.is_configured())


def _mail(step: StepContext, subject: str, text: str, addresses: Sequence[str]) -> EmailMessage:
    return EmailMessage(subject=subject, body=text, to=list(addresses), headers=_headers(step))


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


def _hand_over(written: EmailMessage, subject: str) -> dict[str, str]:
    facts = {"to": ", ".join(written.to), "subject": subject}
    try:
        mail.hand_over(written)
    except mail.MailRefused as problem:
        raise StepRefused(problem.said, **facts) from problem
    except mail.MailNotTaken as problem:
        raise StepFailed(problem.said, **facts) from problem
    except mail.MailUncertain as problem:
        raise StepUncertain(problem.said, **facts) from problem
    return facts


def offer() -> None:
    """Offer the action; called once, from the door plate."""
    automation.offer_action(
        automation.Action("mail.send", "Send a mail", _PARAMETERS, send_mail, reach=Reach.ONCE)
    )
