"""LinkedIn's list of an owner's leads."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import Any
from urllib.parse import quote

from leadline.ads.ports import LeadPage
from leadline.ads.rules import plain, record, records
from leadline.capture.models import Connection
from leadline.capture.ports import Item, TryAgain
from leadline.channels.linkedin import leads, rest
from leadline.channels.linkedin.access import KEY, Access, access_of
from leadline.channels.linkedin.inbound import key_of
from leadline.channels.linkedin.rest import Refused
from leadline.kit import clock, json
from leadline.kit.sentences import say

AT_ONCE = 50


class LinkedinLeadList:
    """What can be asked for when notifications never came."""

    channel = KEY

    def subjects(self, connection: Connection) -> Sequence[str]:
        """The owner: its leads are one list."""
        owner = access_of(connection).owner
        return [owner] if owner else []

    def page(self, connection: Connection, subject: str, since: datetime, cursor: str) -> LeadPage:
        """One page of the list; the cursor keeps the end of the time asked for, so that pages do not move."""
        access = access_of(connection)
        until, start = _place(cursor)
        body = ask(access, since, until, start, AT_ONCE)
        found = records(body.get("elements"))
        paging = record(body.get("paging"))
        total = paging.get("total") if isinstance(paging.get("total"), int) else None
        more = start + len(found) < total if total is not None else len(found) == AT_ONCE
        items = [
            Item(
                natural_key=key_of(plain(lead.get("id"))),
                body=json.dumps({"lead": lead, "form": leads.fetch_form(connection, access, lead)}),
                content_type="application/json",
            )
            for lead in found
            if plain(lead.get("id"))
        ]
        return LeadPage(items=items, cursor=f"{until}:{start + len(found)}" if more and found else "")


def ask(access: Access, since: datetime, until: int, start: int, count: int) -> dict[str, Any]:
    """The owner's leads of a time; raises TryAgain or DoorShut."""
    owner = f"({access.owner_kind}:{quote(access.owner, safe='')})"
    between = f"(start:{int(since.timestamp() * 1000)},end:{until})"
    path = (
        f"leadFormResponses?q=owner&owner={owner}&leadType=(leadType:{access.lead_type})"
        f"&submittedAtTimeRange={between}&count={count}&start={start}"
    )
    try:
        return rest.get(access, path)
    except Refused as problem:
        raise TryAgain(say("LinkedIn does not list the leads: {said}", said=str(problem))) from problem


def _place(cursor: str) -> tuple[int, int]:
    until, _, start = cursor.partition(":")
    if until.isdigit() and start.isdigit():
        return int(until), int(start)
    return int(clock.now().timestamp() * 1000), 0
