"""All reads of lead forms."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import timedelta
from typing import Any
from uuid import UUID

from leadline.ads import policy
from leadline.ads.models import AdForm, SandboxAccount, SandboxLead
from leadline.ads.ports import listing_channels
from leadline.capture import queries as capture
from leadline.capture.models import Connection, Submission
from leadline.engines.timeline.ports import SENTENCE
from leadline.infra import lookup, tenancy
from leadline.kit import clock, signing
from leadline.kit.sentences import Text, sentence_of
from leadline.workspaces.actor import Actor

_SHOWN = 30
_FRESH_FOR = timedelta(days=1)


@dataclass(frozen=True, kw_only=True)
class Outcome:
    """A form filled in through the sandbox, and what became of it here; empty when it never arrived."""

    lead: SandboxLead
    state: str
    reason: Text
    lead_id: UUID | None


def form(connection: Connection, form_id: str) -> tuple[dict[str, Any], bool]:
    """A form as it was read last, and whether that is fresh enough; an empty one is not known yet."""
    with tenancy.workspace(connection.workspace_id):
        known = AdForm.objects.filter(connection=connection, form_id=form_id[:100]).first()
    if known is None:
        return {}, False
    return known.content, known.read_at > clock.now() - _FRESH_FOR


def listing_connections() -> list[tuple[UUID, UUID]]:
    """Workspace and id of every open connection whose platform can be asked for what was missed."""
    with tenancy.everywhere():
        rows = Connection.objects.filter(channel__in=listing_channels(), enabled=True, closed_at=None)
        return list(rows.order_by("id").values_list("workspace_id", "id"))


def account_by_token(channel: str, token: str) -> SandboxAccount | None:
    """The account of the sandbox with this access, whichever workspace it belongs to."""
    if not token:
        return None
    with tenancy.everywhere():
        rows = SandboxAccount.objects.filter(
            token_digest=signing.token_digest(token), connection__channel=channel, connection__closed_at=None
        )
        return rows.select_related("connection").first()


def accounts(actor: Actor, channel: str) -> list[SandboxAccount]:
    """The workspace's accounts at a platform of the sandbox, oldest first."""
    rows = policy.visible_accounts(actor).filter(connection__channel=channel)
    return list(rows.order_by("created_at", "id"))


def account(actor: Actor, account_id: UUID) -> SandboxAccount:
    """One account that the actor may use; NotFound (404) for another company's."""
    return lookup.get(policy.changeable_accounts(actor), account_id)


def outcomes(actor: Actor, channel: str, accounts: Sequence[SandboxAccount]) -> list[Outcome]:
    """The forms filled in last and what became of each, newest first; two statements."""
    leads = list(policy.visible_leads(actor, accounts).order_by("-at", "-id")[:_SHOWN])
    arrived = capture.received_as(actor, channel, [lead.natural_key for lead in leads])
    return [_outcome(lead, arrived.get(lead.natural_key)) for lead in leads]


def _outcome(lead: SandboxLead, found: Submission | None) -> Outcome:
    if found is None:
        return Outcome(lead=lead, state="", reason="", lead_id=None)
    why = sentence_of(found.result.get(SENTENCE)) or found.reason
    return Outcome(lead=lead, state=found.state, reason=why, lead_id=found.lead_id)
