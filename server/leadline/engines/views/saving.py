"""Keep views under a name, share them, and give a role the one it begins with."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any
from uuid import UUID

from django.db import IntegrityError, transaction

from leadline.engines.schema import queries as schema
from leadline.engines.views import policy
from leadline.engines.views.events import ViewsChanged
from leadline.engines.views.models import SavedView
from leadline.engines.views.queries import check, order_by
from leadline.engines.views.rules import MAX_COLUMNS, MAX_VIEWS, Sharing
from leadline.infra import events, lookup
from leadline.kit import text
from leadline.kit.errors import Conflict, Forbidden, Invalid
from leadline.kit.sentences import say
from leadline.workspaces import audit, queries
from leadline.workspaces.actor import Actor
from leadline.workspaces.rules import Role


def save_view(
    actor: Actor, *, object_key: str, name: str, values: Mapping[str, Any], view_id: UUID | None = None
) -> SavedView:
    """A view of the actor's own; the same id twice is the same view."""
    if actor.member_id is None:
        raise Forbidden("A view belongs to a member; only a member saves one.")
    schema.object_type(object_key)
    rows = SavedView.objects.filter(object_type=object_key, owner_id=actor.member_id)
    same = rows.filter(id=view_id).first() if view_id else None
    if same is not None:
        return same
    if rows.count() >= MAX_VIEWS:
        raise Conflict(say("Keep at most {most} views. Delete one first.", most=MAX_VIEWS), code="too_many")
    view = SavedView(object_type=object_key, owner_id=actor.member_id, **({"id": view_id} if view_id else {}))
    _set(actor, view, {"name": name, **values})
    _save(view)
    _note(actor, "created", view, {"name": view.name, "sharing": view.sharing})
    return view


def change_view(actor: Actor, view_id: UUID, changes: Mapping[str, Any], version: int | None) -> SavedView:
    """Rename a view, change what it shows, or share it."""
    view = lookup.lock(policy.visible_views(actor), view_id)
    policy.require_can_change(actor, view)
    if version is not None and view.version != version:
        raise Conflict("Somebody changed this meanwhile. Look again.", extra={"version": view.version})
    before = {name: getattr(view, name) for name in changes}
    _set(actor, view, changes)
    changed = {name: [old, getattr(view, name)] for name, old in before.items() if old != getattr(view, name)}
    if changed:
        _save(view)
        _note(actor, "changed", view, changed)
    return view


def delete_view(actor: Actor, view_id: UUID) -> None:
    """The view is gone; what it showed is not touched."""
    view = lookup.lock(policy.visible_views(actor), view_id)
    policy.require_can_change(actor, view)
    _note(actor, "deleted", view, {"name": view.name})
    view.delete()


def _set(actor: Actor, view: SavedView, values: Mapping[str, Any]) -> None:
    for name, value in values.items():
        setattr(view, name, _checked(actor, view, name, value))
    if view.sharing != Sharing.TEAM:
        view.team_id = None
    elif view.team_id is None:
        raise Invalid("Say with which team.", field="team_id")
    if view.sharing != Sharing.ALL and view.default_for:
        raise Invalid("A role can only begin with a view that everybody sees.", field="default_for")
    if "default_for" in values:
        _take_from_others(view)


def _checked(actor: Actor, view: SavedView, name: str, value: Any) -> Any:
    if name == "name":
        return _name(value)
    if name == "filter":
        return check(value, view.object_type) if value else {}
    if name == "sort" and value:
        order_by(value, view.object_type)
    if name == "team_id" and value:
        policy.require_can_share_with(actor, value)
        return queries.team(actor, value).id
    if name == "columns":
        return _columns(value)
    if name == "default_for" and list(value) != view.default_for:
        policy.require_can_set_defaults(actor)
        return sorted({Role(role).value for role in value})
    return value


def _columns(keys: Iterable[str]) -> list[str]:
    found = list(dict.fromkeys(text.clean(key, 60) for key in keys))
    if len(found) > MAX_COLUMNS:
        raise Invalid(say("A view has at most {most} columns.", most=MAX_COLUMNS), field="columns")
    return found


def _take_from_others(view: SavedView) -> None:
    """A role begins with one view."""
    taken = set(view.default_for)
    others = SavedView.objects.select_for_update().filter(object_type=view.object_type).exclude(id=view.id)
    for other in others.exclude(default_for=[]):
        left = [role for role in other.default_for if role not in taken]
        if left != other.default_for:
            other.default_for = left
            other.save(update_fields=["default_for"])


def _name(name: str) -> str:
    cleaned = " ".join(text.clean(name, 80).split())
    if not cleaned:
        raise Invalid("Give it a name.", field="name")
    return cleaned


def _save(view: SavedView) -> None:
    try:
        with transaction.atomic():
            view.save()
    except IntegrityError as error:
        if "view_name_once" in str(error):
            raise Conflict("There is one with this name already.", code="name_taken", field="name") from error
        raise


def _note(actor: Actor, action: str, view: SavedView, changes: Mapping[str, Any]) -> None:
    audit.record(actor, action, "view", view.id, changes)
    events.record(ViewsChanged(workspace_id=actor.workspace_id, object_type=view.object_type))
