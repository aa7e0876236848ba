"""The lead form of the sandbox: its questions, and what LinkedIn keeps and delivers about an answer."""

from __future__ import annotations

import secrets
from collections.abc import Mapping
from typing import Any

from leadline.ads.models import SandboxAccount
from leadline.ads.ports import Desk, Filled, Noted, Question
from leadline.ads.rules.settings import SANDBOX_SIGNER
from leadline.capture import queries as capture
from leadline.capture.models import Connection
from leadline.channels.linkedin.access import KEY, sandbox_owner
from leadline.channels.linkedin.inbound import CREATED, DELETED, key_of, sign
from leadline.kit import clock, json
from leadline.kit.sentences import word

FORM_ID = 8123456
FORM_NAME = "Solar for factories"
FORGET = "forget"
_FORM_URN = f"urn:li:versionedLeadGenForm:(urn:li:leadGenForm:{FORM_ID},2)"
_SIZES = {"small": (1, "< 1 MW"), "large": (2, "1-5 MW")}
_TEXTS = {
    "first_name": (1, "FIRST_NAME", "First name"),
    "last_name": (2, "LAST_NAME", "Last name"),
    "email": (3, "EMAIL", "Email"),
    "company": (4, "COMPANY_NAME", "Company"),
}
_SIZE = 5


def form(connection: Connection) -> dict[str, Any]:
    """The form as LinkedIn describes it."""
    questions: list[dict[str, Any]] = [
        {"questionId": number, "name": key, "predefinedField": field, "question": _english(label)}
        for key, (number, field, label) in _TEXTS.items()
    ]
    options = [{"id": number, "text": _english(words)} for number, words in _SIZES.values()]
    size = {
        "questionId": _SIZE,
        "name": "size",
        "question": _english("Plant size"),
        "questionDetails": {"multipleChoiceQuestionDetails": {"options": options}},
    }
    return {
        "id": FORM_ID,
        "versionId": 2,
        "name": FORM_NAME,
        "state": "PUBLISHED",
        "owner": {"sponsoredAccount": sandbox_owner(connection)},
        "content": {"questions": [*questions, size]},
    }


def note(account: SandboxAccount, filled: Filled) -> Noted:
    """Keep an answer as LinkedIn does; its notification holds nothing but ids."""
    lead_id, now = f"{secrets.token_hex(4)}-{secrets.randbelow(9) + 1}", clock.now()
    owner = {"sponsoredAccount": sandbox_owner(account.connection)}
    at = int(now.timestamp() * 1000)
    lead = {
        "id": lead_id,
        "leadType": "SPONSORED",
        "owner": owner,
        "submitter": "urn:li:person:sandbox",
        "submittedAt": at,
        "testLead": filled.test,
        "versionedLeadGenFormUrn": _FORM_URN,
        "leadMetadata": {"sponsoredLeadMetadata": {"campaign": "urn:li:sponsoredCampaign:367370001"}},
        "formResponse": {
            "answers": _answers(filled),
            "consentResponses": [{"consentId": 1, "accepted": filled.consent}],
        },
    }
    told = {
        "type": "LEAD_ACTION",
        "leadGenFormResponse": f"urn:li:leadGenFormResponse:{lead_id}",
        "leadGenForm": _FORM_URN,
        "owner": owner,
        "associatedEntity": {"sponsoredCreative": "urn:li:sponsoredCreative:301234567"},
        "leadType": "SPONSORED",
    }
    actions = (CREATED, DELETED) if FORGET in account.switches else (CREATED,)
    deliveries = [json.dumps({**told, "leadAction": one, "occurredAt": at}).decode() for one in actions]
    return Noted(lead_id=lead_id, natural_key=key_of(lead_id), body=lead, deliveries=deliveries)


def headers(connection: Connection, raw: bytes) -> Mapping[str, str]:
    """How LinkedIn signs what it delivers."""
    signature = sign(raw, capture.secrets_of(connection).get(SANDBOX_SIGNER, ""))
    return {"User-Agent": "LinkedIn (sandbox)", "X-LI-Signature": signature}


def _answers(filled: Filled) -> list[dict[str, Any]]:
    given = {"email": ("test@example.com",)} if filled.test else filled.answers
    found: list[dict[str, Any]] = [
        {"questionId": number, "answerDetails": {"textQuestionAnswer": {"answer": given[key][0]}}}
        for key, (number, _, _) in _TEXTS.items()
        if given.get(key)
    ]
    chosen = [_SIZES[size][0] for size in given.get("size", ()) if size in _SIZES]
    if chosen:
        details = {"multipleChoiceAnswer": {"options": chosen}}
        found.append({"questionId": _SIZE, "answerDetails": details})
    return found


def _english(words: str) -> dict[str, Any]:
    return {"localized": {"en_US": words}}


DESK = Desk(
    channel=KEY,
    title=word("LinkedIn lead forms"),
    form_name=FORM_NAME,
    questions=(
        Question(key="first_name", label=word("First name"), example="Dana", required=True),
        Question(key="last_name", label=word("Last name"), example="Levi"),
        Question(key="email", label=word("E-mail"), kind="email", example="dana.levi@example.com"),
        Question(key="company", label=word("Company"), example="Levi Metal"),
        Question(
            key="size",
            label=word("Plant size"),
            kind="choice",
            choices=(("small", word("up to 1 MW")), ("large", word("1 to 5 MW"))),
        ),
    ),
    note=note,
    headers=headers,
    faults=(
        ("gone", word("The lead is not there (404)")),
        ("token", word("Access token expired (401)")),
        ("permission", word("A role is missing (403)")),
        ("version", word("API version withdrawn (426)")),
        ("rate", word("Too many questions (429)")),
        ("passing", word("Server error (500)")),
        ("slow", word("Slow answer (6 s)")),
        ("garbage", word("An answer that makes no sense")),
    ),
    switches=(
        ("twice", word("Deliver everything twice")),
        ("lost", word("Deliver nothing (fetch missed leads brings it)")),
        (FORGET, word("Ask to forget the lead at once")),
    ),
)
