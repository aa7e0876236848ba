"""What a room offers so that many of its records can be changed together."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, Protocol
from uuid import UUID

from django.db.models import QuerySet

from leadline.engines.bulk.rules import Outcome
from leadline.engines.notices.ports import Telling
from leadline.kit.sentences import Text
from leadline.workspaces.actor import Actor


@dataclass(frozen=True)
class Wanted:
    """What is done to every record; the values are JSON."""

    action: str
    values: Mapping[str, Any] = field(default_factory=dict)


@dataclass(frozen=True, kw_only=True)
class Chosen:
    """Which records: these, or all that a list shows."""

    ids: Sequence[UUID] = ()
    listed: Mapping[str, Any] | None = None


@dataclass(frozen=True)
class Changed:
    """What became of a record. `facts` are JSON: what its room needs to take the change back."""

    record_id: UUID
    outcome: Outcome
    reason: Text = ""
    facts: Mapping[str, Any] = field(default_factory=dict)


class Target(Protocol):
    """Records that can be changed together."""

    object_type: str

    def checked(self, actor: Actor, wanted: Wanted) -> Wanted:
        """The change as it is kept; Invalid (422), NotFound (404) or Forbidden (403) when it cannot be."""
        ...

    def chosen(self, actor: Actor, chosen: Chosen) -> QuerySet[Any]:
        """The records the actor chose, of those the actor sees."""
        ...

    def change(self, actor: Actor, record_ids: Sequence[UUID], wanted: Wanted) -> list[Changed]:
        """Change these records in the running transaction; each is answered for."""
        ...

    def undo(self, actor: Actor, done: Sequence[Changed], wanted: Wanted) -> list[Changed]:
        """Take back what was done, apart from what somebody changed again since, which is kept."""
        ...

    def described(self, wanted: Wanted) -> Text:
        """The change in a few words."""
        ...

    def tell(self, actor: Actor, wanted: Wanted, number: int) -> Sequence[Telling]:
        """What others are told, once, after so many records were changed."""
        ...


targets: dict[str, Target] = {}


def offer_target(target: Target) -> None:
    """A room lets its records be changed together; called once, from its room drawer."""
    targets[target.object_type] = target
