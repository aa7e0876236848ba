"""How allauth is bent to Leadline: nobody signs up by themselves, and mails are in our words."""

from __future__ import annotations

from types import SimpleNamespace
from typing import Any

from allauth.account.adapter import DefaultAccountAdapter
from django.conf import settings
from django.core.mail import send_mail
from django.http import HttpRequest

from leadline.infra.language import speaking, worded
from leadline.kit.sentences import Sentence, say, sentence_from
from leadline.workspaces import queries

_PRODUCT = "Leadline"


class AccountAdapter(DefaultAccountAdapter):  # type: ignore[misc]
    """Accounts come from the first-run page and from invitations only."""

    def is_open_for_signup(self, request: HttpRequest) -> bool:
        """Never: see the first-run page and invitations."""
        return False

    def send_mail(self, template_prefix: str, email: str, context: dict[str, Any]) -> None:
        """One mail in the language of who gets it, from the company and not from a host name."""
        reader = queries.mail_reader(email)
        company = reader.company or _PRODUCT
        with speaking(reader.language):
            if template_prefix == "account/email/password_reset_key":
                subject, text = _reset(reader.name, company, str(context["password_reset_url"]))
                send_mail(worded(subject), worded(text), settings.DEFAULT_FROM_EMAIL, [email])
                return
            site = SimpleNamespace(name=company, domain=settings.PUBLIC_URL)
            super().send_mail(template_prefix, email, {**context, "current_site": site})

    def format_email_subject(self, subject: str) -> str:
        """The subject as it is: a host name in front of it says nothing to people."""
        return str(subject)


def _reset(name: str, company: str, link: str) -> tuple[Sentence, Sentence]:
    text = say(
        "Hello {name},\n\n"
        "somebody asked for a new password for your login at {company}. "
        "Open this link to choose one:\n\n{link}\n\n"
        "If it was not you, do nothing: your password stays as it is.\n",
        name=name,
        company=company,
        link=sentence_from(link),
    )
    return say("A new password for {company}", company=company), text
