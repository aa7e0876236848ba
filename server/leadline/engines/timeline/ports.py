"""What other rooms hand to the timeline and get from it."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import TYPE_CHECKING, Annotated, Any, Literal, get_args
from uuid import UUID

from leadline.infra.web import Shape, one_of
from leadline.kit import ids
from leadline.kit.sentences import Text
from leadline.workspaces.actor import Actor

if TYPE_CHECKING:
    from leadline.engines.timeline.models import TimelineEntry

Direction = Literal["in", "out", "none"]
# Where an entry keeps its sentence, for readers of other languages.
SENTENCE = "sentence"


@dataclass(frozen=True, kw_only=True)
class Entry:
    """One thing that happened to a record (`about_id`) or with a person (`with_id`)."""

    kind: str
    about_id: UUID | None = None
    with_id: UUID | None = None
    text: Text = ""
    at: datetime | None = None
    direction: Direction = "none"
    automatic: bool = False
    actor_name: str = ""
    member_id: UUID | None = None
    channel: str = ""
    payload: Mapping[str, Any] = field(default_factory=dict)
    id: UUID = field(default_factory=ids.new_id)

    @classmethod
    def by(cls, actor: Actor, kind: str, **rest: Any) -> Entry:
        """An entry in the actor's name; automatic unless a person did it."""
        rest.setdefault("automatic", not actor.human)
        return cls(kind=kind, actor_name=actor.name, member_id=actor.member_id, **rest)


class EntryActor(Shape):
    """Who did it; the id is missing when it was not a member."""

    id: UUID | None
    name: str


class EntryOut(Shape):
    """A timeline entry as the API shows it."""

    id: UUID
    kind: str
    at: datetime
    direction: Annotated[str, one_of(get_args(Direction))]
    automatic: bool
    actor: EntryActor | None
    channel: str
    text: str
    payload: dict[str, Any]


# Completes the payloads of a page of entries of one kind with what is true now (a message's state).
Completion = Callable[[Sequence["TimelineEntry"]], Mapping[UUID, Mapping[str, Any]]]
completions: dict[str, Completion] = {}
