"""What a channel must fulfil so that its submissions become leads, and the words it uses for that."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import TYPE_CHECKING, Any, Protocol, TypeAlias, runtime_checkable
from uuid import UUID

from leadline.kit.sentences import Text

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
    quarantine: Text = ""
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
    # The browser that sent it, where the person agreed to be remembered.
    visitor: str = ""
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
    note: Text = ""


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


class NotTakenIn(Exception):
    """A submission did not become a lead; the reason is shown to people."""

    def __init__(self, said: Text) -> None:
        super().__init__(str(said))
        self.said: Text = said


class NotUnderstood(NotTakenIn):
    """The submission makes no sense, or is `spam`; a person may try it again."""

    def __init__(self, said: Text, *, spam: bool = False) -> None:
        super().__init__(said)
        self.spam = spam


class TryAgain(NotTakenIn):
    """The submission cannot be understood now; it is tried again with back-off, at the earliest `after`."""

    def __init__(self, said: Text, *, after: timedelta = timedelta()) -> None:
        super().__init__(said)
        self.after = after


class DoorShut(TryAgain):
    """The provider refuses everything for now: it is not asked again through this connection before `after`.

    That costs the submissions no attempt. With `alarm` it does not pass by itself: the administrators are
    told once, and whatever they change on the connection opens it again.
    """

    def __init__(self, said: Text, *, after: timedelta, alarm: bool = False) -> None:
        super().__init__(said, after=after)
        self.alarm = alarm


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


@runtime_checkable
class FetchesFirst(Protocol):
    """An adapter whose deliveries only name something, which the provider is then asked for."""

    def fetch(self, submission: SubmissionRow) -> bytes:
        """What is stored as `submission.fetched` before it is understood; empty when nothing is missing.

        Runs outside every transaction. Raises NotUnderstood, TryAgain or DoorShut.
        """
        ...


@dataclass(frozen=True, kw_only=True)
class Step:
    """One step of trying a connection, and what it found."""

    name: Text
    ok: bool
    detail: Text = ""


@dataclass(frozen=True, kw_only=True)
class Asked:
    """Something the settings page asks for: a setting, or a secret, which is written and never read.

    `choices` are pairs of a value and its words; `lines` takes a text of several lines.
    """

    key: str
    label: str
    hint: str = ""
    secret: bool = False
    lines: bool = False
    choices: tuple[tuple[str, str], ...] = ()


@dataclass(frozen=True, kw_only=True)
class SettingsPage:
    """A channel's settings page in words that are marked for translation.

    `steps` say what to do at the provider, in order; `pasted` names secrets of ours to paste there, with
    their labels; `sandbox` is the address where the provider is played, `guide` the page that tells more.
    With `catches_up` the provider can be asked for what was missed.
    """

    intro: str
    steps: tuple[str, ...]
    asked: tuple[Asked, ...]
    pasted: tuple[tuple[str, str], ...] = ()
    sandbox: str = ""
    guide: str = ""
    catches_up: bool = False


@dataclass(frozen=True, kw_only=True)
class Door:
    """How the connections of one channel are made in the settings.

    `path` holds `{token}`; `check` gives settings back as they are stored, or raises Invalid (422).
    `test` may call the provider: it runs outside every transaction and reads nothing but the connection.
    With a `page` the channel has a settings page of its own, which needs no code beyond these words;
    `opened` adds what a new connection needs, in the transaction that makes it.
    """

    channel: str
    label: str
    path: str
    secrets: tuple[str, ...] = ()
    check: Callable[[Mapping[str, Any]], dict[str, Any]]
    test: Callable[[ConnectionRow], Sequence[Step]]
    page: SettingsPage | None = None
    opened: Callable[[Actor, ConnectionRow], None] | None = None


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


def doors_with_page() -> list[Door]:
    """The channels with a settings page of their own, in the order of the rooms list."""
    return [door for door in _doors.values() if door.page is not None]
