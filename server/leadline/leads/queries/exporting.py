"""Leads as rows of a file."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from decimal import Decimal
from typing import Any
from uuid import UUID

from django.db.models import QuerySet

from leadline.engines.schema import queries as schema
from leadline.engines.schema.ports import Field, FieldType
from leadline.engines.timeline import queries as timeline
from leadline.engines.timeline.models import TimelineEntry
from leadline.engines.views import actions as views
from leadline.infra.language import worded
from leadline.kit import money
from leadline.kit.sentences import word
from leadline.leads.fields import LEAD
from leadline.leads.queries.filtering import filtered
from leadline.leads.rules import source_words
from leadline.workspaces.actor import Actor

# In the order in which people read a list.
_KEYS = (
    *("name", "contact.name", "contact.phone", "contact.email", "company", "contact.title", "contact.city"),
    *("contact.country", "contact.language", "stage", "status", "owner", "source", "channel", "campaign"),
    *("interest", "text", "value_minor", "currency", "score", "band", "lead_type", "next_step"),
    *("next_step_at", "competitor", "loss_reason", "inbound_at", "first_touch_at", "closed_at", "created_at"),
)
_SHOWN_BY = {"stage": "stage__name", "owner": "owner__name"}
_LABELS = {"text": "Message", "contact.name": "Name", "name": "Lead name"}


def export_headers(actor: Actor) -> list[tuple[str, str]]:
    """Key and label of every column, custom fields last; one statement."""
    own = [(key, worded(_LABELS.get(key, LEAD.by_key[key].label))) for key in _KEYS]
    return [("id", "Id"), *own, *((field.key, field.label) for field in _custom())]


def export_count(actor: Actor, tree: Mapping[str, Any] | None) -> int:
    """How many leads the filter finds."""
    return filtered(actor, dict(tree) if tree else None).count()


def exported(
    actor: Actor, tree: Mapping[str, Any] | None, after: UUID | None, limit: int
) -> Sequence[tuple[UUID, Mapping[str, Any]]]:
    """The next leads in order of ids, with the values of their columns; 2 statements."""
    leads = filtered(actor, dict(tree) if tree else None).order_by("id")
    if after is not None:
        leads = leads.filter(id__gt=after)
    paths = {key: _SHOWN_BY.get(key, LEAD.by_key[key].path) for key in _KEYS}
    computed = views.computed(actor, "lead")
    found = leads.values("id", "custom", *dict.fromkeys(paths.values()), **computed)[:limit]
    custom = _custom()
    return [(row["id"], _row(row, paths, custom)) for row in found]


def export_files(actor: Actor) -> list[tuple[str, UUID]]:
    """The files in the fields of leads: a name in the archive, and the id; two statements."""
    keys = [one.key.removeprefix("custom.") for one in _custom() if one.type is FieldType.FILE]
    if not keys:
        return []
    leads = filtered(actor, None).filter(custom__has_any_keys=keys).order_by("id")
    return [
        (f"leads/{lead_id}/{key}/{custom[key]['name']}", UUID(custom[key]["id"]))
        for lead_id, custom in leads.values_list("id", "custom")
        for key in keys
        if custom.get(key)
    ]


def _row(row: Mapping[str, Any], paths: Mapping[str, str], custom: Sequence[Field]) -> dict[str, Any]:
    values = {"id": row["id"], **{key: row[path] for key, path in paths.items()}}
    values["value_minor"] = _amount(row["value_minor"], row["currency"])
    values["source"] = worded(source_words(row["source"]))
    own = views.with_computed(row["custom"], row)
    for field in custom:
        value = own.get(field.key.removeprefix("custom."))
        if field.type is FieldType.FILE:
            value = (value or {}).get("name")
        values[field.key] = _amount(value, "") if field.type is FieldType.MONEY else value
    return values


def _amount(minor: int | None, currency: str) -> str:
    if not minor:
        return ""
    decimals = money.exponent(currency) if currency else 2
    return format(Decimal(minor).scaleb(-decimals), "f")


def _custom() -> list[Field]:
    return schema.custom_fields(LEAD)


_HAPPENED = (
    ("id", "Id"),
    ("lead_id", word("Lead")),
    ("at", word("Time")),
    ("kind", word("Kind")),
    ("direction", word("Direction")),
    ("channel", word("Channel")),
    ("who", word("Who")),
    ("text", word("Text")),
)


def timeline_headers(actor: Actor) -> list[tuple[str, str]]:
    """Key and label of every column of what happened."""
    return [(key, worded(label)) for key, label in _HAPPENED]


def timeline_count(actor: Actor, tree: Mapping[str, Any] | None) -> int:
    """How many entries the leads the filter finds have."""
    return _entries(actor, tree).count()


def timeline_rows(
    actor: Actor, tree: Mapping[str, Any] | None, after: UUID | None, limit: int
) -> Sequence[tuple[UUID, Mapping[str, Any]]]:
    """The next entries in order of ids, messages and notes with their texts."""
    entries = _entries(actor, tree).order_by("id")
    rows = list((entries.filter(id__gt=after) if after is not None else entries)[:limit])
    leads = {row.id: row.about_id for row in rows}
    return [
        (one.id, {**one.model_dump(), "lead_id": leads[one.id], "who": one.actor.name if one.actor else ""})
        for one in timeline.shown(rows)
    ]


def _entries(actor: Actor, tree: Mapping[str, Any] | None) -> QuerySet[TimelineEntry]:
    leads = filtered(actor, dict(tree) if tree else None)
    return TimelineEntry.objects.filter(about_id__in=leads.values("id"))
