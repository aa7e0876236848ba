"""What the channel of an advertising platform fulfils, beyond understanding its deliveries."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Protocol

from leadline.capture.ports import ConnectionRow, Item


@dataclass(frozen=True, kw_only=True)
class LeadPage:
    """One page of a platform's list of leads; the last one has no cursor.

    With `enough` the platform's quota is nearly used up: the run goes on another time.
    """

    items: Sequence[Item]
    cursor: str = ""
    enough: bool = False


class CatchesUp(Protocol):
    """A platform that can be asked for leads whose deliveries never came.

    Both run outside every transaction and raise TryAgain or DoorShut.
    """

    channel: str

    def subjects(self, connection: ConnectionRow) -> Sequence[str]:
        """What is listed apart: the ids of forms, or a single name for everything."""
        ...

    def page(self, connection: ConnectionRow, subject: str, since: datetime, cursor: str) -> LeadPage:
        """The page at the cursor, or the first, of the leads that came since then."""
        ...


@dataclass(frozen=True, kw_only=True)
class Question:
    """A question of the form in the sandbox; `kind` is text, email, tel, choice or choices."""

    key: str
    label: str
    kind: str = "text"
    choices: tuple[tuple[str, str], ...] = ()
    example: str = ""
    required: bool = False


@dataclass(frozen=True, kw_only=True)
class Filled:
    """What a customer answered, by question; `test` is what the advertiser's test button makes."""

    answers: Mapping[str, tuple[str, ...]]
    consent: bool = False
    test: bool = False


@dataclass(frozen=True, kw_only=True)
class Noted:
    """A filled form as the platform keeps it, and the bodies it delivers about it."""

    lead_id: str
    natural_key: str
    body: Mapping[str, Any]
    deliveries: Sequence[str]


@dataclass(frozen=True, kw_only=True)
class Desk:
    """A platform as the sandbox plays it: its form, its faults, its deliveries and how they are signed.

    `note` runs inside the workspace; `headers` gets the connection and the raw body.
    """

    channel: str
    title: str
    form_name: str
    questions: tuple[Question, ...]
    note: Callable[[Any, Filled], Noted]
    headers: Callable[[ConnectionRow, bytes], Mapping[str, str]]
    faults: tuple[tuple[str, str], ...] = ()
    switches: tuple[tuple[str, str], ...] = ()


_desks: dict[str, Desk] = {}
_lists: dict[str, CatchesUp] = {}


def offer_desk(desk: Desk) -> None:
    """A channel offers its platform to the sandbox."""
    _desks[desk.channel] = desk


def desk_for(channel: str) -> Desk | None:
    """The platform as the sandbox plays it; None when the channel is not installed."""
    return _desks.get(channel)


def offer_list(platform: CatchesUp) -> None:
    """A channel offers its platform's list of leads."""
    _lists[platform.channel] = platform


def list_of(channel: str) -> CatchesUp | None:
    """The platform's list of leads; None when it has none."""
    return _lists.get(channel)


def listing_channels() -> list[str]:
    """The channels whose platforms can be asked for what was missed."""
    return list(_lists)
