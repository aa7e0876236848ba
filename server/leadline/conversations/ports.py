"""What a channel must fulfil to carry messages, and what it hands in."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import TYPE_CHECKING, Any, Protocol, runtime_checkable
from uuid import UUID

from leadline.kit.sentences import Text

if TYPE_CHECKING:
    from leadline.contacts.models import Identity


@dataclass(frozen=True, kw_only=True)
class MediaIn:
    """A file of an inbound message, still at the provider; `reference` is what the channel fetches it by."""

    reference: str
    mime: str = ""
    sha256: str = ""
    name: str = ""
    url: str = ""


@dataclass(frozen=True, kw_only=True)
class InboundMessage:
    """One message of a person, whose contact and lead are known."""

    contact_id: UUID
    lead_id: UUID | None
    channel: str
    account_id: UUID | None
    provider_id: str
    address: str
    at: datetime
    kind: str = "text"
    body: str = ""
    reply_to: str = ""
    media: Sequence[MediaIn] = ()
    details: Mapping[str, Any] = field(default_factory=dict)
    opens_window: bool = True


@dataclass(frozen=True, kw_only=True)
class SentElsewhere:
    """A message one of us sent outside the product, such as a mail from a mail program."""

    contact_id: UUID
    lead_id: UUID | None
    channel: str
    account_id: UUID | None
    provider_id: str
    address: str
    at: datetime
    body: str = ""
    member_id: UUID | None = None
    member_name: str = ""
    details: Mapping[str, Any] = field(default_factory=dict)


@dataclass(frozen=True, kw_only=True)
class StatusIn:
    """What a provider says became of a message, found by its id there or by our reference."""

    channel: str
    status: str
    provider_id: str = ""
    our_ref: str = ""
    at: datetime | None = None
    error_code: str = ""
    error_text: str = ""


@dataclass(frozen=True, kw_only=True)
class TemplateIn:
    """A template as the provider has it; `provider` keeps what the channel needs to send it."""

    name: str
    language: str
    category: str
    body: str
    variables: Sequence[str]
    state: str
    reason: str = ""
    provider: Mapping[str, Any] = field(default_factory=dict)


@dataclass(frozen=True, kw_only=True)
class OutgoingTemplate:
    """The approved template of an outgoing message and the values of its variables."""

    name: str
    language: str
    category: str
    variables: Mapping[str, str]
    provider: Mapping[str, Any]


@dataclass(frozen=True, kw_only=True)
class OutgoingFile:
    """A stored file to be sent along."""

    file_id: UUID
    name: str
    mime: str


@dataclass(frozen=True, kw_only=True)
class Outgoing:
    """One message to hand to the provider. `our_ref` must come back in its statuses, if it can."""

    message_id: UUID
    workspace_id: UUID
    account_id: UUID | None
    to: str
    body: str
    our_ref: str
    attempt: int
    template: OutgoingTemplate | None = None
    file: OutgoingFile | None = None
    reply_to: str = ""
    subject: str = ""
    automatic: bool = False
    thread_id: UUID | None = None


@dataclass(frozen=True, kw_only=True)
class Sent:
    """The provider took the message."""

    provider_id: str


class SendRefused(Exception):
    """The provider did not take the message, for sure.

    With `retry_after` it is tried again; `stops_account` means nothing can be sent until it is repaired.
    A message that only `waits` for its turn was not tried, so it may wait as often as it must.
    """

    def __init__(
        self,
        code: str,
        text: Text,
        *,
        retry_after: timedelta | None = None,
        stops_account: bool = False,
        waits: bool = False,
    ) -> None:
        super().__init__(str(text))
        self.code = code
        self.text: Text = text
        self.retry_after = retry_after
        self.stops_account = stops_account
        self.waits = waits


class SendUncertain(Exception):
    """The message may have been taken: no answer came back. It is never sent again by itself."""


@dataclass(frozen=True, kw_only=True)
class Account:
    """The account a message leaves from; `problem` says why it cannot send now, and what to do.

    What a `sandbox` sends reaches nobody.
    """

    id: UUID | None
    problem: str = ""
    sandbox: bool = False


@dataclass(frozen=True, kw_only=True)
class FetchedMedia:
    """A file of an inbound message, stored."""

    file_id: UUID
    name: str
    mime: str
    size: int


class Heard(Protocol):
    """A thread as a channel sees it: when the person was last heard of there."""

    @property
    def last_inbound_at(self) -> datetime | None:
        """The time of the person's last message."""
        ...


class Channel(Protocol):
    """A way to reach people."""

    key: str
    label: str
    uses_templates: bool
    # The codes of errors that say: nobody can be reached at this address.
    unreachable_codes: frozenset[str]

    def address_of(self, identities: Sequence[Identity]) -> str:
        """Where to write to somebody we know only by these identities; empty when it cannot be done."""
        ...

    def account(self, account_id: UUID | None) -> Account | None:
        """The account to send from: the given one, else the workspace's first; None when there is none."""
        ...

    def window_until(self, thread: Heard) -> datetime | None:
        """Until when free text may be sent; None when there is no limit."""
        ...

    def can_send_free_text(self, thread: Heard | None, now: datetime) -> tuple[bool, str]:
        """Whether free text may be sent now, and if not, why and what to do instead."""
        ...

    def send(self, outgoing: Outgoing) -> Sent:
        """Hand the message over, outside any transaction; raises SendRefused or SendUncertain."""
        ...

    def fetch(self, workspace_id: UUID, account_id: UUID | None, media: MediaIn) -> FetchedMedia:
        """Download and store a file, outside any transaction; raises SendRefused when it cannot be had."""
        ...

    def show_read(self, workspace_id: UUID, account_id: UUID | None, provider_id: str) -> None:
        """Let the person see that the message was read, where the channel can; never raises."""
        ...


@runtime_checkable
class CarriesLetters(Protocol):
    """A channel whose messages have a subject and may be long."""

    longest_body: int

    def subject_after(self, subject: str) -> str:
        """The subject that goes on from the thread's last one; empty when there was none."""
        ...


_channels: dict[str, Channel] = {}


def offer_channel(channel: Channel) -> None:
    """A channel offers to carry messages."""
    _channels[channel.key] = channel


def channel_for(key: str) -> Channel | None:
    """The channel with this key; None when it is not installed."""
    return _channels.get(key)


def channels() -> list[Channel]:
    """Every channel that carries messages."""
    return list(_channels.values())
