"""Take in what was handed in, inside the request: strict about every field, set-based for batches."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from pydantic import ValidationError

from leadline.capture import actions as capture
from leadline.capture.models import Submission
from leadline.capture.ports import Inquiry, Taken
from leadline.channels.api.inquiries import API, Hand, inquiry_of
from leadline.channels.api.shapes import BatchResult, NewLead
from leadline.engines.schema.actions import ValueCheck
from leadline.kit import clock, ids
from leadline.kit.errors import Invalid
from leadline.kit.sentences import say
from leadline.leads import queries as leads
from leadline.leads.queries import LeadOut
from leadline.workspaces import policy as people
from leadline.workspaces import queries as workspaces
from leadline.workspaces.actor import Actor
from leadline.workspaces.rules import Right

_CONTENT_TYPE = "application/json"
_CUSTOM = "custom."


@dataclass(frozen=True)
class Given:
    """One lead that was handed in alone, and the bytes it came in."""

    lead: NewLead
    raw: bytes


def take_each(actor: Actor, given: Sequence[Given]) -> list[Taken | Invalid]:
    """What became of each, in order; Invalid (422) names the field that is wrong in it alone."""
    check = _Check(actor, [one.lead for one in given])
    found: list[Taken | Invalid | None] = [None] * len(given)
    inquiries: dict[int, Inquiry] = {}
    for index, one in enumerate(given):
        try:
            inquiries[index] = check.inquiry(one.lead, str(ids.new_id()))
        except Invalid as problem:
            found[index] = problem
    for index, taken in zip(inquiries, _take_in(actor, inquiries.values(), check), strict=True):
        found[index] = taken
    if not actor.human:
        capture.keep_understood(
            [
                _kept(actor, inquiries[i].natural_key, given[i].raw, [t])
                for i, t in enumerate(found)
                if isinstance(t, Taken)
            ]
        )
    return [one for one in found if one is not None]


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
    taken = _take_in(actor, inquiries.values(), check)
    for index, one in zip(inquiries, taken, strict=True):
        status = "created" if one.created else "joined"
        results[index] = BatchResult(index=index, status=status, id=lead_id_of(one))
    if taken:
        capture.keep_understood([_kept(actor, key, raw, taken)])
    return [results[index] for index in range(len(read))]


def pages(actor: Actor, lead_ids: Collection[UUID]) -> dict[UUID, LeadOut]:
    """The leads for whoever handed them in, who sees what became of them even when they are another rep's."""
    own = leads.visible_ids(actor, lead_ids) if actor.human else set()
    shown = leads.lead_pages(actor, list(own)) if own else {}
    others = [lead_id for lead_id in lead_ids if lead_id not in own]
    for lead_id, page in leads.lead_pages(Actor.product(actor.workspace_id), others).items():
        shown[lead_id] = _only_shown(page) if actor.human else page
    return shown


def _only_shown(page: LeadOut) -> LeadOut:
    nothing = page.can.model_copy(update={"change": False, "delete": False, "send": False})
    return page.model_copy(update={"can": nothing})


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
            return Invalid(
                say("There is no field “{field}”.", field=field), code="unknown_field", field=field
            )
        detail = first["msg"].removeprefix("Value error, ")
        return Invalid(
            f"{field}: {detail}." if field else f"{detail}.", code="invalid_field", field=field or None
        )


def _error(index: int, problem: Invalid) -> BatchResult:
    return BatchResult(
        index=index, status="error", code=problem.code, detail=problem.detail, field=problem.field
    )


def lead_id_of(taken: Taken) -> UUID:
    """The lead of an inquiry that opens one."""
    if taken.lead is None:
        raise RuntimeError("An inquiry that opens a lead has one.")
    return taken.lead.id


def _take_in(actor: Actor, inquiries: Iterable[Inquiry], check: _Check) -> list[Taken]:
    return capture.take_in(actor, list(inquiries), region=check.region)


def _kept(actor: Actor, key: str, raw: bytes, taken: Sequence[Taken]) -> Submission:
    return capture.understood(
        workspace_id=actor.workspace_id,
        channel=API,
        natural_key=key,
        body=raw,
        content_type=_CONTENT_TYPE,
        lead_id=lead_id_of(taken[0]) if len(taken) == 1 else None,
        contact_id=taken[0].contact.id if len(taken) == 1 else None,
        result={"count": len(taken), "created": sum(one.created for one in taken), "by": actor.name},
    )
