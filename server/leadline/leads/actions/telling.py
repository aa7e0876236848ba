"""Tell members what happens to their leads."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from uuid import UUID

from leadline.engines.notices import actions as notices
from leadline.engines.notices.ports import Telling
from leadline.leads import queries
from leadline.leads.rules import source_label


def tell_of_joined(joined: Mapping[tuple[UUID, datetime], str]) -> None:
    """The owner of each lead hears once of each inquiry that joined it at a time through a channel."""
    leads = queries.leads_by_id([lead_id for lead_id, _ in joined])
    tellings = []
    for (lead_id, at), channel in joined.items():
        lead = leads.get(lead_id)
        if lead is None or lead.owner_id is None or lead.deleted_at is not None:
            continue
        tellings.append(
            Telling(
                member_id=lead.owner_id,
                kind="lead.joined",
                title=f"{lead.name} asked again ({source_label(channel)})",
                link_object="lead",
                link_id=lead.id,
                once=f"joined:{lead.id}:{at.isoformat()}",
            )
        )
    notices.tell(tellings)
