"""A recorded event as a browser needs to know it: which room, which records."""

from __future__ import annotations

import dataclasses
import json
from collections.abc import Iterable, Iterator, Mapping
from contextlib import suppress
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from leadline.infra.events import recording
from leadline.infra.models import EventRow

# A change of more records than this is told as a change of the room.
MOST_IDS = 100


@dataclass(frozen=True)
class Change:
    """One live event; `mentions` are all ids in it, for those who are named in it."""

    seq: int
    room: str
    kind: str
    ids: tuple[UUID, ...]
    version: int | None = None
    mentions: frozenset[UUID | None] = frozenset()

    def as_text(self) -> bytes:
        """The change in the words of a server-sent event."""
        told: dict[str, Any] = {"room": self.room, "kind": self.kind}
        if self.ids and len(self.ids) <= MOST_IDS:
            told["ids"] = [str(one) for one in self.ids]
        if self.version is not None:
            told["version"] = self.version
        return f"id: {self.seq}\nevent: change\ndata: {json.dumps(told)}\n\n".encode()


def changes_of(rows: Iterable[EventRow]) -> list[Change]:
    """The rows that browsers are told about."""
    return [change for row in rows if (change := _change_of(row)) is not None]


def _change_of(row: EventRow) -> Change | None:
    try:
        kind = recording.kind_named(row.name)
    except KeyError:
        return None
    if kind.live is None:
        return None
    found = list(_ids_in(row.payload, kind))
    version = row.payload.get("version")
    return Change(
        seq=row.seq,
        room=kind.live,
        kind=row.name,
        ids=found[0] if found else (),
        version=version if isinstance(version, int) else None,
        mentions=frozenset(one for ids in found for one in ids),
    )


def _ids_in(payload: Mapping[str, Any], kind: type[recording.Event]) -> Iterator[tuple[UUID, ...]]:
    """The ids of each id field, in the order of the class: the first ones name what the event is about."""
    for name in (field.name for field in dataclasses.fields(kind)):
        value = payload.get(name)
        if name == "workspace_id" or not name.endswith(("_id", "_ids")) or not value:
            continue
        with suppress(ValueError, TypeError, AttributeError):
            yield tuple(UUID(one) for one in ([value] if isinstance(value, str) else value))
