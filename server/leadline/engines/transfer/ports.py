"""What a room offers so that its records can be brought in and given out."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any, Protocol
from uuid import UUID

from leadline.engines.schema.ports import Field
from leadline.engines.transfer.rules import Duplicates, Mode, Outcome
from leadline.kit.sentences import Text
from leadline.workspaces.actor import Actor


@dataclass(frozen=True, kw_only=True)
class Column:
    """A place that a column of a file may go to, and the names people give such columns.

    `identifies` says who a record is; `names` marks the place of last resort: what a record is called when
    nothing better says it.
    """

    field: Field
    synonyms: tuple[str, ...] = ()
    names: bool = False
    identifies: bool = False
    # An update only ever adds to it, as with telephone numbers.
    only_adds: bool = False


@dataclass(frozen=True)
class Given:
    """One row: values by column key, read by their type, and what goes to no column, by header."""

    number: int
    values: Mapping[str, Any]
    extra: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True, kw_only=True)
class Terms:
    """Under which terms rows are taken. `quiet`: nobody is told, no automation starts, no clock runs."""

    duplicates: Duplicates = Duplicates.SKIP
    modes: Mapping[str, Mode] = field(default_factory=dict)
    defaults: Mapping[str, str] = field(default_factory=dict)
    owner_id: UUID | None = None
    quiet: bool = True
    at: datetime


@dataclass(frozen=True)
class Verdict:
    """What would become of a row: new, a duplicate of a record, or bad with its reason."""

    row: Given
    duplicate: bool = False
    trouble: Text = ""


@dataclass(frozen=True)
class Done:
    """What became of a row. `facts` are JSON: what its room needs to undo it."""

    number: int
    outcome: Outcome
    reason: Text = ""
    record_id: UUID | None = None
    facts: Mapping[str, Any] = field(default_factory=dict)


@dataclass(frozen=True)
class Kept:
    """A record that an undo left alone, and why."""

    record_id: UUID
    name: str
    reason: Text


@dataclass(frozen=True)
class Undone:
    """What an undo did."""

    removed: int = 0
    restored: int = 0
    kept: Sequence[Kept] = ()


class Target(Protocol):
    """Records that can be brought in."""

    object_type: str
    label: str

    def columns(self) -> Sequence[Column]:
        """The places for columns, custom fields included."""
        ...

    def judge(self, actor: Actor, rows: Sequence[Given], terms: Terms, seen: set[Any]) -> list[Verdict]:
        """What would become of each row; nothing is written. `seen` is what earlier rows of the file were."""
        ...

    def take(self, actor: Actor, rows: Sequence[Given], terms: Terms) -> list[Done]:
        """Take the rows in, in the running transaction, with a fixed number of statements."""
        ...

    def undo(self, actor: Actor, done: Sequence[Done], since: datetime) -> Undone:
        """Take back what these rows did, newest first, apart from what somebody touched since."""
        ...


@dataclass(frozen=True, kw_only=True)
class Source:
    """Records that can be given out. `rows` are those after an id, in order of ids, as many as asked for."""

    object_type: str
    label: str
    headers: Callable[[Actor], Sequence[tuple[str, str]]]
    count: Callable[[Actor, Mapping[str, Any] | None], int]
    rows: Callable[
        [Actor, Mapping[str, Any] | None, UUID | None, int], Sequence[tuple[UUID, Mapping[str, Any]]]
    ]
    # The files of the records, for the export of everything: name in the archive and id.
    files: Callable[[Actor], Sequence[tuple[str, UUID]]] | None = None


targets: dict[str, Target] = {}
sources: dict[str, Source] = {}


def offer_target(target: Target) -> None:
    """A room lets its records be brought in; called once, from its room drawer."""
    targets[target.object_type] = target


def offer_source(source: Source) -> None:
    """A room lets its records be given out; called once, from its room drawer."""
    sources[source.object_type] = source
