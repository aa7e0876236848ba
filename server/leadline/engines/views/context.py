"""What a filter means for this actor at this moment."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from decimal import Decimal
from functools import cached_property
from typing import Any
from uuid import UUID
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from leadline.engines.schema.ports import FieldType
from leadline.engines.views.formulas import Meaning
from leadline.engines.views.rules import ME, Condition, Value
from leadline.workspaces import policy
from leadline.workspaces.actor import Actor
from leadline.workspaces.queries import own_workspace

Bound = Decimal | date | datetime


@dataclass(frozen=True)
class Range:
    """From a lower to an upper bound, either of which may be missing or excluded."""

    lower: Bound | None = None
    upper: Bound | None = None
    lower_open: bool = False
    upper_open: bool = False


class Context:
    """Turns “me”, “today” and “seven days ago” into values."""

    def __init__(self, actor: Actor, now: datetime) -> None:
        self.actor = actor
        self.now = now

    @cached_property
    def zone(self) -> ZoneInfo:
        """The workspace's time zone; read only by filters that speak of days."""
        name = policy.own_workspace(self.actor).values_list("timezone", flat=True).first()
        try:
            return ZoneInfo(name or "UTC")
        except (ZoneInfoNotFoundError, ValueError):
            return ZoneInfo("UTC")

    @cached_property
    def meaning(self) -> Meaning:
        """What formulas mean here and now; read only by filters that ask for one."""
        return Meaning(self.now.astimezone(self.zone).date(), self.zone, own_workspace(self.actor).currency)

    def people(self, condition: Condition) -> list[UUID]:
        """The ids a condition on members, teams or stages names; “me” is the actor, or the actor's teams."""
        ids: list[UUID] = []
        for value in condition.values:
            if isinstance(value, UUID):
                ids.append(value)
            elif value == ME and condition.field.type is FieldType.TEAM:
                ids += sorted(self.actor.team_ids)
            elif value == ME and self.actor.member_id:
                ids.append(self.actor.member_id)
        return ids

    def range(self, condition: Condition) -> Range:
        """The range a condition on numbers, dates or times describes."""
        if condition.op in {"within_last", "within_next", "before_ago"}:
            return self._relative(condition)
        first, last = condition.values[0], condition.values[-1]
        lower, _ = self._edges(condition, first)
        _, upper = self._edges(condition, last)
        # The upper edge of a day is the next midnight, which belongs to the next day.
        day = _is_day(condition, last)
        return {
            "eq": Range(lower=lower, upper=upper, upper_open=day),
            "between": Range(lower=lower, upper=upper, upper_open=day),
            "lt": Range(upper=lower, upper_open=True),
            "lte": Range(upper=upper, upper_open=day),
            "gt": Range(lower=upper, lower_open=not day),
            "gte": Range(lower=lower),
        }[condition.op]

    def _edges(self, condition: Condition, value: Any) -> tuple[Bound, Bound]:
        if not _is_day(condition, value):
            return value, value
        return self._midnight(value), self._midnight(value + timedelta(days=1))

    def _midnight(self, day: date) -> datetime:
        return datetime.combine(day, time(), self.zone).astimezone(UTC)

    def _relative(self, condition: Condition) -> Range:
        span = condition.values[0]
        assert isinstance(span, timedelta)
        here: Any = self.now
        if condition.field.type is FieldType.DATE:
            here = self.now.astimezone(self.zone).date()
        if condition.op == "before_ago":
            return Range(upper=here - span, upper_open=True)
        if condition.op == "within_last":
            return Range(lower=here - span, upper=here)
        return Range(lower=here, upper=here + span)


def _is_day(condition: Condition, value: Value) -> bool:
    """Whether a moment is compared with a whole day of the workspace's time zone."""
    return condition.field.type is FieldType.DATETIME and not isinstance(value, datetime)
