"""Read a filter tree; every refusal names its place."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from leadline.engines.schema import queries as schema
from leadline.engines.schema.ports import Field
from leadline.engines.schema.rules import OPERATORS
from leadline.engines.views import operands
from leadline.engines.views.operands import refuse
from leadline.engines.views.rules import (
    MAX_CONDITIONS,
    MAX_DEPTH,
    All,
    AnyOf,
    Condition,
    Node,
    Not,
    fields_asked,
)
from leadline.kit import json
from leadline.kit.errors import Invalid

Tree = Mapping[str, Any]


def parse(tree: Tree | None, object_key: str, *, strict: bool = False) -> Node:
    """The tree read; at most one statement, and only when it names a custom field."""
    if not tree and (tree is None or isinstance(tree, Mapping)):
        return All(())
    known = schema.fields_named(object_key, fields_asked(tree))
    return _Reading(known, strict).node(tree, "", 1)


def from_text(text: str | None) -> Tree | None:
    """The tree in a `filter` query parameter; Invalid (422) when it is not JSON."""
    if not text:
        return None
    try:
        tree = json.loads(text.encode("utf-8", "replace"), max_depth=2 * MAX_DEPTH + 4, max_bytes=100_000)
    except Invalid as error:
        raise Invalid(
            f"The filter is not valid JSON. {error.detail}", code="filter_invalid", field="filter"
        ) from None
    if not isinstance(tree, dict):
        refuse("A filter is an object with “all”, “any”, “not” or “field”.", "")
    return tree


class _Reading:
    """One tree being read: counts its conditions."""

    def __init__(self, known: Mapping[str, Field], strict: bool) -> None:
        self.known = known
        self.strict = strict
        self.conditions = 0

    def node(self, tree: object, path: str, depth: int) -> Node:
        if depth > MAX_DEPTH:
            refuse(f"A filter has at most {MAX_DEPTH} levels.", path)
        if not isinstance(tree, Mapping):
            refuse("Expected an object with “all”, “any”, “not” or “field”.", path)
        if "field" in tree:
            return self.condition(tree, path)
        if len(tree) != 1 or not tree.keys() & {"all", "any", "not"}:
            refuse("Give exactly one of “all”, “any”, “not”, or a “field” with “op” and “value”.", path)
        ((word, content),) = tree.items()
        here = f"{path}.{word}" if path else str(word)
        if word == "not":
            return Not(self.node(content, here, depth + 1))
        return self.group(str(word), content, here, depth)

    def group(self, word: str, content: object, here: str, depth: int) -> Node:
        if not isinstance(content, list) or len(content) > MAX_CONDITIONS:
            refuse(f"“{word}” takes a list of at most {MAX_CONDITIONS} conditions.", here)
        if word == "any" and not content:
            refuse("“any” needs at least one condition.", here)
        self.count(here)
        parts = tuple(self.node(part, f"{here}[{place}]", depth + 1) for place, part in enumerate(content))
        return All(parts) if word == "all" else AnyOf(parts)

    def condition(self, tree: Mapping[str, object], path: str) -> Condition:
        self.count(path)
        unknown = sorted(map(str, tree.keys() - {"field", "op", "value"}))
        if unknown:
            refuse(f"A condition has “field”, “op” and “value”, not “{unknown[0][:40]}”.", path)
        before = f"{path}." if path else ""
        field = self.field(tree["field"], before + "field")
        op = tree.get("op")
        if not isinstance(op, str) or op not in OPERATORS[field.type]:
            allowed = ", ".join(OPERATORS[field.type])
            refuse(f"“{field.label}” can be asked: {allowed}.", before + "op")
        values = operands.read(field, op, tree.get("value"), before + "value", strict=self.strict)
        return Condition(field, op, values)

    def count(self, path: str) -> None:
        self.conditions += 1
        if self.conditions > MAX_CONDITIONS:
            refuse(f"A filter has at most {MAX_CONDITIONS} conditions.", path)

    def field(self, key: object, path: str) -> Field:
        field = self.known.get(key) if isinstance(key, str) else None
        if field is None:
            refuse(f"There is no field “{str(key)[:60]}”.", path)
        if not field.filterable:
            refuse(f"“{field.label}” cannot be used in a filter.", path)
        return field
