"""Views people keep, over HTTP."""

from __future__ import annotations

from typing import Annotated, Any
from uuid import UUID

from ninja import Router, Status
from pydantic import Field

from leadline.engines.views import policy, queries, saving
from leadline.engines.views.models import SavedView
from leadline.engines.views.rules import MAX_COLUMNS, Sharing
from leadline.infra.web import Shape, showing_current
from leadline.workspaces.actor import Actor
from leadline.workspaces.requests import ActorRequest
from leadline.workspaces.rules import Role

router = Router(tags=["views"])
Key = Annotated[str, Field(max_length=60)]


class ViewOut(Shape):
    """A saved view; `can_change` says whether this member may change it."""

    id: UUID
    version: int
    object: str
    name: str
    filter: dict[str, Any]
    columns: list[str]
    sort: str
    sharing: Sharing
    team_id: UUID | None
    owner_id: UUID
    owner_name: str
    default_for: list[Role]
    can_change: bool


class ViewFields(Shape):
    """What a view shows, and to whom."""

    filter: dict[str, Any] | None = None
    columns: Annotated[list[Key], Field(max_length=MAX_COLUMNS)] | None = None
    sort: Annotated[str, Field(max_length=120)] | None = None
    sharing: Sharing | None = None
    team_id: UUID | None = None
    default_for: Annotated[list[Role], Field(max_length=len(Role))] | None = None


class ViewIn(ViewFields):
    """A view to save."""

    id: UUID | None = None
    object: str
    name: Annotated[str, Field(max_length=200)]


class ViewChangeIn(ViewFields):
    """What may change of a view."""

    version: int | None = None
    name: Annotated[str, Field(max_length=200)] | None = None


def _shown(actor: Actor, view: SavedView) -> ViewOut:
    return ViewOut(
        id=view.id,
        version=view.version,
        object=view.object_type,
        name=view.name,
        filter=view.filter,
        columns=view.columns,
        sort=view.sort,
        sharing=Sharing(view.sharing),
        team_id=view.team_id,
        owner_id=view.owner_id,
        owner_name=view.owner.name,
        default_for=[Role(role) for role in view.default_for],
        can_change=policy.may_change(actor, view),
    )


def _sent(body: Shape, *apart: str) -> dict[str, Any]:
    sent = body.model_dump(exclude_unset=True, exclude=set(apart)).items()
    return {key: value for key, value in sent if value is not None or key == "team_id"}


def _one(actor: Actor, view_id: UUID) -> ViewOut:
    return _shown(actor, queries.saved_view(actor, view_id))


@router.get("/views", response=list[ViewOut])
def list_views(request: ActorRequest, object: str) -> list[ViewOut]:
    """The saved views of an object that this member may use, by name."""
    return [_shown(request.auth, view) for view in queries.saved_views(request.auth, object)]


@router.post("/views", response={201: ViewOut})
def create_view(request: ActorRequest, body: ViewIn) -> Status[ViewOut]:
    """Save a view."""
    values = _sent(body, "id", "object", "name")
    view = saving.save_view(
        request.auth, object_key=body.object, name=body.name, values=values, view_id=body.id
    )
    return Status(201, _one(request.auth, view.id))


@router.patch("/views/{view_id}", response=ViewOut)
def change_view(request: ActorRequest, view_id: UUID, body: ViewChangeIn) -> ViewOut:
    """Rename a view, change what it shows, or share it."""
    with showing_current(lambda: _one(request.auth, view_id)):
        saving.change_view(request.auth, view_id, _sent(body, "version"), body.version)
    return _one(request.auth, view_id)


@router.delete("/views/{view_id}", response={204: None})
def delete_view(request: ActorRequest, view_id: UUID) -> Status[None]:
    """Forget a view."""
    saving.delete_view(request.auth, view_id)
    return Status(204, None)
