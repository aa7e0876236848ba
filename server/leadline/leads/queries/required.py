"""What a stage asks for and a lead does not have."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from leadline.engines.schema import queries as schema
from leadline.engines.schema.ports import Field
from leadline.engines.schema.rules import CUSTOM
from leadline.leads.models import Lead, Stage


def missing_fields(lead: Lead, stage: Stage) -> Sequence[Field]:
    """The fields the stage asks for that are empty on the lead; one that was archived is asked no more."""
    if not stage.required_fields:
        return []
    known = schema.fields_named("lead", stage.required_fields)
    asked = [known[key] for key in stage.required_fields if key in known]
    return [field for field in asked if _value(lead, field) in (None, "", [], 0)]


def _value(lead: Lead, field: Field) -> Any:
    if field.custom:
        value = lead.custom.get(field.key.removeprefix(CUSTOM))
        # Nought and “no” are answers to a question; only the value of a lead begins with nought.
        return "0" if value in (0, False) and value is not None else value
    found: Any = lead
    for name in field.path.split("__"):
        if isinstance(found, Mapping):
            found = found.get(name)
        else:
            found = None if found is None else getattr(found, name)
    return found
