"""A filled-in form as an inquiry."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any
from uuid import UUID

from leadline.capture.ports import Inquiry
from leadline.channels.webforms import attribution
from leadline.channels.webforms.activities import lead_type_of
from leadline.channels.webforms.attribution import Attribution
from leadline.channels.webforms.filled import Filled, plain, record
from leadline.channels.webforms.mapping import Mapped, is_yes, mapped
from leadline.contacts.ports import IdentityIn, Person
from leadline.kit import money
from leadline.kit.errors import Invalid

CHANNEL = "form"
_CONTROL = ("_redirect", "_ts", "_sig", "_key", "_lang", "_embed", "_told", "altcha")
_HONEYPOT = "_hp_"
_LONGEST_ANSWER = 10_000
_SHORT = 200


@dataclass(frozen=True, kw_only=True)
class Setting:
    """What the receiver knows about a form apart from what was filled in."""

    connection_id: UUID
    name: str
    received_at: datetime
    source: str = ""
    campaign: str = ""
    consent_text: str = ""
    mapping: Mapping[str, str] = field(default_factory=dict)
    page: str = ""
    referrer: str = ""
    kind: str = ""
    offer: str = ""
    labels: Mapping[str, str] = field(default_factory=dict)


def inquiry_of(filled: Filled, setting: Setting, natural_key: str) -> Inquiry | None:
    """The inquiry in a filled-in form; None when neither a mail address nor a number is in it."""
    hidden = {k: v for k, v in filled.answers.items() if k in attribution.NAMES}
    answers = {k: v for k, v in filled.answers.items() if k not in hidden and not _is_control(k)}
    read = mapped(_with(filled, answers), setting.mapping)
    if not read.values.get("email") and not read.values.get("phone"):
        return None
    came = attribution.read(
        {**hidden, **filled.attribution},
        page=filled.page or read.values.get("page", "") or setting.page,
        referrer=read.values.get("referrer", "") or setting.referrer,
    )
    consent = _consent(filled, read, setting)
    return Inquiry(
        natural_key=natural_key,
        channel=CHANNEL,
        source=_source(read, came, setting),
        at=filled.at or setting.received_at,
        person=_person(read, consent),
        text=_story(filled, read),
        interest=read.values.get("interest", "")[:300],
        value_minor=_minor(read),
        currency=_currency(read),
        campaign=_campaign(read, came, setting),
        utm={name: value for name, value in came.utm.items() if name != "vid"},
        visitor=came.utm.get("vid", ""),
        page=came.page,
        referrer=came.referrer,
        consent=consent,
        fields={**_type(setting), **read.fields},
        extra=_extra(filled, read, came, setting),
        opens_lead=filled.opens_lead,
        connection_id=setting.connection_id,
    )


def _is_control(name: str) -> bool:
    return name in _CONTROL or name.startswith(_HONEYPOT)


def _with(filled: Filled, answers: Mapping[str, Any]) -> Filled:
    return Filled(answers=answers, kinds=filled.kinds)


def _person(read: Mapped, consent: Mapping[str, Any]) -> Person:
    values = read.values
    parts = [values.get("first_name", ""), values.get("last_name", "")]
    name = values.get("name") or " ".join(part for part in parts if part)
    kinds = [kind for kind in ("email", "phone") if values.get(kind)]
    country = values.get("country", "")
    return Person(
        name=name[:_SHORT],
        company=values.get("company", "")[:_SHORT],
        identities=tuple(IdentityIn(kind, values[kind][:320]) for kind in kinds),
        city=values.get("city", "")[:120],
        # Only a code is stored as a country; its name stays readable in the extra data.
        country=country.upper() if len(country) == 2 and country.isascii() and country.isalpha() else "",
        language=values.get("language", "").split("-")[0].split("_")[0].lower()[:10],
        consent=dict(consent),
        fields={key: values[key][:_SHORT] for key in ("title", "postcode") if values.get(key)},
    )


def _source(read: Mapped, came: Attribution, setting: Setting) -> str:
    named = plain(read.values.get("source")).lower().replace(" ", "_")[:60]
    return named or came.source or setting.source or "website"


def _campaign(read: Mapped, came: Attribution, setting: Setting) -> str:
    named = read.values.get("campaign") or came.utm.get("utm_campaign", "") or setting.campaign
    return named or (setting.offer if setting.kind == "event" else "")


def _type(setting: Setting) -> dict[str, Any]:
    kind = lead_type_of(setting.kind)
    return {"lead_type": kind} if kind else {}


def _story(filled: Filled, read: Mapped) -> str:
    parts = [read.values.get("text", ""), filled.text]
    return "\n".join(part for part in parts if part)[:_LONGEST_ANSWER]


def _currency(read: Mapped) -> str:
    code = read.values.get("currency", "").upper()
    try:
        money.exponent(code)
    except Invalid:
        return ""
    return code


def _minor(read: Mapped) -> int | None:
    if not read.values.get("value"):
        return None
    # The mapping let it through, so it is an amount; without a currency it is one with cents.
    return money.parse(read.values["value"], _currency(read) or "USD").amount_minor


def _consent(filled: Filled, read: Mapped, setting: Setting) -> dict[str, Any]:
    given = filled.consent
    ticked = "consent" in read.values and is_yes(read.values["consent"])
    if not given and not ticked and setting.kind != "newsletter":
        return {}
    agreed = bool(record(given).get("marketing", True)) if given else True
    at = plain(record(given).get("at")) or setting.received_at.isoformat()
    shown = plain(record(given).get("text")) or setting.consent_text
    return {"marketing": agreed, "text": shown[:1000], "at": at, "form": filled.form_name or setting.name}


def _extra(filled: Filled, read: Mapped, came: Attribution, setting: Setting) -> dict[str, Any]:
    extra = {
        label[:_SHORT]: _bounded(answer) for label, answer in read.extra.items() if answer not in ("", [])
    }
    extra["form"] = filled.form_name or setting.name
    if setting.kind == "event" and setting.offer:
        extra["event"] = setting.offer
    if came.first:
        extra["first_touch"] = dict(came.first)
    if read.values.get("country") and len(read.values["country"]) != 2:
        extra["country"] = read.values["country"]
    return extra


def _bounded(answer: Any) -> Any:
    return answer[:_LONGEST_ANSWER] if isinstance(answer, str | list) else answer
