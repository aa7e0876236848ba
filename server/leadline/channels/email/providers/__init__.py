"""The mail services that bring mail and tell what became of ours, each with its own words and signature."""

from __future__ import annotations

from leadline.channels.email.providers.delivery import Provider
from leadline.channels.email.providers.generic import Generic
from leadline.channels.email.providers.mailgun import Mailgun
from leadline.channels.email.providers.postmark import Postmark
from leadline.channels.email.providers.sendgrid import Sendgrid
from leadline.channels.email.providers.ses import Ses

_ALL: tuple[Provider, ...] = (Mailgun(), Postmark(), Sendgrid(), Ses(), Generic())
_PROVIDERS = {one.key: one for one in _ALL}
PROVIDER_KEYS = tuple(_PROVIDERS)


def provider_for(key: str) -> Provider | None:
    """The mail service with this key; None when the mailbox has none."""
    return _PROVIDERS.get(key)
