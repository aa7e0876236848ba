"""What a WhatsApp delivery can hold, once it is read: messages, statuses, preferences, template news."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime
from typing import Any


@dataclass(frozen=True, kw_only=True)
class Sender:
    """Who wrote; any of the identifiers may be missing, and a phone number is not required."""

    name: str = ""
    username: str = ""
    wa_id: str = ""
    user_id: str = ""
    parent_user_id: str = ""

    @property
    def known(self) -> bool:
        """Whether there is anything to recognise and answer the person by."""
        return bool(self.wa_id or self.user_id)


@dataclass(frozen=True, kw_only=True)
class Media:
    """A picture, video, voice note, document or sticker, still at the provider."""

    id: str
    mime: str = ""
    sha256: str = ""
    name: str = ""
    url: str = ""
    voice: bool = False


@dataclass(frozen=True, kw_only=True)
class Card:
    """One contact card inside a `contacts` message."""

    name: str = ""
    phones: tuple[str, ...] = ()
    emails: tuple[str, ...] = ()
    company: str = ""


@dataclass(frozen=True, kw_only=True)
class Written:
    """One message of a person."""

    id: str
    sender: Sender
    at: datetime | None
    kind: str
    text: str = ""
    reply_to: str = ""
    media: tuple[Media, ...] = ()
    cards: tuple[Card, ...] = ()
    referral: dict[str, Any] = field(default_factory=dict)
    details: dict[str, Any] = field(default_factory=dict)


@dataclass(frozen=True, kw_only=True)
class Trouble:
    """An error as the provider reports it; decisions are made on the code only."""

    code: int
    title: str = ""
    details: str = ""


@dataclass(frozen=True, kw_only=True)
class StatusChange:
    """What became of a message we sent."""

    provider_id: str
    status: str
    at: datetime | None
    our_ref: str = ""
    recipient: str = ""
    trouble: Trouble | None = None
    pricing: dict[str, Any] = field(default_factory=dict)


@dataclass(frozen=True, kw_only=True)
class Preference:
    """A person stopped or resumed marketing messages in WhatsApp itself."""

    sender: Sender
    stopped: bool
    at: datetime | None


@dataclass(frozen=True, kw_only=True)
class TemplateNews:
    """The provider approved, refused, paused or re-categorised a template."""

    provider_id: str
    name: str
    language: str
    state: str
    category: str = ""
    reason: str = ""


@dataclass(frozen=True, kw_only=True)
class AccountTrouble:
    """Errors that concern no single message."""

    troubles: tuple[Trouble, ...]


@dataclass(frozen=True, kw_only=True)
class Other:
    """A notification we keep and do not act on."""

    about: str


Content = Written | StatusChange | Preference | TemplateNews | AccountTrouble | Other


@dataclass(frozen=True, kw_only=True)
class Item:
    """One thing inside a delivery, with the key under which its repetition is recognised."""

    natural_key: str
    account_id: str
    phone_number_id: str
    display_phone: str
    content: Content

    @property
    def dashboard_test(self) -> bool:
        """True for the sample that Meta's dashboard sends with its Test button."""
        return self.account_id == "0" and self.phone_number_id == "123456123"
