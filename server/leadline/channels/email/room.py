"""The room of mail: capture understands what comes, conversations send through it."""

from __future__ import annotations

from django.conf import settings

from leadline.capture import ports as capture
from leadline.channels.email.adapter import EmailAdapter
from leadline.channels.email.outbound import EmailChannel
from leadline.channels.email.sandbox.delivering import set_up_mailbox
from leadline.channels.email.setup import DOOR
from leadline.conversations import ports as conversations
from leadline.workspaces import offers
from leadline.workspaces.actor import Actor


def _mailbox_of_a_new_workspace(actor: Actor) -> None:
    if settings.ENV.sandbox:
        set_up_mailbox(actor)


capture.offer_adapter(EmailAdapter())
capture.offer_door(DOOR)
conversations.offer_channel(EmailChannel())
offers.on_created(_mailbox_of_a_new_workspace)
