"""Notices: what members are told. Brings them by mail; other carriers are offered by channels."""

from __future__ import annotations

from collections.abc import Collection
from uuid import UUID

from django.conf import settings
from django.core.mail import EmailMessage

from leadline.engines.notices import actions
from leadline.engines.notices.ports import Letter
from leadline.infra import live
from leadline.kit.errors import Conflict
from leadline.kit.sentences import say
from leadline.workspaces.actor import Actor


def send_by_mail(letter: Letter) -> None:
    """One plain mail to the member's login address."""
    if not letter.email:
        raise Conflict(say("{name} has no mail address.", name=letter.name))
    text = "\n\n".join(part for part in (letter.text, settings.PUBLIC_URL) if part)
    subject = " ".join(letter.title.split())
    EmailMessage(subject=subject, body=text, to=[letter.email]).send()


def only_the_own(actor: Actor, member_ids: Collection[UUID]) -> set[UUID]:
    """Notices are personal: of the members told, only the actor."""
    return {member_id for member_id in member_ids if member_id == actor.member_id}


live.offer_visibility("notices", only_the_own, personal=True)
actions.offer_carrier("email", send_by_mail)
