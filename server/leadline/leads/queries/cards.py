"""Cards and rows of leads, read as plain values in one statement."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from django.db.models import F, QuerySet

from leadline.engines.views import actions as views
from leadline.kit import clock
from leadline.kit.errors import Invalid
from leadline.leads import rules
from leadline.leads.models import Lead
from leadline.leads.shapes import Card, LeadRow, Named

_CARD = (
    "id",
    "version",
    "name",
    "value_minor",
    "currency",
    "source",
    "channel",
    "score",
    "band",
    "stage_id",
    "entered_stage_at",
    "next_step",
    "next_step_at",
    "respond_by",
    "unread",
    "status",
)
_JUDGED = ("owner_id", "escalated_at", "first_touch_at", "inbound_at")
_ROW = ("lead_type", "created_at", "last_activity_at", "custom")
_JOINED = {
    "contact_name": F("contact__name"),
    "company_name": F("company__name"),
    "owner_name": F("owner__name"),
    "rots_after_days": F("stage__rots_after_days"),
}
_ROW_JOINED = {
    "phone": F("contact__phone"),
    "email": F("contact__email"),
    "city": F("contact__city"),
    "stage_name": F("stage__name"),
}


class SortedRow:
    """A row of values as the cursor reads it: by attribute."""

    def __init__(self, values: Mapping[str, Any]) -> None:
        self.values = values

    def __getattr__(self, name: str) -> Any:
        return self.values["id" if name == "pk" else name]


def card_values(rows: QuerySet[Lead]) -> QuerySet[Lead, dict[str, Any]]:
    """The columns of a card."""
    return rows.values(*_CARD, *_JUDGED, "last_activity_at", **_JOINED)


def row_values(rows: QuerySet[Lead]) -> QuerySet[Lead, dict[str, Any]]:
    """The columns of a row in a list."""
    return rows.values(*_CARD, *_JUDGED, *_ROW, **_JOINED, **_ROW_JOINED)


def card(values: Mapping[str, Any], currency: str, now: datetime | None = None) -> Card:
    """A card; a lead without a currency is shown in the workspace's."""
    return Card.model_construct(**_card_parts(values, currency, now or clock.now()))


def row(values: Mapping[str, Any], currency: str, now: datetime | None = None) -> LeadRow:
    """A row of a list."""
    more = {key: values[key] for key in (*_ROW, *_ROW_JOINED, "inbound_at")}
    return LeadRow.model_construct(**_card_parts(values, currency, now or clock.now()), **more)


def cut(found: list[dict[str, Any]], limit: int, sort: str) -> tuple[list[dict[str, Any]], str | None]:
    """The first `limit` rows, and the cursor after them when there are more."""
    if len(found) <= limit:
        return found, None
    shown = found[:limit]
    return shown, views.cursor_of(SortedRow(shown[-1]), sort, "lead")  # type: ignore[arg-type]


def ordered(rows: QuerySet[Lead], sort: str, cursor: str | None) -> QuerySet[Lead]:
    """The rows in order, after the cursor."""
    if any(key.removeprefix("-") not in SORTS for key in sort.split(",") if key):
        raise Invalid(f"A list cannot be sorted by “{sort[:60]}”.", code="sort_invalid", field="sort")
    if cursor:
        rows = rows.filter(views.after(cursor, sort, "lead"))
    return rows.order_by(*views.order_by(sort, "lead"))


SORTS = frozenset(
    {
        "name",
        "value_minor",
        "score",
        "inbound_at",
        "last_activity_at",
        "entered_stage_at",
        "created_at",
        "next_step_at",
        "respond_by",
    }
)


def _card_parts(values: Mapping[str, Any], currency: str, now: datetime) -> dict[str, Any]:
    entered = values["entered_stage_at"]
    rots = values["rots_after_days"] if values["status"] == rules.LeadStatus.OPEN else None
    parts = {key: values[key] for key in _CARD}
    return parts | {
        "currency": values["currency"] or currency,
        "contact_name": values["contact_name"],
        "company_name": values["company_name"] or "",
        "owner": Named.model_construct(id=values["owner_id"], name=values["owner_name"])
        if values["owner_id"]
        else None,
        "days_in_stage": rules.days_between(entered, now),
        "rotten": rules.is_rotten(entered, rots, now),
        "sla": rules.clock_state(
            started_at=values["inbound_at"],
            due_at=values["respond_by"],
            touched_at=values["first_touch_at"],
            now=now,
        ),
        "escalated": values["escalated_at"] is not None,
    }
