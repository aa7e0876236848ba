"""What a channel must fulfil so that its submissions become leads, and the words it uses for that."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import TYPE_CHECKING, Any, Protocol, TypeAlias, runtime_checkable
from uuid import UUID

if TYPE_CHECKING:
    from leadline.contacts.models import Contact
    from leadline.contacts.ports import Person
    from leadline.leads.models import Lead
    from leadline.workspaces.actor import Actor


# A port stands below the tables: these are rows of capture.models, `Submission` and `Connection`.
SubmissionRow: TypeAlias = Any
ConnectionRow: TypeAlias = Any


@dataclass(frozen=True, kw_only=True)
class Item:
    """One thing that arrived: a webhook body, or one message of a body that holds several.

    `quarantine` is the reason to keep it aside without understanding it; `spam` says the reason is spam.
    """

    natural_key: str
    body: bytes
    headers: Mapping[str, str] = field(default_factory=dict)
    content_type: str = ""
    quarantine: str = ""
    spam: bool = False


@dataclass(frozen=True, kw_only=True)
class Inquiry:
    """What somebody wants of us, in the words of the product, whatever channel it came through.

    `fields` are values by schema key of the lead (custom ones as `custom.<key>`); what does not fit there
    goes to `extra`. With `opens_lead` false the person is matched but no lead is opened for it; with
    `message_follows` the channel files the text itself as a message when it settles.
    """

    natural_key: str
    channel: str
    source: str
    at: datetime
    person: Person
    title: str = ""
    text: str = ""
    interest: str = ""
    value_minor: int | None = None
    currency: str = ""
    campaign: str = ""
    utm: Mapping[str, str] = field(default_factory=dict)
    page: str = ""
    referrer: str = ""
    consent: Mapping[str, Any] = field(default_factory=dict)
    fields: Mapping[str, Any] = field(default_factory=dict)
    extra: Mapping[str, Any] = field(default_factory=dict)
    opens_lead: bool = True
    message_follows: bool = False
    connection_id: UUID | None = None
    lead_id: UUID | None = None
    owner_id: UUID | None = None
    team_id: UUID | None = None


@dataclass(frozen=True, kw_only=True)
class Understood:
    """What a submission says; without an inquiry it is settled or ignored, and `note` says why."""

    inquiries: Sequence[Inquiry] = ()
    note: str = ""


@dataclass(frozen=True, kw_only=True)
class Taken:
    """An inquiry whose person and lead are known; `lead` is None when it opened none and none was open.

    `created` is true when the inquiry opened the lead, false when it joined an open one.
    """

    inquiry: Inquiry
    lead: Lead | None
    contact: Contact
    created: bool
    match_reason: str


class NotUnderstood(Exception):
    """The submission makes no sense; the reason is shown to a person, who may try again."""


class TryAgain(Exception):
    """The submission cannot be understood now; it is tried again with back-off."""


class Adapter(Protocol):
    """One channel's understanding of its submissions."""

    channel: str

    def understand(self, submission: SubmissionRow) -> Understood:
        """What it says; pure. `submission.connection` is loaded. Raises NotUnderstood or TryAgain."""
        ...

    def settle(self, actor: Actor, submission: SubmissionRow, taken: Sequence[Taken]) -> None:
        """File what belongs to the channel (messages, statuses), in the same transaction as the leads."""
        ...


@runtime_checkable
class SettlesTogether(Protocol):
    """An adapter that files a whole batch with a fixed number of statements."""

    def settle_all(self, actor: Actor, settled: Sequence[tuple[SubmissionRow, Sequence[Taken]]]) -> None:
        """Like `settle` for each pair."""
        ...


@dataclass(frozen=True, kw_only=True)
class Step:
    """One step of trying a connection, and what it found."""

    name: str
    ok: bool
    detail: str = ""


@dataclass(frozen=True, kw_only=True)
class Door:
    """How the connections of one channel are made in the settings.

    `path` holds `{token}`; `check` gives settings back as they are stored, or raises Invalid (422).
    `test` may call the provider: it runs outside every transaction and reads nothing but the connection.
    """

    channel: str
    label: str
    path: str
    secrets: tuple[str, ...] = ()
    check: Callable[[Mapping[str, Any]], dict[str, Any]]
    test: Callable[[ConnectionRow], Sequence[Step]]


_adapters: dict[str, Adapter] = {}


def offer_adapter(adapter: Adapter) -> None:
    """A channel offers to understand its submissions."""
    _adapters[adapter.channel] = adapter


def adapter_for(channel: str) -> Adapter | None:
    """The adapter of a channel; None when the channel is not installed."""
    return _adapters.get(channel)


_doors: dict[str, Door] = {}


def offer_door(door: Door) -> None:
    """A channel offers its connections to the settings page."""
    _doors[door.channel] = door


def door_for(channel: str) -> Door | None:
    """How connections of the channel are made; None when they are not made in the general settings."""
    return _doors.get(channel)
