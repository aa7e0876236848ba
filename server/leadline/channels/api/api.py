"""Hand in leads: one with its answer, or up to a thousand at once."""

from __future__ import annotations

from django.http import HttpResponse
from ninja import Router

from leadline.channels.api import taking
from leadline.channels.api.shapes import BatchIn, BatchOut, NewLead
from leadline.leads.queries import LeadOut
from leadline.workspaces.requests import ActorRequest

router = Router(tags=["leads"])


class CapturedLead(LeadOut):
    """The lead, and whether the inquiry joined one that was open already."""

    joined: bool


@router.post("/leads", response={201: CapturedLead, 200: CapturedLead})
def create_lead(request: ActorRequest, body: NewLead) -> HttpResponse:
    """Capture one lead: matched, scored and assigned before the answer; 200 when it joined an open one."""
    lead_id, created = taking.take_one(request.auth, body, request.body)
    lead = taking.answer(request.auth, lead_id)
    shown = CapturedLead.model_construct(**dict(lead), joined=not created)
    # The answer is made of our own values: it is written out as it is, not checked a second time.
    response = HttpResponse(shown.model_dump_json(), content_type="application/json")
    response.status_code = 201 if created else 200
    response.headers["ETag"] = f'"{lead.version}"'
    return response


@router.post("/leads/batch", response=BatchOut)
def create_leads(request: ActorRequest, body: BatchIn) -> BatchOut:
    """Capture up to a thousand leads; the answer has one result per lead, wrong ones with their reason."""
    return BatchOut(results=taking.take_many(request.auth, body.leads, request.body))
