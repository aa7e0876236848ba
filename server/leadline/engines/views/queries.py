"""The filter language: one tree for lists, segments, rules and reports; and the views people kept."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from datetime import date, datetime
from decimal import Decimal
from typing import Any
from uuid import UUID

from django.db.models import Expression, Q

from leadline.engines.schema import queries as schema
from leadline.engines.schema.ports import Field
from leadline.engines.schema.rules import COMPUTED, CUSTOM
from leadline.engines.views import policy
from leadline.engines.views.conditions import compile_node
from leadline.engines.views.context import Context
from leadline.engines.views.formulas import expression
from leadline.engines.views.memory import Record, test_of, value_of
from leadline.engines.views.models import SavedView
from leadline.engines.views.parsing import Tree, from_text, parse
from leadline.engines.views.sentences import sentence_of
from leadline.engines.views.sorting import after, cursor_of, order_by
from leadline.infra import lookup
from leadline.kit import clock
from leadline.kit.sentences import Sentence
from leadline.workspaces.actor import Actor
from leadline.workspaces.queries import own_workspace

_ANNOTATED = "computed_"

__all__ = [
    "Tree",
    "after",
    "check",
    "computed",
    "computed_value",
    "cursor_of",
    "describe",
    "from_text",
    "matcher",
    "matches",
    "order_by",
    "saved_view",
    "saved_views",
    "to_q",
    "with_computed",
]


def check(tree: Tree | None, object_key: str) -> Tree:
    """The tree, when it is one about this object and may be kept; Invalid (422) names the place if not."""
    parse(tree, object_key, strict=True)
    return tree or {}


def to_q(tree: Tree | None, object_key: str, actor: Actor, now: datetime | None = None) -> Q:
    """The rows the filter finds, for use on the object's model; scope and workspace are policy's business."""
    node = parse(tree, object_key)
    return compile_node(node, schema.object_type(object_key).model, Context(actor, now or clock.now()))


def matcher(
    tree: Tree | None, object_key: str, actor: Actor, now: datetime | None = None
) -> Callable[[Record], bool]:
    """A test for many records, read once: the same answers as the rows found by to_q()."""
    return test_of(parse(tree, object_key), Context(actor, now or clock.now()))


def matches(
    tree: Tree | None, record: Record, object_key: str, actor: Actor, now: datetime | None = None
) -> bool:
    """Whether the filter finds this record: a model instance, or a mapping by field key."""
    return matcher(tree, object_key, actor, now)(record)


def describe(tree: Tree | None, object_key: str) -> Sentence:
    """The filter as a sentence, with labels and names; “always” for the empty one."""
    return sentence_of(parse(tree, object_key))


def computed(actor: Actor, object_key: str) -> dict[str, Expression]:
    """What the actor's workspace computes of every row of an object, to be annotated under these names.

    No statement where it computes nothing; else the one that reads its formulas.
    """
    if object_key not in own_workspace(actor).marks.get(COMPUTED, ()):
        return {}
    model, meaning = schema.object_type(object_key).model, Context(actor, clock.now()).meaning
    return {
        _ANNOTATED + field.key.removeprefix(CUSTOM): expression(field, model, meaning)
        for field in schema.fields(object_key).values()
        if field.formula
    }


def computed_value(field: Field, record: Record, actor: Actor) -> Any:
    """What a formula computes of one record, as JSON: the same as the database computes of its row."""
    return _plain(value_of(field, record, Context(actor, clock.now())))


def with_computed(custom: Mapping[str, Any], values: Mapping[str, Any]) -> dict[str, Any]:
    """The own values of a row with those that were computed of it, all as JSON."""
    found = {name: value for name, value in values.items() if name.startswith(_ANNOTATED)}
    return {**custom, **{name.removeprefix(_ANNOTATED): _plain(value) for name, value in found.items()}}


def _plain(value: Any) -> Any:
    if isinstance(value, Decimal):
        return int(value) if value == value.to_integral_value() else float(value)
    return value.isoformat() if isinstance(value, date) else value


def saved_views(actor: Actor, object_key: str) -> Sequence[SavedView]:
    """The views of this object the actor may use, by name: 1 statement."""
    schema.object_type(object_key)
    rows = policy.visible_views(actor).filter(object_type=object_key)
    return list(rows.select_related("owner", "team").order_by("name", "id"))


def saved_view(actor: Actor, view_id: UUID) -> SavedView:
    """One view the actor may use."""
    return lookup.get(policy.visible_views(actor).select_related("owner", "team"), view_id)
