"""The map from the fields of a lead to those of a customer and a deal."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from leadline.customers import policy
from leadline.customers.rules import CARRIED, DEFAULT_MAP, Mapped, Side, carried_over, cut
from leadline.engines.schema import queries as schema
from leadline.engines.schema.actions import ValueCheck
from leadline.engines.schema.ports import Field, FieldType
from leadline.engines.schema.rules import CUSTOM
from leadline.kit.errors import Invalid
from leadline.leads import queries as leads
from leadline.workspaces.actor import Actor

# A deal is the same record as the lead: of its own fields these may be filled from others.
DEAL_TARGETS = ("name", "value_minor", "currency", "campaign", "interest", "next_step", "competitor")
_NEVER = frozenset({"owner", "status"})


@dataclass(frozen=True)
class FieldMap:
    """The lines in order and the fields on both sides; version 0 is the map that ships."""

    version: int
    lines: Sequence[Mapped]
    sources: Mapping[str, Field]
    customer: Mapping[str, Field]
    deal: Mapping[str, Field]

    def target(self, line: Mapped) -> Field:
        """The field a line fills."""
        return (self.customer if line.side is Side.CUSTOMER else self.deal)[line.target]


def field_map(actor: Actor) -> FieldMap:
    """The workspace's map, else the one that ships, without lines of fields that are gone: 3 statements."""
    policy.require_can_see_map(actor)
    sources, customer = schema.fields("lead"), _targets(schema.fields("customer"))
    deal = {k: f for k, f in sources.items() if k in DEAL_TARGETS or k.startswith(CUSTOM)}
    own = policy.own_map(actor).first()
    lines = [_line(one) for one in own.lines] if own else _shipped(sources, customer)
    places = {Side.CUSTOMER: customer, Side.DEAL: deal}
    kept = [one for one in lines if one.source in sources and one.target in places[one.side]]
    return FieldMap(own.version if own else 0, kept, sources, customer, deal)


def unmapped(found: FieldMap) -> list[Field]:
    """The fields of a lead that the map sends nowhere; they stay with the deal alone."""
    mapped = {line.source for line in found.lines}
    ours = (f for key, f in found.sources.items() if key not in mapped | CARRIED)
    return [field for field in ours if field.custom or (field.importable and field.writable)]


def _line(kept: Mapping[str, str]) -> Mapped:
    return Mapped(kept["source"], Side(kept["side"]), kept["target"])


def _targets(fields: Mapping[str, Field]) -> dict[str, Field]:
    return {key: field for key, field in fields.items() if field.writable and key not in _NEVER}


def _shipped(sources: Mapping[str, Field], customer: Mapping[str, Field]) -> list[Mapped]:
    """The map that ships, and custom fields that have the same key and type on both sides."""
    same = (
        Mapped(key, Side.CUSTOMER, key)
        for key, field in sources.items()
        if key.startswith(CUSTOM) and key in customer and customer[key].type is field.type
    )
    return [*DEFAULT_MAP, *same]


def customer_values(found: FieldMap, lead_id: UUID) -> dict[str, Any]:
    """What the map gives a customer from a lead; a value that cannot stand there stays with the deal."""
    record = leads.records([lead_id])[lead_id]
    carried = carried_over(found.lines, record, Side.CUSTOMER)
    check = ValueCheck("customer", carried)
    values: dict[str, Any] = {}
    for key, value in carried.items():
        with suppress(Invalid):
            values |= check({key: value})
    return cut(values)


_WORDS = frozenset({FieldType.TEXT, FieldType.LONG_TEXT})


def fits(source: Field, target: Field) -> bool:
    """Whether values of the one field can stand in the other."""
    return source.type is target.type or target.type in _WORDS
