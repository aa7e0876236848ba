"""Hand in leads: one with its answer, or up to a thousand at once."""

from __future__ import annotations

from django.http import HttpResponse
from ninja import Router

from leadline.channels.api import taking, together
from leadline.channels.api.shapes import BatchIn, BatchOut, NewLead
from leadline.channels.api.together import CapturedLead, Handed
from leadline.infra.web import gathers
from leadline.workspaces import answers
from leadline.workspaces.requests import ActorRequest

router = Router(tags=["leads"])


@router.post(gathers("POST", "/leads"), response={201: CapturedLead, 200: CapturedLead})
def create_lead(request: ActorRequest, body: NewLead) -> HttpResponse:
    """Capture one lead: matched, scored and assigned before the answer; 200 when it joined an open one."""
    handed = Handed(lead=body, raw=request.body, asked=answers.asked_once(request))
    return together.hand_in(request.auth, handed)


@router.post("/leads/batch", response=BatchOut)
def create_leads(request: ActorRequest, body: BatchIn) -> BatchOut:
    """Capture up to a thousand leads; the answer has one result per lead, wrong ones with their reason."""
    return BatchOut(results=taking.take_many(request.auth, body.leads, request.body))
