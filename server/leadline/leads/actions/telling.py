"""Tell members what happens to their leads."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from uuid import UUID

from leadline.engines.notices import actions as notices
from leadline.engines.notices import queries as notices_read
from leadline.engines.notices.ports import Telling
from leadline.kit.sentences import say
from leadline.leads import queries
from leadline.leads.rules import WRITTEN_CHANNELS, source_words

_MESSAGES = "messages:"


def tell_of_joined(joined: Mapping[tuple[UUID, datetime], str]) -> None:
    """The owner of each lead hears once of each inquiry that joined it at a time through a channel.

    Messages show themselves as unread: of those the owner hears again only after reading the last notice.
    """
    leads = queries.leads_by_id([lead_id for lead_id, _ in joined])
    read = notices_read.read_counts(list(leads), _MESSAGES)
    tellings: dict[str, Telling] = {}
    for (lead_id, at), channel in joined.items():
        lead = leads.get(lead_id)
        if lead is None or lead.owner_id is None or lead.deleted_at is not None:
            continue
        once = f"joined:{lead.id}:{at.isoformat()}"
        if channel in WRITTEN_CHANNELS:
            once = f"{_MESSAGES}{lead.id}:{read.get((lead.owner_id, lead.id), 0)}"
        tellings[once] = Telling(
            member_id=lead.owner_id,
            kind="lead.joined",
            title=say("{name} asked again ({channel})", name=lead.name, channel=source_words(channel)),
            link_object="lead",
            link_id=lead.id,
            once=once,
        )
    notices.tell(list(tellings.values()))
