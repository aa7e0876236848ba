"""Which answer means what: the saved mapping first, then a guess by name, then by the look of the value."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Any

from leadline.channels.webforms.filled import Filled, plain
from leadline.kit import email, money, text
from leadline.kit.errors import Invalid

EXTRA = "extra"
IGNORE = "ignore"
STANDARD = (
    "name", "first_name", "last_name", "email", "phone", "company", "title", "text", "interest", "value",
    "currency", "city", "postcode", "country", "language", "source", "campaign", "page", "referrer",
    "consent",
)  # fmt: skip

_GUESSES: dict[str, str] = {
    "name": "name full_name fullname your_name nombre nombre_completo nom vor_und_nachname naam שם שם_מלא",
    "first_name": "first_name firstname fname first given_name vorname prenom nombre_de_pila שם_פרטי",
    "last_name": "last_name lastname lname last surname family_name nachname apellido apellidos שם_משפחה",
    "email": "email e_mail mail correo correo_electronico your_email email_address "
    "e_mail_address email_adresse adresse_email אימייל מייל דואל דוא_ל כתובת_מייל",
    "phone": "phone tel telephone mobile telefono phone_number phonenumber whatsapp cell cellphone "
    "mobile_number movil celular handy telefon telefonnummer telephone_number "
    "your_phone טלפון נייד מספר_טלפון",
    "company": "company organisation organization company_name firma empresa business societe חברה שם_החברה",
    "title": "job_title position role תפקיד",
    "text": "message comments comment nachricht mensaje your_message notes note text inquiry enquiry "
    "description what_do_you_need how_can_we_help הודעה הערות תוכן",
    "interest": "interest interests product products service services which_product interessen producto מוצר "
    "שירות תחום_עניין",
    "value": "value amount deal_value deal_amount budget תקציב",
    "currency": "currency",
    "city": "city town ciudad stadt ville עיר",
    "postcode": "postcode postal_code zip zip_code zipcode plz codigo_postal code_postal pin_code מיקוד",
    "country": "country pais land pays מדינה ארץ",
    "language": "lang language idioma sprache locale",
    "source": "source lead_source",
    "campaign": "campaign campaign_name",
    "page": "page_url page url source_url",
    "referrer": "referrer referer",
    "consent": "consent gdpr agree i_agree privacy accept marketing_consent i_agree_to_be_contacted",
}
_BY_NAME = {name: target for target, names in _GUESSES.items() for name in names.split()}
_WORDS = re.compile(r"[\W_]+")
_TRUE = {"1", "on", "yes", "true", "y", "ja", "si", "כן", "i agree", "accepted", "agree"}
_LOOKS_LIKE_PHONE = re.compile(r"\+?[\d\s().\-/]{7,24}")


@dataclass
class Mapped:
    """The answers by standard field; what has no place there is in `fields` (schema keys) or `extra`."""

    values: dict[str, str] = field(default_factory=dict)
    fields: dict[str, Any] = field(default_factory=dict)
    extra: dict[str, Any] = field(default_factory=dict)
    used: dict[str, str] = field(default_factory=dict)
    own: dict[str, str] = field(default_factory=dict)


class Why(StrEnum):
    """What says where an answer goes: a person, the tool itself, the name, or the look of the value."""

    CHOSEN = "chosen"
    TOOL = "tool"
    NAME = "name"
    LOOK = "look"


@dataclass(frozen=True, kw_only=True)
class Place:
    """One answer of a sample, and where it would go."""

    label: str
    answer: str
    target: str
    why: Why


def normalised(label: str) -> str:
    """The label as it is compared: lower case, no accents, punctuation as single underscores."""
    return _WORDS.sub("_", text.fold(label)).strip("_")


def guess(label: str) -> str | None:
    """The standard field a label names, trying `billing.first_name` as a whole and then its last part."""
    found = _BY_NAME.get(normalised(label))
    if found is None and "." in label:
        found = _BY_NAME.get(normalised(label.rsplit(".", 1)[1]))
    return found


def mapped(filled: Filled, mapping: Mapping[str, str]) -> Mapped:
    """Put every answer in its place; nothing is lost, a second answer for one place goes to `extra`."""
    made = Mapped()
    for label, answer in filled.answers.items():
        target = mapping.get(label) or filled.kinds.get(label) or guess(label)
        if target is None or not _put(made, target, label, answer):
            made.extra[label] = answer
    _look(made)
    return made


def places(filled: Filled, mapping: Mapping[str, str]) -> list[Place]:
    """Where each answer would go, and what says so, in the order of the answers."""
    made = mapped(filled, mapping)
    owners = {label: target for target, label in made.used.items()}
    return [
        Place(
            label=label,
            answer=_text(answer),
            target=_target(made, owners, label),
            why=_why(filled, mapping, label),
        )
        for label, answer in filled.answers.items()
    ]


def _target(made: Mapped, owners: Mapping[str, str], label: str) -> str:
    if label in owners:
        return owners[label]
    if label in made.extra:
        return EXTRA
    return next((key for key, from_label in made.own.items() if from_label == label), IGNORE)


def _why(filled: Filled, mapping: Mapping[str, str], label: str) -> Why:
    if label in mapping:
        return Why.CHOSEN
    if label in filled.kinds:
        return Why.TOOL
    return Why.NAME if guess(label) else Why.LOOK


def is_yes(answer: Any) -> bool:
    """Whether a consent box was ticked, in any of the ways tools write that."""
    if isinstance(answer, list):
        return any(is_yes(one) for one in answer)
    return answer is True or plain(answer).casefold() in _TRUE


def _put(made: Mapped, target: str, label: str, answer: Any) -> bool:
    if target == IGNORE:
        return True
    if target.startswith("custom."):
        made.fields[target] = answer
        made.own[target] = label
        return True
    words = _text(answer)
    if target not in STANDARD or not words:
        return False
    if target in made.values:
        # First and last answers of one kind are both text for the person who reads them.
        return False
    if target == "value" and not _is_amount(words):
        return False
    made.values[target] = words
    made.used[target] = label
    return True


def _text(answer: Any) -> str:
    if isinstance(answer, list):
        return ", ".join(filter(None, (plain(one) for one in answer)))
    if isinstance(answer, bool):
        return "yes" if answer else ""
    return plain(answer)


def _is_amount(words: str) -> bool:
    try:
        return len(words) <= 24 and money.parse(words, "USD").amount_minor >= 0
    except Invalid:
        return False


def _look(made: Mapped) -> None:
    for label, answer in list(made.extra.items()):
        words = answer if isinstance(answer, str) else ""
        if "email" not in made.values and "@" in words and email.normalise(words):
            made.values["email"] = made.extra.pop(label)
            made.used["email"] = label
        elif "phone" not in made.values and _is_phone(words):
            made.values["phone"] = made.extra.pop(label)
            made.used["phone"] = label


def _is_phone(words: str) -> bool:
    digits = sum(char.isdecimal() for char in words)
    if _LOOKS_LIKE_PHONE.fullmatch(words) is None or not 9 <= digits <= 15:
        return False
    # Plain ids are digits too: only what is written like a number counts.
    return words[0] in "+0(" or " " in words.strip()
