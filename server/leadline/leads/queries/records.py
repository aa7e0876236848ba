"""Leads as values by field key, for rules, conditions and templates."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from typing import Any
from uuid import UUID

from leadline.engines.schema import queries as schema
from leadline.leads.models import Lead
from leadline.leads.rules import LeadStatus

_LINKED = {"contact": "contact__custom", "company": "company__custom"}


def records(lead_ids: Collection[UUID]) -> Mapping[UUID, Mapping[str, Any]]:
    """Every field of these leads by its key, custom ones as `custom.<key>`: 1 statement."""
    described = schema.object_type("lead").fields
    paths = {field.key: field.path for field in described}
    columns = ("id", "contact_id", "custom", *_LINKED.values(), *dict.fromkeys(paths.values()))
    found = {}
    for values in Lead.objects.filter(id__in=list(lead_ids), deleted_at=None).values(*columns):
        record = {key: values[path] for key, path in paths.items()}
        record |= {f"custom.{key}": value for key, value in values["custom"].items()}
        for prefix, column in _LINKED.items():
            record |= {f"{prefix}.custom.{key}": value for key, value in (values[column] or {}).items()}
        found[values["id"]] = record | {"id": values["id"], "contact_id": values["contact_id"]}
    return found


def search_details(lead_ids: Collection[UUID]) -> Mapping[UUID, Mapping[str, Any]]:
    """What a hit in the search shows of a lead: 1 statement."""
    rows = Lead.objects.filter(id__in=list(lead_ids)).values("id", "score", "band", "status", "stage__name")
    return {
        row["id"]: {
            "lead_id": row["id"],
            "score": row["score"],
            "band": row["band"],
            "stage": row["stage__name"],
            "closed": row["status"] != LeadStatus.OPEN,
        }
        for row in rows
    }
