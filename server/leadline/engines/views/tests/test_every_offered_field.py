"""Every field that a room calls filterable can be asked everything, and every sortable one sorts."""

from __future__ import annotations

from typing import Any

import pytest

from leadline.engines.schema import queries as schema
from leadline.engines.schema.ports import Field, FieldType, objects
from leadline.engines.schema.rules import OPERATORS
from leadline.engines.views import queries as views
from leadline.kit import ids
from leadline.workspaces.actor import Actor

VALUES: dict[FieldType, Any] = {
    FieldType.NUMBER: 5,
    FieldType.MONEY: 500,
    FieldType.DATE: "2026-01-07",
    FieldType.DATETIME: "2026-01-07T10:00:00Z",
    FieldType.BOOL: True,
    FieldType.MEMBER: "me",
    FieldType.TEAM: "me",
    FieldType.STAGE: str(ids.new_id()),
    FieldType.PHONE: "+972501234567",
}
OFFERED = sorted((key, f.key) for key, described in objects.items() for f in described.fields if f.filterable)


def value_for(field: Field, op: str) -> Any:
    one = VALUES.get(field.type, "something")
    if op in {"in", "not_in", "has_any", "has_all"}:
        return [one]
    if op in {"within_last", "within_next", "before_ago"}:
        return "7d"
    return {"between": [one, one], "is_empty": None, "is_not_empty": None}.get(op, one)


@pytest.mark.parametrize(("object_key", "key"), OFFERED)
def test_every_question_is_answered(rita: Actor, object_key: str, key: str) -> None:
    described = schema.object_type(object_key)
    field = described.by_key[key]
    for op in OPERATORS[field.type]:
        tree = {"field": key, "op": op, "value": value_for(field, op)}
        assert not described.model._default_manager.filter(views.to_q(tree, object_key, rita)).exists()
        assert views.matches(tree, {}, object_key, rita) in {True, False}
    if field.sortable:
        rows = described.model._default_manager.order_by(*views.order_by(f"-{key}", object_key))
        assert list(rows[:1]) == []
