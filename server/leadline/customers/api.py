"""Customers and conversions over HTTP."""

from __future__ import annotations

from typing import Annotated, Any
from uuid import UUID

from ninja import Router, Status
from pydantic import Field

from leadline.customers import actions, answers, queries, shapes
from leadline.customers.ports import Deal, NewCustomer, Wanted
from leadline.customers.rules import Mapped
from leadline.engines.timeline.ports import EntryOut
from leadline.engines.views import actions as views
from leadline.infra.web import Page, showing_current
from leadline.workspaces.requests import ActorRequest

Limit = Annotated[int, Field(ge=1, le=200)]
router = Router(tags=["customers"])


@router.get("/leads/{uuid:lead_id}/conversions/proposal", response=shapes.ProposalOut)
def get_conversion_proposal(request: ActorRequest, lead_id: UUID) -> dict[str, Any]:
    """What converting a lead would do: customer, deal, mapped and unmapped fields, customers it may be."""
    return answers.proposal_out(request.auth, queries.proposal(request.auth, lead_id))


@router.post("/leads/{uuid:lead_id}/conversions", response={201: shapes.ConversionOut})
def create_conversion(
    request: ActorRequest, lead_id: UUID, body: shapes.ConversionIn
) -> Status[dict[str, Any]]:
    """Make a lead a deal of a customer, new or known; the same id twice is the same conversion."""
    new = body.customer.new or shapes.NewCustomerIn()
    wanted = Wanted(
        id=body.id,
        existing_id=body.customer.existing_id,
        new=NewCustomer(**new.model_dump()),
        deal=Deal(**body.deal.model_dump()),
        fields=body.fields.model_dump(exclude_unset=True, exclude={"version"}),
    )
    with showing_current(
        lambda: shapes.ProposalOut.model_validate(get_conversion_proposal(request, lead_id))
    ):
        conversion = actions.convert_lead(request.auth, lead_id, wanted, body.version)
    return Status(201, answers.conversion_out(conversion))


@router.post("/conversions/{uuid:conversion_id}/undos", response=shapes.ConversionOut)
def create_conversion_undo(request: ActorRequest, conversion_id: UUID) -> dict[str, Any]:
    """Make the deal a lead again, within 30 days; what was touched since stays and is named."""
    return answers.conversion_out(actions.undo_conversion(request.auth, conversion_id))


@router.get("/customers", response=Page[shapes.CustomerRow])
def get_customers(
    request: ActorRequest,
    filter: str | None = None,
    q: str = "",
    sort: str = "-last_activity_at",
    cursor: str | None = None,
    limit: Limit = 50,
) -> Page[shapes.CustomerRow]:
    """A page of customers."""
    tree = views.from_text(filter)
    return queries.customers_page(request.auth, tree, q=q, sort=sort, cursor=cursor, limit=limit)


@router.get("/customers/{uuid:customer_id}", response=shapes.CustomerOut)
def get_customer(request: ActorRequest, customer_id: UUID) -> shapes.CustomerOut:
    """One customer with people, deals and counts."""
    return queries.customer_page(request.auth, customer_id)


@router.get("/customers/{uuid:customer_id}/timeline", response=Page[EntryOut])
def get_customer_timeline(
    request: ActorRequest,
    customer_id: UUID,
    cursor: str | None = None,
    kinds: str = "",
    limit: Limit = 50,
) -> Page[EntryOut]:
    """What happened with all leads, deals and people of a customer, newest first."""
    wanted = [kind for kind in kinds.split(",") if kind]
    return queries.customer_timeline(request.auth, customer_id, cursor=cursor, kinds=wanted, limit=limit)


@router.patch("/customers/{uuid:customer_id}", response=shapes.CustomerOut)
def change_customer(request: ActorRequest, customer_id: UUID, body: shapes.CustomerIn) -> shapes.CustomerOut:
    """Change what is sent; 409 with the present record when somebody changed it meanwhile."""
    sent = body.model_dump(exclude_unset=True, exclude={"version", "custom", "owner_id"})
    custom = {f"custom.{key}": value for key, value in (body.custom or {}).items()}
    owner = {"owner": body.owner_id} if "owner_id" in body.model_fields_set else {}
    with showing_current(lambda: queries.customer_page(request.auth, customer_id)):
        actions.change_customer(request.auth, customer_id, {**sent, **custom, **owner}, body.version)
    return queries.customer_page(request.auth, customer_id)


@router.get("/conversion-map", response=shapes.MapOut)
def get_conversion_map(request: ActorRequest) -> dict[str, Any]:
    """Which fields of a lead go where when it is converted."""
    return answers.map_out(queries.field_map(request.auth))


@router.put("/conversion-map", response=shapes.MapOut)
def put_conversion_map(request: ActorRequest, body: shapes.MapIn) -> dict[str, Any]:
    """Say which fields go where."""
    lines = [Mapped(line.source, line.side, line.target) for line in body.lines]
    with showing_current(lambda: shapes.MapOut.model_validate(get_conversion_map(request))):
        return answers.map_out(actions.set_map(request.auth, lines, body.version))
