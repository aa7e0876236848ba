"""Who hears of a missed answer, and how long after."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import timedelta
from enum import StrEnum
from typing import Any
from uuid import UUID

from leadline.assignment.rules.placing import Person
from leadline.workspaces.rules import Role


class Whom(StrEnum):
    """Who is told by a step of the chain."""

    MANAGERS = "managers"
    # Those who are in the team of the lead; where there are none, all managers.
    TEAM_MANAGERS = "team_managers"
    ADMINS = "admins"
    MEMBER = "member"


@dataclass(frozen=True, kw_only=True)
class ChainStep:
    """So long after the time to answer was over, these people are told, or the lead goes to the next."""

    after_minutes: int
    tell: str
    member_id: UUID | None = None
    carriers: tuple[str, ...] = ()
    reassign: bool = False

    @property
    def after(self) -> timedelta:
        """How long after the due moment."""
        return timedelta(minutes=self.after_minutes)


# The owner hears of every missed answer at once, whatever the chain says.
DEFAULT_CHAIN: Sequence[Mapping[str, Any]] = ({"after_minutes": 0, "tell": Whom.MANAGERS.value},)
_CHIEFS = (Role.ADMIN, Role.OWNER)


def chain_of(stored: Iterable[Mapping[str, Any]]) -> list[ChainStep]:
    """The steps of a stored chain, the soonest first."""
    steps = [
        ChainStep(
            after_minutes=step["after_minutes"],
            tell=step["tell"],
            member_id=UUID(step["member_id"]) if step.get("member_id") else None,
            carriers=tuple(step.get("carriers") or ()),
            reassign=bool(step.get("reassign")),
        )
        for step in stored
    ]
    return sorted(steps, key=lambda step: step.after_minutes)


def told_by(step: ChainStep, people: Iterable[Person], team_id: UUID | None) -> list[Person]:
    """The people whom a step tells: never nobody while anybody is active."""
    everybody = sorted(people, key=lambda person: person.id)
    managers = [person for person in everybody if person.role == Role.MANAGER]
    chiefs = [person for person in everybody if person.role in _CHIEFS]
    wanted = {
        Whom.MANAGERS: managers,
        Whom.TEAM_MANAGERS: [person for person in managers if team_id in person.team_ids],
        Whom.ADMINS: chiefs,
        Whom.MEMBER: [person for person in everybody if person.id == step.member_id],
    }[Whom(step.tell)]
    return wanted or managers or chiefs
