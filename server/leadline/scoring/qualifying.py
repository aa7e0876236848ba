"""What qualifies a lead, as data: the questions of each template, and what makes it IQL, MQL or SQL."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from leadline.kit.sentences import word
from leadline.leads.rules import LeadType
from leadline.scoring.rules import Template

QUESTIONS: Mapping[Template, tuple[str, ...]] = {
    Template.NONE: (),
    Template.BANT: ("budget", "authority", "need", "timeline"),
    Template.MEDDIC: (
        *("metrics", "economic_buyer", "decision_criteria"),
        *("decision_process", "pain", "champion"),
    ),
}
# What to find out, in words that can be asked.
HINTS = {
    "budget": word("Is there money for it, and how much?"),
    "authority": word("Does this person decide, or who does?"),
    "need": word("What for, and how badly?"),
    "timeline": word("By when must it be there?"),
    "metrics": word("What gain do they expect, in numbers?"),
    "economic_buyer": word("Who releases the money?"),
    "decision_criteria": word("By what do they compare?"),
    "decision_process": word("Who has to agree, and in which order?"),
    "pain": word("What happens if they change nothing?"),
    "champion": word("Who inside speaks for us?"),
}


@dataclass(frozen=True, kw_only=True)
class TypeRule:
    """A filter on the lead, or a number of things that showed interest."""

    lead_type: LeadType
    why: str
    when: Mapping[str, Any] = field(default_factory=dict)
    engagements: int = 0


# No step back: a type is only ever followed by one further along.
ORDER = [kind.value for kind in LeadType]
_GUIDES = ("guide", "e-book", "ebook", "whitepaper", "white paper", "מדריך")
_OFFERS = ("demo", "quote", "quotation", "price offer", "הצעת מחיר", "הדגמה")


def _asks_for(words: tuple[str, ...]) -> dict[str, Any]:
    return {
        "any": [
            {"field": field, "op": "contains", "value": text}
            for field in ("interest", "text")
            for text in words
        ]
    }


def _all_yes(template: Template) -> dict[str, Any]:
    return {
        "all": [{"field": f"qualification.{key}", "op": "eq", "value": "yes"} for key in QUESTIONS[template]]
    }


USES_THE_PRODUCT = word("Uses the product")
TYPE_RULES: tuple[TypeRule, ...] = (
    TypeRule(lead_type=LeadType.IQL, why=word("Asked for a guide"), when=_asks_for(_GUIDES)),
    TypeRule(lead_type=LeadType.MQL, why=word("Showed interest three times"), engagements=3),
    TypeRule(lead_type=LeadType.SQL, why=word("Asked for a demo or a quote"), when=_asks_for(_OFFERS)),
    TypeRule(
        lead_type=LeadType.SQL,
        why=word("Every question was answered with yes"),
        when={"any": [_all_yes(template) for template in (Template.BANT, Template.MEDDIC)]},
    ),
)
