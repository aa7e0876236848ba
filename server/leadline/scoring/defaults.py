"""The rules a new workspace starts with, in plain words."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from leadline.kit.sentences import word
from leadline.scoring.rules import EventKind, Group, Template


@dataclass(frozen=True)
class RuleSpec:
    """A rule as data."""

    group: Group
    name: str
    points: int
    when: dict[str, Any]


DECIDES = (
    "owner",
    "founder",
    "ceo",
    "cfo",
    "cto",
    "coo",
    "chief",
    "president",
    "director",
    "head of",
    "partner",
    "vp",
    "manager",
    "בעלים",
    "בעלת",
    "מייסד",
    'מנכ"ל',
    "מנכ״ל",
    'סמנכ"ל',
    "סמנכ״ל",
    "מנהל",
    "שותף",
)


def _from(name: str, points: int, *sources: str) -> RuleSpec:
    # The first source: whoever was recommended stays so when asking again elsewhere.
    return RuleSpec(Group.FIT, name, points, {"field": "first_source", "op": "in", "value": list(sources)})


def _fit(name: str, points: int, when: dict[str, Any]) -> RuleSpec:
    return RuleSpec(Group.FIT, name, points, when)


def _known(field: str) -> dict[str, Any]:
    return {"field": field, "op": "is_not_empty"}


def _on(kind: EventKind, name: str, points: int, window: str, **more: str) -> RuleSpec:
    return RuleSpec(Group.ENGAGEMENT, name, points, {"event": kind.value, "window": window, **more})


def _answered(question: str, answer: str, name: str, points: int) -> RuleSpec:
    return _fit(name, points, {"field": f"qualification.{question}", "op": "eq", "value": answer})


# What the answers to the questions of each template are worth.
QUALIFYING_RULES = {
    Template.BANT: (
        _answered("budget", "yes", word("Has the budget"), 10),
        _answered("budget", "no", word("Has no budget"), -10),
        _answered("authority", "yes", word("Talks to us as the one who decides"), 8),
        _answered("need", "yes", word("Needs what we sell"), 8),
        _answered("need", "no", word("Does not need what we sell"), -15),
        _answered("timeline", "yes", word("Wants it soon"), 8),
    ),
    Template.MEDDIC: (
        _answered("metrics", "yes", word("Knows what the gain is worth"), 6),
        _answered("economic_buyer", "yes", word("We know who pays"), 10),
        _answered("decision_criteria", "yes", word("We know what they decide by"), 5),
        _answered("decision_process", "yes", word("We know how they decide"), 5),
        _answered("pain", "yes", word("Has a problem that hurts"), 8),
        _answered("pain", "no", word("Has no problem that hurts"), -15),
        _answered("champion", "yes", word("Somebody there wants us"), 10),
    ),
}
# Names of data: written once, in the language of the workspace.
DEFAULT_RULES = (
    _from(word("Came from a referral"), 15, "referral", "partner"),
    _from(word("Wrote by WhatsApp"), 10, "whatsapp"),
    _from(word("Called us"), 10, "phone"),
    _from(word("Came through the website"), 8, "website", "direct", "landing_page", "organic", "chat"),
    _from(word("Came from Google Ads"), 8, "google_ads"),
    _from(word("Met us at an event"), 8, "event"),
    _from(word("Wrote an e-mail"), 6, "email"),
    _from(word("Came from social media"), 5, "facebook", "instagram", "linkedin", "tiktok"),
    _fit(word("Phone number known"), 8, _known("contact.phone")),
    _fit(word("E-mail known"), 6, _known("contact.email")),
    _fit(word("Company known"), 8, _known("company")),
    _fit(word("Says what they are interested in"), 4, _known("interest")),
    _fit(
        word("Decides at the company"),
        10,
        {"any": [{"field": "contact.title", "op": "contains", "value": word} for word in DECIDES]},
    ),
    _fit(word("Worth 5,000 or more"), 10, {"field": "value_minor", "op": "gte", "value": 500_000}),
    *QUALIFYING_RULES[Template.BANT],
    _on(EventKind.MESSAGE, word("Sent us a message"), 10, "1d"),
    _on(EventKind.REPLY, word("Answered our message"), 10, "1d"),
    _on(EventKind.REPLY, word("Answered within 10 minutes"), 5, "365d", within="10m"),
    _on(EventKind.INQUIRY, word("Inquired again"), 5, "1d"),
    _on(EventKind.CALL, word("Talked to us on the phone"), 10, "1d"),
    _on(EventKind.MEETING, word("Met us"), 15, "1d"),
    _on(EventKind.OPEN, word("Opened our message"), 1, "1h"),
    _on(EventKind.CLICK, word("Followed a link in our message"), 3, "1h"),
    _on(EventKind.VISIT, word("Visited our website"), 1, "1h"),
    _on(EventKind.VISIT, word("Looked at the prices"), 4, "5m", about="pric"),
    _on(EventKind.DOWNLOAD, word("Downloaded something"), 8, "1d"),
    _on(EventKind.PRODUCT, word("Uses the product"), 20, "1d"),
    _on(EventKind.WEBINAR, word("Signed up for a webinar"), 8, "1d"),
    _on(EventKind.STAY, word("Read on our website"), 3, "1d"),
    _on(EventKind.OPT_OUT, word("Does not want messages any more"), -15, "30d"),
    _on(EventKind.BOUNCE, word("Cannot be reached by message"), -10, "30d"),
)
