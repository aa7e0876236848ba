"""Meta's lists of leads, form by form."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from leadline.ads.ports import LeadPage
from leadline.ads.rules import plain, record, records
from leadline.capture.models import Connection
from leadline.capture.ports import Item, TryAgain
from leadline.channels.meta_ads import graph, leads
from leadline.channels.meta_ads.access import KEY, Access, access_of
from leadline.channels.meta_ads.graph import NEARLY_USED_UP, Refused, Said, consequence
from leadline.channels.meta_ads.inbound import key_of
from leadline.kit import json
from leadline.kit.sentences import say

_FORMS_AT_ONCE = "50"
_LEADS_AT_ONCE = "100"
_MOST_PAGES = 20


class MetaLeadList:
    """What can be asked for when deliveries never came."""

    channel = KEY

    def subjects(self, connection: Connection) -> Sequence[str]:
        """The ids of the page's forms; archived ones too, for their last leads may be missing."""
        return [plain(form.get("id")) for form in forms(access_of(connection))]

    def page(self, connection: Connection, subject: str, since: datetime, cursor: str) -> LeadPage:
        """One page of a form's leads; each item is the lead with its form, as if it had been fetched."""
        access = access_of(connection)
        form = leads.fetch_form(connection, access, subject)
        try:
            said = _leads(access, subject, since, cursor)
        except Refused as problem:
            if not cursor:
                raise _unlisted(subject, problem) from problem
            # A cursor that was kept for long is not known any more: the list begins anew.
            said = _from_the_beginning(access, subject, since)
        found = records(said.body.get("data"))
        return LeadPage(
            items=[_item(lead, form) for lead in found if plain(lead.get("id"))],
            cursor=next_cursor(said.body),
            enough=said.used >= NEARLY_USED_UP,
        )


def forms(access: Access) -> list[dict[str, Any]]:
    """The page's forms; raises TryAgain or DoorShut."""
    found: list[dict[str, Any]] = []
    cursor = ""
    for _ in range(_MOST_PAGES):
        query = {"fields": "id,name,status,leads_count", "limit": _FORMS_AT_ONCE}
        said = _asked(access, f"{access.page_id}/leadgen_forms", **query, **_after(cursor))
        found += [form for form in records(said.body.get("data")) if plain(form.get("id"))]
        cursor = next_cursor(said.body)
        if not cursor:
            break
    return found


def next_cursor(body: dict[str, Any]) -> str:
    """Where the next page begins; empty on the last one."""
    paging = record(body.get("paging"))
    return plain(record(paging.get("cursors")).get("after")) if paging.get("next") else ""


def _from_the_beginning(access: Access, form_id: str, since: datetime) -> Said:
    try:
        return _leads(access, form_id, since, "")
    except Refused as problem:
        raise _unlisted(form_id, problem) from problem


def _unlisted(form_id: str, problem: Refused) -> TryAgain:
    said = str(problem)
    return TryAgain(say("Meta does not list the leads of form {number}: {said}", number=form_id, said=said))


def _leads(access: Access, form_id: str, since: datetime, cursor: str) -> Said:
    after = {"field": "time_created", "operator": "GREATER_THAN", "value": int(since.timestamp())}
    query = {"limit": _LEADS_AT_ONCE, "filtering": json.dumps([after]).decode(), **_after(cursor)}
    try:
        return graph.get(access, f"{form_id}/leads", fields=leads.ALL_FIELDS, **query)
    except Refused as problem:
        if not problem.is_permission:
            raise
    try:
        return graph.get(access, f"{form_id}/leads", fields=leads.PLAIN_FIELDS, **query)
    except Refused as problem:
        if problem.is_permission:
            raise consequence(problem) from problem
        raise


def _asked(access: Access, path: str, **query: str) -> Said:
    try:
        return graph.get(access, path, **query)
    except Refused as problem:
        meant = consequence(problem)
        if isinstance(meant, TryAgain):
            raise meant from problem
        raise TryAgain(say("Meta does not list it: {said}", said=str(problem))) from problem


def _after(cursor: str) -> dict[str, str]:
    return {"after": cursor} if cursor else {}


def _item(lead: dict[str, Any], form: dict[str, Any]) -> Item:
    return Item(
        natural_key=key_of(plain(lead.get("id"))),
        body=json.dumps({"lead": lead, "form": form}),
        content_type="application/json",
    )
