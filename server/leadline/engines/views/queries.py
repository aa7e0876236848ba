"""The filter language: one tree for lists, segments, rules and reports; and the views people kept."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import datetime
from uuid import UUID

from django.db.models import Q

from leadline.engines.schema import queries as schema
from leadline.engines.views import policy
from leadline.engines.views.conditions import compile_node
from leadline.engines.views.context import Context
from leadline.engines.views.memory import Record, holds
from leadline.engines.views.models import SavedView
from leadline.engines.views.parsing import Tree, from_text, parse
from leadline.engines.views.sentences import sentence_of
from leadline.engines.views.sorting import after, cursor_of, order_by
from leadline.infra import lookup
from leadline.kit import clock
from leadline.kit.sentences import Sentence
from leadline.workspaces.actor import Actor

__all__ = [
    "Tree",
    "after",
    "check",
    "cursor_of",
    "describe",
    "from_text",
    "matcher",
    "matches",
    "order_by",
    "saved_view",
    "saved_views",
    "to_q",
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
    node, context = parse(tree, object_key), Context(actor, now or clock.now())
    return lambda record: holds(node, record, context)


def matches(
    tree: Tree | None, record: Record, object_key: str, actor: Actor, now: datetime | None = None
) -> bool:
    """Whether the filter finds this record: a model instance, or a mapping by field key."""
    return matcher(tree, object_key, actor, now)(record)


def describe(tree: Tree | None, object_key: str) -> Sentence:
    """The filter as a sentence, with labels and names; “always” for the empty one."""
    return sentence_of(parse(tree, object_key))


def saved_views(actor: Actor, object_key: str) -> Sequence[SavedView]:
    """The views of this object the actor may use, by name: 1 statement."""
    schema.object_type(object_key)
    rows = policy.visible_views(actor).filter(object_type=object_key)
    return list(rows.select_related("owner", "team").order_by("name", "id"))


def saved_view(actor: Actor, view_id: UUID) -> SavedView:
    """One view the actor may use."""
    return lookup.get(policy.visible_views(actor).select_related("owner", "team"), view_id)
