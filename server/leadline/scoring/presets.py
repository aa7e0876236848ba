"""Sets of rules to begin with, as data: for companies, for services at home, for a shop."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from leadline.kit.sentences import word
from leadline.scoring.defaults import DEFAULT_RULES, QUALIFYING_RULES, RuleSpec
from leadline.scoring.rules import EventKind, Group, Template


@dataclass(frozen=True)
class Preset:
    """A named set of rules."""

    name: str
    rules: Sequence[RuleSpec]


_BY_NAME = {spec.name: spec for spec in DEFAULT_RULES}
_HAPPENINGS = tuple(spec for spec in DEFAULT_RULES if spec.group == Group.ENGAGEMENT)


def _worth(name: str, points: int) -> RuleSpec:
    spec = _BY_NAME[name]
    return RuleSpec(spec.group, spec.name, points, spec.when)


_SERVICES = (
    _worth("Came from a referral", 20),
    _worth("Called us", 15),
    _worth("Wrote by WhatsApp", 12),
    _worth("Came from Google Ads", 10),
    _worth("Came through the website", 8),
    _worth("Came from social media", 5),
    _worth("Phone number known", 12),
    _worth("Says what they are interested in", 8),
    RuleSpec(Group.FIT, word("City known"), 5, {"field": "contact.city", "op": "is_not_empty"}),
    *QUALIFYING_RULES[Template.BANT],
    *_HAPPENINGS,
)
_SHOP = (
    _worth("Came from social media", 10),
    _worth("Came from Google Ads", 10),
    _worth("Came through the website", 12),
    _worth("Came from a referral", 12),
    _worth("E-mail known", 10),
    _worth("Phone number known", 5),
    _worth("Says what they are interested in", 10),
    RuleSpec(
        Group.FIT, word("Worth 200 or more"), 10, {"field": "value_minor", "op": "gte", "value": 20_000}
    ),
    RuleSpec(
        Group.ENGAGEMENT, word("Inquired again"), 10, {"event": EventKind.INQUIRY.value, "window": "1h"}
    ),
    *(spec for spec in _HAPPENINGS if spec.when["event"] not in {EventKind.INQUIRY, EventKind.MEETING}),
)
PRESETS = {
    "b2b": Preset(word("Selling to companies"), DEFAULT_RULES),
    "services": Preset(word("Services for people"), _SERVICES),
    "e_commerce": Preset(word("Online shop"), _SHOP),
}
