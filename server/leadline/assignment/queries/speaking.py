"""Which language the person of a lead speaks, and how that is known."""

from __future__ import annotations

from collections.abc import Callable
from copy import copy

from leadline.assignment.rules import LanguageBy
from leadline.engines.views.rules import fields_asked
from leadline.kit.languages import languages_of_region
from leadline.leads.models import Lead

LANGUAGE = "contact.language"
Test = Callable[[Lead], bool]


def asks_for_language(when: object) -> bool:
    """Whether a condition asks which language somebody speaks."""
    return LANGUAGE in fields_asked(when)


def by_country_too(test: Test) -> Test:
    """The same question, where nobody knows the language asked about the first one of the country."""
    return lambda lead: test(_as_spoken(lead))


def known_by(lead: Lead) -> LanguageBy:
    """How the language of a lead's person is known."""
    if not lead.contact.language:
        return LanguageBy.COUNTRY
    return LanguageBy.TEXT if lead.contact.language_by else LanguageBy.SAID


def _as_spoken(lead: Lead) -> Lead:
    spoken = () if lead.contact.language else languages_of_region(lead.contact.country)
    if not spoken:
        return lead
    twin, contact = copy(lead), copy(lead.contact)
    contact.language = spoken[0]
    twin.contact = contact
    return twin
