"""Cards and rows of leads, read as plain values in one statement."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from django.db.models import Expression, F, QuerySet

from leadline.engines.views import actions as views
from leadline.kit import clock
from leadline.leads import rules
from leadline.leads.models import Lead
from leadline.leads.queries.ordering import order
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
_JUDGED = (
    "converted_at",
    "noted_at",
    "owner_id",
    "escalated_at",
    "first_touch_at",
    "inbound_at",
    "warn_50_at",
    "warn_80_at",
)
_SORTED = ("last_activity_at", "created_at", "name_key", "chance")
_ROW = ("lead_type", "created_at", "last_activity_at", "custom", "tags", "chance")
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


_LINKED = {"contact_custom": F("contact__custom"), "company_custom": F("company__custom")}


def cards_of(leads: QuerySet[Lead, Any], sort: str) -> list[dict[str, Any]]:
    """The columns of the cards of these few leads, in order: 1 statement.

    `leads` is a page or a union of pages. What belongs to a card is joined to the page and not to the
    table, so that the page is one walk along one index whatever the planner thinks of the joins.
    """
    return list(_joined(leads, sort).values(*_CARD, *_JUDGED, *_SORTED, **_JOINED))


def rows_of(
    leads: QuerySet[Lead, Any], sort: str, computed: Mapping[str, Expression] | None = None
) -> list[dict[str, Any]]:
    """The columns of the rows of these few leads, in order, with what is computed of them: 1 statement."""
    columns = (*_CARD, *_JUDGED, *_ROW, "name_key")
    return list(
        _joined(leads, sort).values(*columns, **_JOINED, **_ROW_JOINED, **_LINKED, **(computed or {}))
    )


def _joined(leads: QuerySet[Lead, Any], sort: str) -> QuerySet[Lead]:
    return Lead.objects.filter(id__in=leads.values("id")).order_by(*order(sort))


def card(values: Mapping[str, Any], currency: str, now: datetime | None = None) -> Card:
    """A card; a lead without a currency is shown in the workspace's."""
    return Card.model_construct(**_card_parts(values, currency, now or clock.now()))


def row(values: Mapping[str, Any], currency: str, now: datetime | None = None) -> LeadRow:
    """A row of a list."""
    more = {key: values[key] for key in (*_ROW, *_ROW_JOINED, "inbound_at")}
    more["custom"] = own_values(values)
    return LeadRow.model_construct(**_card_parts(values, currency, now or clock.now()), **more)


def own_values(values: Mapping[str, Any]) -> dict[str, Any]:
    """The own fields of a lead by their bare keys, computed ones too, and those of its person and company."""
    found = views.with_computed(values["custom"], values)
    for prefix, name in (("contact", "contact_custom"), ("company", "company_custom")):
        found |= {f"{prefix}.custom.{key}": value for key, value in (values.get(name) or {}).items()}
    return found


def _card_parts(values: Mapping[str, Any], currency: str, now: datetime) -> dict[str, Any]:
    entered = values["entered_stage_at"]
    cared = max(entered, values["noted_at"] or entered)
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
        "rotten": rules.is_rotten(cared, rots, now),
        "days_over": rules.days_over(cared, rots, now),
        "sla": rules.clock_state(
            due_at=values["respond_by"],
            warn_50_at=values["warn_50_at"],
            warn_80_at=values["warn_80_at"],
            touched_at=values["first_touch_at"],
            now=now,
        ),
        "escalated": values["escalated_at"] is not None,
        "deal": values["converted_at"] is not None,
    }
