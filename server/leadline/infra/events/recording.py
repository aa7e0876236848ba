"""Record events inside the transaction; run the reactions that belong to it; queue the later ones."""

from __future__ import annotations

import dataclasses
import json
import types
import typing
from collections import deque
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from contextvars import ContextVar
from datetime import datetime
from decimal import Decimal
from typing import Any, ClassVar, Self, TypeVar
from uuid import UUID

from django.db import connection

from leadline.infra import bell
from leadline.kit import clock

_kinds: dict[str, type[Event]] = {}
_names: dict[type[Event], tuple[str, ...]] = {}
_AS_THEY_ARE = frozenset({str, int, bool, float})
_WRITE_DOWN = """
INSERT INTO infra_eventrow (at, workspace_id, name, payload)
SELECT %s, (one->>0)::uuid, one->>1, one->2
FROM jsonb_array_elements(%s::jsonb) WITH ORDINALITY AS told(one, place) ORDER BY place
"""


@dataclasses.dataclass(frozen=True, kw_only=True)
class Event:
    """A fact. Subclasses are frozen dataclasses of ids, text, numbers, times; their name is stored."""

    # What the live stream tells a browser: the room and the fields that hold record ids; None = not told.
    live: ClassVar[str | None] = None
    workspace_id: UUID

    def __init_subclass__(cls, **kwargs: Any) -> None:
        super().__init_subclass__(**kwargs)
        _kinds[cls.__name__] = cls

    def to_json(self) -> dict[str, Any]:
        """The event as plain JSON values."""
        return {name: _plain(getattr(self, name)) for name in _names_of(type(self))}

    @classmethod
    def from_json(cls, payload: Mapping[str, Any]) -> Self:
        """The event read back; unknown fields of newer versions are ignored."""
        hints = typing.get_type_hints(cls)
        known = {f.name for f in dataclasses.fields(cls)}
        return cls(**{k: _rich(hints[k], v) for k, v in payload.items() if k in known})


E = TypeVar("E", bound=Event)
Handler = Callable[[Sequence[Any]], None]


@dataclasses.dataclass(frozen=True)
class Reaction:
    """A handler of one kind of event, called with a batch."""

    name: str
    to: type[Event]
    handler: Handler
    later: bool


@dataclasses.dataclass(frozen=True)
class Later:
    """What the job engine needs to run a later reaction: its name and the events as JSON."""

    reaction: str
    workspace_id: UUID
    events: list[dict[str, Any]]


_reactions: dict[type[Event], list[Reaction]] = {}
_by_name: dict[str, Reaction] = {}
_enqueue: list[Callable[[Sequence[Later]], None]] = []
_pending: ContextVar[deque[Sequence[Event]] | None] = ContextVar("leadline_pending_events", default=None)


def reaction(*, to: type[E], later: bool = False) -> Callable[[Callable[[Sequence[E]], None]], Handler]:
    """Register a batch handler: in the same transaction, or (later) as a job after the commit.

    Same-transaction reactions run in the order of registration, which is the order of the rooms list.
    Every reaction must be safe to run twice.
    """

    def register(handler: Callable[[Sequence[E]], None]) -> Handler:
        made = Reaction(f"{handler.__module__}.{handler.__qualname__}", to, handler, later)
        _by_name[made.name] = made
        _reactions.setdefault(to, []).append(made)
        return handler

    return register


def reactions_to(kind: type[Event]) -> list[Reaction]:
    """The reactions to one kind of event, in running order."""
    return _reactions.get(kind, [])


def reaction_named(name: str) -> Reaction:
    """The reaction a stored job names; KeyError when its room was removed."""
    return _by_name[name]


def kind_named(name: str) -> type[Event]:
    """The event class of a stored name; KeyError when its room was removed."""
    return _kinds[name]


def use_queue(enqueue: Callable[[Sequence[Later]], None]) -> None:
    """The job engine offers itself as the carrier of later reactions."""
    _enqueue[:] = [enqueue]


def record(*happened: Event) -> None:
    """Write the events down and run their reactions; returns when all same-transaction ones are done.

    Events recorded by a reaction wait until the current batch is through, so a chain runs breadth first.
    """
    if not happened:
        return
    with together():
        queue = _pending.get()
        assert queue is not None
        queue.append(happened)


@contextmanager
def together() -> Iterator[None]:
    """What is recorded inside the block is one chain, written down by one statement: its reactions run when
    the block ends. Inside a chain nothing changes."""
    if _pending.get() is not None:
        yield
        return
    queue: deque[Sequence[Event]] = deque()
    token = _pending.set(queue)
    try:
        yield
        settled, later = _settle_all(queue)
    finally:
        _pending.reset(token)
    if settled:
        _write_down(settled)
    if later and _enqueue:
        _enqueue[0](later)


def _settle_all(queue: deque[Sequence[Event]]) -> tuple[list[Event], list[Later]]:
    settled: list[Event] = []
    later: list[Later] = []
    while queue:
        batch = queue.popleft()
        settled += batch
        later += _settle(batch)
    return settled, later


def _settle(happened: Sequence[Event]) -> list[Later]:
    """Run the reactions that belong to the transaction; the ones that come later."""
    by_kind: dict[type[Event], list[Event]] = {}
    for event in happened:
        by_kind.setdefault(type(event), []).append(event)
    later: list[Later] = []
    for kind, events in by_kind.items():
        for react in reactions_to(kind):
            if react.later:
                later.append(Later(react.name, events[0].workspace_id, [e.to_json() for e in events]))
            else:
                react.handler(events)
    return later


def _write_down(happened: Sequence[Event]) -> None:
    """All rows of a chain in one statement, in the order in which it happened."""
    told = [[str(event.workspace_id), type(event).__name__, event.to_json()] for event in happened]
    with connection.cursor() as cursor:
        cursor.execute(_WRITE_DOWN, [clock.now(), json.dumps(told)])
    if any(event.live is not None for event in happened):
        bell.ring_after_commit("live")


def _names_of(kind: type[Event]) -> tuple[str, ...]:
    found = _names.get(kind)
    if found is None:
        found = _names[kind] = tuple(field.name for field in dataclasses.fields(kind))
    return found


def _plain(value: Any) -> Any:
    if value is None or type(value) in _AS_THEY_ARE:
        return value
    if isinstance(value, UUID | Decimal):
        return str(value)
    if isinstance(value, datetime):
        return value.isoformat()
    if isinstance(value, tuple | list | frozenset):
        return [_plain(v) for v in value]
    if isinstance(value, Mapping):
        return {str(k): _plain(v) for k, v in value.items()}
    return value


def _rich(hint: Any, value: Any) -> Any:
    origin = typing.get_origin(hint)
    if origin in (typing.Union, types.UnionType):
        if value is None:
            return None
        hint = next(arg for arg in typing.get_args(hint) if arg is not type(None))
        return _rich(hint, value)
    if origin is tuple:
        return tuple(_rich(typing.get_args(hint)[0], v) for v in value)
    if hint is UUID:
        return UUID(value)
    if hint is datetime:
        return datetime.fromisoformat(value)
    if hint is Decimal:
        return Decimal(value)
    return value
