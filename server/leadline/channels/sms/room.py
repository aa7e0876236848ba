"""The room of SMS: conversations send through it, and notices reach members' phones."""

from __future__ import annotations

from django.conf import settings

from leadline.channels.sms.outbound import SmsChannel, carry
from leadline.channels.sms.sandbox import set_up_gateway
from leadline.conversations import ports as conversations
from leadline.engines.notices import actions as notices
from leadline.workspaces import offers
from leadline.workspaces.actor import Actor


def _gateway_of_a_new_workspace(actor: Actor) -> None:
    if settings.ENV.sandbox:
        set_up_gateway(actor)


conversations.offer_channel(SmsChannel())
notices.offer_carrier("sms", carry)
offers.on_created(_gateway_of_a_new_workspace)
