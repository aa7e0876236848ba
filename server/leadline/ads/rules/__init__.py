"""An answered form as an inquiry. Pure; every platform's names for the same question are known here."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime
from typing import Any
from uuid import UUID

from leadline.capture.ports import Inquiry, NotUnderstood
from leadline.contacts.ports import IdentityIn, Person
from leadline.kit import email, text
from leadline.kit.sentences import word

INCOMPLETE = word("Incomplete: there is neither an e-mail address nor a phone number in it.")
_LONGEST_ANSWER = 10_000
_SHORT = 200
_MILLISECONDS_FROM = 10**11
_LAST_SECOND = 4_102_444_800  # the year 2100; later is not a time

_TARGETS = {
    **dict.fromkeys(("full_name", "name", "fullname"), "name"),
    **dict.fromkeys(("first_name", "firstname"), "first_name"),
    **dict.fromkeys(("last_name", "lastname"), "last_name"),
    **dict.fromkeys(("email", "work_email", "user_email", "email_address"), "email"),
    **dict.fromkeys(
        ("phone_number", "phone", "work_phone", "work_phone_number", "user_phone", "mobile_phone"), "phone"
    ),
    **dict.fromkeys(("company_name", "company"), "company"),
    **dict.fromkeys(("job_title", "title"), "title"),
    "city": "city",
    "country": "country",
}
_CLICK_IDS = frozenset(
    {"gclid", "gbraid", "wbraid", "fbclid", "fbc", "fbp", "msclkid", "ttclid", "li_fat_id"}
)
_BETWEEN = re.compile(r"[\s\-]+")
# Exports of Meta write the kind of a value before it.
_PHONE_MARK = re.compile(r"^p:\s*", re.IGNORECASE)


@dataclass(frozen=True, kw_only=True)
class Answer:
    """One question of a form and what was answered; `label` is the question as people read it."""

    key: str
    values: tuple[str, ...]
    label: str = ""


@dataclass(frozen=True, kw_only=True)
class AdLead:
    """A form that somebody filled in, in the words that all platforms share.

    `facts` are names and ids worth keeping (form, ad, campaign); `consent` maps boxes to whether they
    were ticked.
    """

    natural_key: str
    channel: str
    source: str
    at: datetime
    answers: Sequence[Answer]
    connection_id: UUID | None
    campaign: str = ""
    utm: Mapping[str, str] = field(default_factory=dict)
    facts: Mapping[str, str] = field(default_factory=dict)
    consent: Mapping[str, bool] = field(default_factory=dict)


def inquiry_of(lead: AdLead) -> Inquiry:
    """The inquiry in an answered form; NotUnderstood when nobody could be reached by it."""
    known: dict[str, list[str]] = {}
    tracked: dict[str, str] = {}
    others: list[Answer] = []
    for answer in lead.answers:
        values = [value for value in map(text.clean, answer.values) if value]
        key = _BETWEEN.sub("_", answer.key.strip().casefold())
        if not values:
            continue
        if key.startswith("utm_") or key in _CLICK_IDS:
            tracked[key] = values[0][:1000]
        elif key in _TARGETS:
            known.setdefault(_TARGETS[key], []).extend(values)
        else:
            others.append(Answer(key=answer.key, label=answer.label, values=tuple(values)))
    identities = _identities(known) or _addresses_in(others)
    if not identities:
        raise NotUnderstood(INCOMPLETE)
    return Inquiry(
        natural_key=lead.natural_key,
        channel=lead.channel,
        source=lead.source,
        at=lead.at,
        person=_person(lead, known, identities),
        text=_story(others),
        campaign=text.clean(lead.campaign or tracked.get("utm_campaign", ""), _SHORT),
        utm={**{key: value for key, value in lead.utm.items() if value}, **tracked},
        consent=_consent(lead),
        extra={**_extra(others), **_unplaced(known), **{k: v[:_SHORT] for k, v in lead.facts.items() if v}},
        connection_id=lead.connection_id,
    )


def names_in(given: str) -> dict[str, str]:
    """What somebody wrote as `id = name`, one pair a line, for platforms that tell ids only."""
    pairs = (line.partition("=") for line in given.splitlines())
    return {key.strip(): name.strip() for key, mark, name in pairs if mark and key.strip() and name.strip()}


def sandbox_id(connection_id: UUID) -> str:
    """The id that the sandbox gives to the account of a connection: fifteen digits, always the same."""
    return str(10**14 + connection_id.int % (9 * 10**14))


def plain(value: object) -> str:
    """Text and whole numbers as text (ids come as both, 0 for none); everything else is empty."""
    if isinstance(value, str):
        return value.strip()
    return str(value) if isinstance(value, int) and not isinstance(value, bool) and value else ""


def record(value: object) -> dict[str, Any]:
    """The value if it is an object, else an empty one: platforms leave parts out."""
    return value if isinstance(value, dict) else {}


def records(value: object) -> list[dict[str, Any]]:
    """The objects of a list; anything else in it is passed over."""
    return [item for item in value if isinstance(item, dict)] if isinstance(value, list) else []


def texts(value: object) -> tuple[str, ...]:
    """The texts and numbers of a list; a single one counts as a list of one."""
    items: Iterable[object] = value if isinstance(value, list) else [value]
    return tuple(words for words in map(plain, items) if words)


def moment(value: object) -> datetime | None:
    """The time in an ISO text, or in Unix seconds or milliseconds; None when there is none."""
    words = plain(value)
    if words.isascii() and words.isdigit() and len(words) <= 16:
        number = int(words)
        seconds = number / 1000 if number >= _MILLISECONDS_FROM else number
        return datetime.fromtimestamp(seconds, UTC) if 0 < seconds < _LAST_SECOND else None
    try:
        read = datetime.fromisoformat(words)
        return read.replace(tzinfo=UTC) if read.tzinfo is None else read.astimezone(UTC)
    except (ValueError, OverflowError):
        return None


def _identities(known: Mapping[str, Sequence[str]]) -> tuple[IdentityIn, ...]:
    found = [IdentityIn("email", value[:320]) for value in known.get("email", ())]
    found += [IdentityIn("phone", _PHONE_MARK.sub("", value)[:60]) for value in known.get("phone", ())]
    return tuple(dict.fromkeys(found))


def _addresses_in(answers: Sequence[Answer]) -> tuple[IdentityIn, ...]:
    # A question of the advertiser's own may have asked for the address.
    values = [value for one in answers for value in one.values if "@" in value and email.normalise(value)]
    return tuple(IdentityIn("email", value[:320]) for value in dict.fromkeys(values))


def _person(lead: AdLead, known: Mapping[str, Sequence[str]], identities: tuple[IdentityIn, ...]) -> Person:
    first = {target: values[0] for target, values in known.items()}
    parts = [first.get("first_name", ""), first.get("last_name", "")]
    country = first.get("country", "")
    return Person(
        name=(first.get("name") or " ".join(part for part in parts if part))[:_SHORT],
        company=first.get("company", "")[:_SHORT],
        identities=identities,
        city=first.get("city", "")[:120],
        country=country.upper() if _is_code(country) else "",
        consent=_consent(lead),
        fields={"title": first["title"][:_SHORT]} if first.get("title") else {},
    )


def _is_code(country: str) -> bool:
    return len(country) == 2 and country.isascii() and country.isalpha()


def _unplaced(known: Mapping[str, Sequence[str]]) -> dict[str, str]:
    # Only a code is stored as a country; its name stays readable beside it.
    country = next(iter(known.get("country", ())), "")
    return {"country": country[:_SHORT]} if country and not _is_code(country) else {}


def _story(answers: Sequence[Answer]) -> str:
    lines = [f"{one.label or one.key}: {', '.join(one.values)}" for one in answers]
    return "\n".join(lines)[:_LONGEST_ANSWER]


def _extra(answers: Sequence[Answer]) -> dict[str, Any]:
    extra: dict[str, Any] = {}
    for one in answers:
        told = [value[:_LONGEST_ANSWER] for value in one.values]
        extra[(one.label or one.key)[:_SHORT]] = told[0] if len(told) == 1 else told
    return extra


def _consent(lead: AdLead) -> dict[str, Any]:
    if not lead.consent:
        return {}
    told = ", ".join(f"{box}: {'yes' if ticked else 'no'}" for box, ticked in lead.consent.items())
    return {
        "marketing": any(lead.consent.values()),
        "text": told[:1000],
        "at": lead.at.isoformat(),
        "form": lead.facts.get("form", ""),
    }
