"""Fetch leads and their forms, and read them."""

from __future__ import annotations

from datetime import datetime
from typing import Any
from uuid import UUID

from leadline.ads import actions as ads
from leadline.ads import queries
from leadline.ads.rules import AdLead, Answer, moment, plain, record, records, texts
from leadline.capture.models import Connection
from leadline.capture.ports import TryAgain
from leadline.channels.meta_ads import graph
from leadline.channels.meta_ads.access import KEY, Access
from leadline.channels.meta_ads.graph import Refused
from leadline.channels.meta_ads.inbound import key_of

# Without the permission to see ads these alone are handed out; the person's answers are among them.
PLAIN_FIELDS = "id,created_time,form_id,is_organic,platform,custom_disclaimer_responses,field_data"
ALL_FIELDS = (
    "id,created_time,ad_id,ad_name,adset_id,adset_name,campaign_id,campaign_name,form_id,is_organic,"
    "platform,partner_name,custom_disclaimer_responses,field_data"
)
FORM_FIELDS = "id,name,locale,status,questions"
_INVISIBLE = 33


def fetch_lead(access: Access, lead_id: str) -> dict[str, Any]:
    """What Meta knows of a lead; raises Refused, TryAgain or DoorShut."""
    try:
        return graph.get(access, lead_id, fields=ALL_FIELDS).body
    except Refused as problem:
        if problem.subcode == _INVISIBLE or not (problem.is_permission or problem.code == 100):
            raise
    # The names of ads need a permission of their own: without them the lead is still a lead.
    return graph.get(access, lead_id, fields=PLAIN_FIELDS).body


def fetch_form(connection: Connection, access: Access, form_id: str) -> dict[str, Any]:
    """The form of a lead, asked for once a day; what was known before when Meta does not say now."""
    if not form_id:
        return {}
    known, fresh = queries.form(connection, form_id)
    if fresh:
        return known
    try:
        found = graph.get(access, form_id, fields=FORM_FIELDS).body
    except (Refused, TryAgain):
        return known
    ads.keep_form(connection, form_id, plain(found.get("name")), found)
    return found


def is_test(lead: dict[str, Any]) -> bool:
    """Whether Meta's testing tool made the lead: its answers are dummies."""
    values = [value for one in records(lead.get("field_data")) for value in texts(one.get("values"))]
    return any(value.startswith("<test lead:") or value.lower() == "test@fb.com" for value in values)


def read(lead: dict[str, Any], form: dict[str, Any], connection_id: UUID | None, at: datetime) -> AdLead:
    """The lead in the words of all platforms; `at` stands in where it has no time."""
    lead_id, platform = plain(lead.get("id")), plain(lead.get("platform")).lower()
    campaign = plain(lead.get("campaign_name"))
    return AdLead(
        natural_key=key_of(lead_id),
        channel=KEY,
        source="instagram" if platform in {"ig", "instagram"} else "facebook",
        at=moment(lead.get("created_time")) or at,
        answers=_answers(lead, form),
        connection_id=connection_id,
        campaign=campaign or plain(lead.get("campaign_id")),
        facts={
            "form": plain(form.get("name")),
            "form_id": plain(lead.get("form_id")),
            "ad": plain(lead.get("ad_name")),
            "ad_id": plain(lead.get("ad_id")),
            "ad_set": plain(lead.get("adset_name")),
            "ad_set_id": plain(lead.get("adset_id")),
            "campaign_id": plain(lead.get("campaign_id")),
            "platform": platform,
            "partner": plain(lead.get("partner_name")),
            "organic": "yes" if lead.get("is_organic") is True else "",
            "meta_lead_id": lead_id,
        },
        consent={
            plain(one.get("checkbox_key")) or "consent": plain(one.get("is_checked")) in {"1", "true"}
            for one in records(lead.get("custom_disclaimer_responses"))
        },
    )


def _answers(lead: dict[str, Any], form: dict[str, Any]) -> list[Answer]:
    questions = {plain(one.get("key")): one for one in records(form.get("questions"))}
    found = []
    for one in records(lead.get("field_data")):
        key = plain(one.get("name"))
        question = record(questions.get(key))
        # Choices come as keys; people read their words.
        words = {plain(o.get("key")): plain(o.get("value")) for o in records(question.get("options"))}
        values = tuple(words.get(value) or value for value in texts(one.get("values")))
        found.append(Answer(key=key, label=plain(question.get("label")), values=values))
    return found
