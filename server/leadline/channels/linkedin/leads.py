"""Fetch leads and their forms, and read them."""

from __future__ import annotations

import re
from collections.abc import Mapping
from datetime import datetime
from typing import Any
from urllib.parse import quote
from uuid import UUID

from leadline.ads import actions as ads
from leadline.ads import queries
from leadline.ads.rules import AdLead, Answer, moment, plain, record, records, texts
from leadline.capture.models import Connection
from leadline.capture.ports import TryAgain
from leadline.channels.linkedin import rest
from leadline.channels.linkedin.access import KEY, Access
from leadline.channels.linkedin.inbound import key_of, last_part
from leadline.channels.linkedin.rest import Refused

_FORM_ID = re.compile(r"leadGenForm:(\d{1,30})")


def fetch_lead(access: Access, lead_id: str) -> dict[str, Any]:
    """What LinkedIn knows of a lead; raises Refused, TryAgain or DoorShut."""
    return rest.get(access, f"leadFormResponses/{quote(lead_id, safe='')}")


def fetch_form(connection: Connection, access: Access, lead: dict[str, Any]) -> dict[str, Any]:
    """The form of a lead, asked for once a day; what was known before when LinkedIn does not say now.

    Answers name their questions by number only: without any form TryAgain or DoorShut is passed on.
    """
    form_id = form_id_of(lead)
    if not form_id:
        return {}
    known, fresh = queries.form(connection, form_id)
    if fresh:
        return known
    try:
        found = rest.get(access, f"leadForms/{form_id}")
    except Refused:
        return known
    except TryAgain:
        if known:
            return known
        raise
    ads.keep_form(connection, form_id, plain(found.get("name")), found)
    return found


def form_id_of(lead: dict[str, Any]) -> str:
    """The id inside a lead's versioned form."""
    found = _FORM_ID.search(plain(lead.get("versionedLeadGenFormUrn")))
    return found[1] if found else ""


def read(
    lead: dict[str, Any],
    form: dict[str, Any],
    names: Mapping[str, str],
    connection_id: UUID | None,
    at: datetime,
    *,
    creative: str = "",
) -> AdLead:
    """The lead in the words of all platforms; `names` are the names of campaigns by id."""
    metadata = record(record(lead.get("leadMetadata")).get("sponsoredLeadMetadata"))
    campaign_id = last_part(plain(metadata.get("campaign")))
    response = record(lead.get("formResponse"))
    return AdLead(
        natural_key=key_of(plain(lead.get("id"))),
        channel=KEY,
        source=KEY,
        at=moment(lead.get("submittedAt")) or at,
        answers=_answers(response, form),
        connection_id=connection_id,
        campaign=names.get(campaign_id) or campaign_id,
        facts={
            "form": plain(form.get("name")),
            "form_id": form_id_of(lead),
            "campaign_id": campaign_id,
            "creative_id": creative,
            "lead_type": plain(lead.get("leadType")).lower(),
            "linkedin_lead_id": plain(lead.get("id")),
        },
        consent={
            f"consent {plain(one.get('consentId'))}".strip(): one.get("accepted") is True
            for one in records(response.get("consentResponses"))
        },
    )


def _answers(response: dict[str, Any], form: dict[str, Any]) -> list[Answer]:
    asked = {
        plain(one.get("questionId")): one for one in records(record(form.get("content")).get("questions"))
    }
    found = []
    for one in records(response.get("answers")):
        question = record(asked.get(plain(one.get("questionId"))))
        name = plain(question.get("name")) or plain(one.get("name"))
        # Some deployments show the same object under another key.
        details = record(one.get("answerDetails")) or record(one.get("accepted"))
        found.append(
            Answer(
                key=plain(question.get("predefinedField")) or name or plain(one.get("questionId")),
                label=_localized(question.get("question")) or name,
                values=_values(details, question),
            )
        )
    return found


def _values(details: dict[str, Any], question: dict[str, Any]) -> tuple[str, ...]:
    chosen = record(details.get("multipleChoiceAnswer"))
    if not chosen:
        return texts(record(details.get("textQuestionAnswer")).get("answer"))
    choice = record(record(question.get("questionDetails")).get("multipleChoiceQuestionDetails"))
    words = {plain(one.get("id")): _localized(one.get("text")) for one in records(choice.get("options"))}
    return tuple(words.get(option) or option for option in texts(chosen.get("options")))


def _localized(value: object) -> str:
    told = record(record(value).get("localized"))
    return plain(next(iter(told.values()), ""))
