"""Leads as records that are changed together."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import Any
from uuid import UUID

from django.core.exceptions import ValidationError
from django.db.models import QuerySet

from leadline.engines.bulk.ports import Changed, Chosen, Wanted
from leadline.engines.notices.ports import Telling
from leadline.engines.schema import actions as schema
from leadline.kit import text
from leadline.kit.errors import Invalid
from leadline.kit.sentences import Sentence, count, say
from leadline.leads import actions, policy, queries
from leadline.leads.actions.moving import listed
from leadline.leads.rules import Kind, StageKind
from leadline.workspaces.actor import Actor

SETTABLE = (
    *("source", "campaign", "interest", "competitor", "lead_type", "next_step", "next_step_at", "custom"),
)
_LISTED = frozenset({"filter", "view", "kind", "q"})


class LeadsTogether:
    """Many leads are given fields, tags, an owner, a stage, or put into the trash."""

    object_type = "lead"

    def checked(self, actor: Actor, wanted: Wanted) -> Wanted:
        """The change as it is kept."""
        check = _CHECKS.get(wanted.action)
        if check is None:
            known = ", ".join(_CHECKS)
            raise Invalid(say("Choose one of: {known}.", known=known), field="action")
        return Wanted(wanted.action, check(actor, wanted.values))

    def chosen(self, actor: Actor, chosen: Chosen) -> QuerySet[Any]:
        """Those of the leads the actor sees."""
        if chosen.listed is None:
            return queries.leads_with(actor, chosen.ids)
        return queries.listed(actor, **_asked(chosen.listed))

    def change(self, actor: Actor, record_ids: Sequence[UUID], wanted: Wanted) -> list[Changed]:
        """Change these leads."""
        return actions.change_together(actor, record_ids, wanted)

    def undo(self, actor: Actor, done: Sequence[Changed], wanted: Wanted) -> list[Changed]:
        """Take back what was done to these leads."""
        return actions.take_back_together(actor, done, wanted)

    def described(self, wanted: Wanted) -> Sentence:
        """The change in a few words."""
        return _WORDS[wanted.action](wanted.values)

    def tell(self, actor: Actor, wanted: Wanted, number: int) -> Sequence[Telling]:
        """Whoever gets the leads hears of it once."""
        owner_id = wanted.values.get("owner_id")
        return [_given(actor, UUID(owner_id), number)] if wanted.action == "assign" and owner_id else []


def _given(actor: Actor, owner_id: UUID, n: int) -> Telling:
    title = count(n, "{n} lead is yours now", "{n} leads are yours now")
    by = say("Given to you by {actor}.", actor=actor.name)
    return Telling(member_id=owner_id, kind="lead.assigned", title=title, text=by)


def _asked(asked: Mapping[str, Any]) -> dict[str, Any]:
    """What the list was asked with; Invalid (422) names what is no part of it."""
    unknown = sorted(asked.keys() - _LISTED)
    if unknown:
        raise Invalid(say("A list has no “{key}”.", key=unknown[0][:40]), field="listed")
    tree, view, kind, q = (asked.get(name) for name in ("filter", "view", "kind", "q"))
    if tree is not None and not isinstance(tree, dict):
        raise Invalid("The filter of a list is an object.", field="listed")
    if kind is not None and kind not in list(Kind):
        raise Invalid(say("There is no kind “{kind}”.", kind=str(kind)[:40]), field="listed")
    return {
        "tree": tree or None,
        "view": str(view or "all"),
        "kind": Kind(kind) if kind else None,
        "q": str(q or ""),
    }


def _fields(actor: Actor, values: Mapping[str, Any]) -> dict[str, Any]:
    unknown = sorted(values.keys() - set(SETTABLE))
    if unknown or not values:
        keys = ", ".join(SETTABLE)
        raise Invalid(say("These fields can be set for many leads: {keys}.", keys=keys), field="values")
    try:
        typed = actions.typed(values)
    except ValidationError as error:
        raise Invalid("Give a moment with its time zone.", field="next_step_at") from error
    kept = actions.checked(typed)
    return {key: value if key == "custom" else values[key] for key, value in kept.items()}


def _tags(actor: Actor, values: Mapping[str, Any]) -> dict[str, Any]:
    found = {
        name: schema.check_values("lead", {"tags": values.get(name) or []})["tags"] or []
        for name in ("add", "remove")
    }
    if not found["add"] and not found["remove"]:
        raise Invalid("Name a tag.", field="values")
    return found


def _owner(actor: Actor, values: Mapping[str, Any]) -> dict[str, Any]:
    given = values.get("owner_id")
    if given is None and "owner_id" in values:
        return {"owner_id": None}
    return {"owner_id": str(actions.active_member(actor, _id(given, "owner_id")).id)}


def _stage(actor: Actor, values: Mapping[str, Any]) -> dict[str, Any]:
    stage = queries.stage(actor, _id(values.get("stage_id"), "stage_id"))
    kept: dict[str, Any] = {"stage_id": str(stage.id)}
    if stage.kind == StageKind.LOST:
        lost = values.get("lost")
        lost = lost if isinstance(lost, Mapping) else {}
        reason = queries.loss_reason(actor, _id(lost.get("reason_id"), "lost.reason_id"))
        kept["lost"] = {
            "reason_id": str(reason.id),
            "note": text.clean(str(lost.get("note") or ""), 2000),
            "competitor": text.clean(str(lost.get("competitor") or ""), 200),
        }
    return kept


def _trash(actor: Actor, values: Mapping[str, Any]) -> dict[str, Any]:
    policy.require_can_delete(actor)
    return {}


def _id(value: Any, field: str) -> UUID:
    try:
        return UUID(str(value))
    except ValueError as error:
        raise Invalid("Give an id.", field=field) from error


_CHECKS: Mapping[str, Callable[[Actor, Mapping[str, Any]], dict[str, Any]]] = {
    "set": _fields,
    "tag": _tags,
    "assign": _owner,
    "move": _stage,
    "delete": _trash,
}


def _said_fields(values: Mapping[str, Any]) -> Sentence:
    keys = [key for key in values if key != "custom"] + [f"custom.{key}" for key in values.get("custom", {})]
    found = schema.fields_named("lead", keys)
    return say("Set: {fields}", fields=listed([found[key] for key in keys if key in found]))


def _said_tags(values: Mapping[str, Any]) -> Sentence:
    if values["add"]:
        return say("Tags put on: {tags}", tags=", ".join(values["add"]))
    return say("Tags taken off: {tags}", tags=", ".join(values["remove"]))


def _said_owner(values: Mapping[str, Any]) -> Sentence:
    name = queries.owner_name(values["owner_id"]) if values["owner_id"] else ""
    return say("Given to {owner}", owner=name or say("nobody"))


def _said_stage(values: Mapping[str, Any]) -> Sentence:
    return say("Moved to {stage}", stage=queries.stage_name(values["stage_id"]))


_WORDS: Mapping[str, Callable[[Mapping[str, Any]], Sentence]] = {
    "set": _said_fields,
    "tag": _said_tags,
    "assign": _said_owner,
    "move": _said_stage,
    "delete": lambda values: say("Put into the trash"),
}
