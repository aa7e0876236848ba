"""The room of WhatsApp: capture understands its deliveries, conversations send through it."""

from __future__ import annotations

from django.conf import settings

from leadline.capture import ports as capture
from leadline.channels.whatsapp.adapter import WhatsappAdapter
from leadline.channels.whatsapp.outbound import WhatsappChannel
from leadline.channels.whatsapp.sandbox.starting import set_up_number
from leadline.conversations import ports as conversations
from leadline.workspaces import offers
from leadline.workspaces.actor import Actor


def _number_of_a_new_workspace(actor: Actor) -> None:
    if settings.ENV.sandbox:
        set_up_number(actor)


capture.offer_adapter(WhatsappAdapter())
conversations.offer_channel(WhatsappChannel())
offers.on_created(_number_of_a_new_workspace)
