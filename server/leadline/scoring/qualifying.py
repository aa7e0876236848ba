"""What makes a lead IQL, MQL or SQL, as data; the furthest type whose rule holds is the one."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from leadline.kit.sentences import word
from leadline.leads.rules import LeadType


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


TYPE_RULES = (
    TypeRule(lead_type=LeadType.IQL, why=word("Asked for a guide"), when=_asks_for(_GUIDES)),
    TypeRule(lead_type=LeadType.MQL, why=word("Showed interest three times"), engagements=3),
    TypeRule(lead_type=LeadType.SQL, why=word("Asked for a demo or a quote"), when=_asks_for(_OFFERS)),
)
