"""Conversions, proposals and the map put into the shapes of the API."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from leadline.customers import queries
from leadline.customers.models import Conversion
from leadline.customers.rules import CustomerKind, can_undo
from leadline.engines.schema import queries as schema
from leadline.engines.schema.ports import Field
from leadline.infra.language import told, worded
from leadline.kit import clock
from leadline.workspaces.actor import Actor
from leadline.workspaces.queries import own_workspace


def conversion_out(conversion: Conversion) -> dict[str, Any]:
    """A conversion as the API shows it."""
    undo = conversion.undo
    named = {name: getattr(conversion, name) for name in ("id", "lead_id", "at", "by_name", "undone_at")}
    kept = [
        {"object": one["object"], "name": one["name"], "reason": told(one.get("said"), one["reason"])}
        for one in undo.get("kept", ())
    ]
    return {
        **named,
        "customer": None if undo.get("customer_removed") else conversion.customer,
        "made_customer": conversion.made_customer,
        "can_undo": conversion.undone_at is None and can_undo(conversion.at, clock.now()),
        "customer_removed": undo.get("customer_removed", False),
        "restored": undo.get("restored", []),
        "kept": kept,
    }


def proposal_out(actor: Actor, found: queries.Proposal) -> dict[str, Any]:
    """A proposal as the API shows it."""
    lead = found.lead
    deal = {key: getattr(lead, key) for key in ("name", "value_minor", "pipeline_id", "stage_id")}
    kinds = list(CustomerKind) if found.kind is CustomerKind.COMPANY else [CustomerKind.PERSON]
    return {
        "version": lead.version,
        "customer": {"name": found.name, "kind": found.kind, "kinds": kinds},
        "deal": {**deal, "currency": lead.currency or own_workspace(actor).currency},
        "mapping": [_line(found, line) for line in found.lines],
        "unmapped": [
            {"key": f.key, "label": schema.shown_label(f), "value": _shown(f, found.record[f.key])}
            for f in found.unmapped
        ],
        "candidates": [
            {
                **{key: getattr(one.customer, key) for key in ("id", "name", "kind", "owner", "deals")},
                "reason": worded(one.reason),
                "same": one.same,
            }
            for one in found.candidates
        ],
        "conversion": conversion_out(found.conversion) if found.conversion else None,
    }


def map_out(found: queries.FieldMap) -> dict[str, Any]:
    """The map as the API shows it."""
    return {
        "version": found.version,
        "lines": [vars(line) for line in found.lines],
        "sources": _fields(found.sources.values()),
        "customer": _fields(found.customer.values()),
        "deal": _fields(found.deal.values()),
        "unmapped": _fields(queries.unmapped(found)),
    }


def _fields(fields: Iterable[Field]) -> list[dict[str, Any]]:
    return [{"key": f.key, "label": schema.shown_label(f), "type": f.type.value} for f in fields]


def _line(found: queries.Proposal, line: Any) -> dict[str, Any]:
    source, target = found.fields.sources[line.source], found.fields.target(line)
    return {
        **vars(line),
        "label": schema.shown_label(source),
        "target_label": schema.shown_label(target),
        "value": _shown(source, found.record[line.source]),
    }


def _shown(field: Field, value: Any) -> Any:
    """The value as people read it: choices by their labels."""
    if field.choices is None or isinstance(value, list):
        return value
    labels = {choice.value: choice.label for choice in schema.shown_choices(field)}
    return labels.get(str(value), value)
