"""Take in what was handed in, inside the request: strict about every field, set-based for batches."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any
from uuid import UUID

from pydantic import ValidationError

from leadline.capture import actions as capture
from leadline.capture.ports import Inquiry, Taken
from leadline.channels.api.inquiries import API, Hand, inquiry_of
from leadline.channels.api.shapes import BatchResult, NewLead
from leadline.engines.schema.actions import ValueCheck
from leadline.infra import tenancy
from leadline.kit import clock, ids
from leadline.kit.errors import Invalid
from leadline.leads import queries as leads
from leadline.leads.queries import LeadOut
from leadline.workspaces import policy as people
from leadline.workspaces import queries as workspaces
from leadline.workspaces.actor import Actor
from leadline.workspaces.rules import Right

_CONTENT_TYPE = "application/json"
_CUSTOM = "custom."


def take_one(actor: Actor, lead: NewLead, raw: bytes) -> tuple[UUID, bool]:
    """The lead's id and whether it was opened; Invalid (422) names the field that is wrong."""
    actor.require(Right.CHANGE_LEADS)
    check = _Check(actor, [lead])
    key = str(ids.new_id())
    inquiry = check.inquiry(lead, key)
    (taken,) = capture.take_in(actor, [inquiry], region=check.region)
    found = _lead_id(taken)
    if not actor.human:
        _keep(actor, key, raw, [taken])
    return found, taken.created


def take_many(actor: Actor, given: Sequence[Mapping[str, Any]], raw: bytes) -> list[BatchResult]:
    """One result per lead, in order; a wrong one gets its reason and does not spoil the others."""
    actor.require(Right.CHANGE_LEADS)
    read = [_read(values) for values in given]
    check = _Check(actor, [lead for lead in read if isinstance(lead, NewLead)])
    key = str(ids.new_id())
    results: dict[int, BatchResult] = {}
    inquiries: dict[int, Inquiry] = {}
    for index, lead in enumerate(read):
        if isinstance(lead, Invalid):
            results[index] = _error(index, lead)
            continue
        try:
            inquiries[index] = check.inquiry(lead, f"{key}:{index}")
        except Invalid as problem:
            results[index] = _error(index, problem)
    taken = capture.take_in(actor, list(inquiries.values()), region=check.region)
    for index, one in zip(inquiries, taken, strict=True):
        status = "created" if one.created else "joined"
        results[index] = BatchResult(index=index, status=status, id=_lead_id(one))
    if taken:
        _keep(actor, key, raw, taken)
    return [results[index] for index in range(len(read))]


def answer(actor: Actor, lead_id: UUID) -> LeadOut:
    """The lead for whoever handed it in, who sees what became of it even when it is another rep's."""
    own = actor.human and lead_id in leads.visible_ids(actor, [lead_id])
    shown = leads.lead_page(actor if own else Actor.product(actor.workspace_id), lead_id)
    if own or not actor.human:
        return shown
    nothing = shown.can.model_copy(update={"change": False, "delete": False, "send": False})
    return shown.model_copy(update={"can": nothing})


class _Check:
    """What the whole batch needs to know to check each lead, read once."""

    def __init__(self, actor: Actor, given: Sequence[NewLead]) -> None:
        self.hand = Hand(actor=actor, at=clock.now())
        self.region = workspaces.own_workspace(actor).phone_region
        self.values = ValueCheck("lead", {_CUSTOM + key for lead in given for key in lead.custom})
        owners = {lead.owner_id for lead in given if lead.owner_id is not None}
        members = people.visible_members(actor).filter(id__in=owners, active=True)
        self.members = set(members.values_list("id", flat=True)) if owners else set()

    def inquiry(self, lead: NewLead, natural_key: str) -> Inquiry:
        """The inquiry; Invalid (422) names the field that is wrong."""
        lead.require_readable_phone(self.region)
        if lead.owner_id is not None and lead.owner_id not in self.members:
            raise Invalid("owner_id: there is no active member with this id.", field="owner_id")
        custom = self.values({_CUSTOM + key: value for key, value in lead.custom.items()})
        return inquiry_of(lead, custom, self.hand, natural_key)


def _read(values: Mapping[str, Any]) -> NewLead | Invalid:
    try:
        return NewLead.model_validate(values)
    except ValidationError as problem:
        first = problem.errors()[0]
        field = ".".join(str(part) for part in first["loc"])
        if first["type"] == "extra_forbidden":
            return Invalid(f"There is no field “{field}”.", code="unknown_field", field=field)
        detail = first["msg"].removeprefix("Value error, ")
        return Invalid(
            f"{field}: {detail}." if field else f"{detail}.", code="invalid_field", field=field or None
        )


def _error(index: int, problem: Invalid) -> BatchResult:
    return BatchResult(
        index=index, status="error", code=problem.code, detail=problem.detail, field=problem.field
    )


def _lead_id(taken: Taken) -> UUID:
    if taken.lead is None:
        raise RuntimeError("An inquiry that opens a lead has one.")
    return taken.lead.id


def _keep(actor: Actor, key: str, raw: bytes, taken: Sequence[Taken]) -> None:
    capture.keep_understood(
        workspace_id=tenancy.require_current(),
        channel=API,
        natural_key=key,
        body=raw,
        content_type=_CONTENT_TYPE,
        lead_id=_lead_id(taken[0]) if len(taken) == 1 else None,
        contact_id=taken[0].contact.id if len(taken) == 1 else None,
        result={"count": len(taken), "created": sum(one.created for one in taken), "by": actor.name},
    )
