"""Pure decisions and enumerations of leads and the board."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from decimal import Decimal
from enum import StrEnum

from leadline.kit import money
from leadline.kit.sentences import Sentence, say, word


class StageKind(StrEnum):
    """What a stage means for the lead in it."""

    OPEN = "open"
    WON = "won"
    LOST = "lost"


class LeadStatus(StrEnum):
    """Where a lead stands as a whole."""

    OPEN = "open"
    WON = "won"
    LOST = "lost"
    SPAM = "spam"


class Kind(StrEnum):
    """What a list shows: leads, those that became deals, or both."""

    LEAD = "lead"
    DEAL = "deal"
    ALL = "all"


class Band(StrEnum):
    """How promising a lead is."""

    HOT = "hot"
    WARM = "warm"
    COLD = "cold"


class Outcome(StrEnum):
    """What became of an objection."""

    OPEN = "open"
    OVERCOME = "overcome"
    STAYED = "stayed"


class LeadType(StrEnum):
    """How far marketing and sales have qualified a lead."""

    NONE = ""
    IQL = "IQL"
    MQL = "MQL"
    SQL = "SQL"
    PQL = "PQL"


class Answer(StrEnum):
    """What is known about one question of the qualification."""

    YES = "yes"
    PARTLY = "partly"
    NO = "no"


# What can be asked to qualify a lead; which of it is asked is decided by the workspace's template.
QUESTIONS = {
    "budget": word("Budget confirmed"),
    "authority": word("Decision maker"),
    "need": word("Need"),
    "timeline": word("Timeline"),
    "metrics": word("Metrics"),
    "economic_buyer": word("Economic buyer"),
    "decision_criteria": word("Decision criteria"),
    "decision_process": word("Decision process"),
    "pain": word("Pain"),
    "champion": word("Champion"),
}
# What comes in here is a message, which shows itself as unread.
WRITTEN_CHANNELS = frozenset({"whatsapp", "sms", "email", "chat"})
CLOCK_STATES = ("none", "running", "warn50", "warn80", "breached", "met")


@dataclass(frozen=True)
class StageSpec:
    """A stage as a new workspace gets it."""

    name: str
    colour: str
    probability: int
    rots_after_days: int | None
    kind: StageKind


# Names of data: written once, in the language of the workspace.
DEFAULT_PIPELINE = word("Sales")
DEFAULT_STAGES = (
    StageSpec(word("New Inquiry"), "#3b82f6", 10, 1, StageKind.OPEN),
    StageSpec(word("First Contact"), "#06b6d4", 25, 3, StageKind.OPEN),
    StageSpec(word("Quote Sent"), "#8b5cf6", 50, 7, StageKind.OPEN),
    StageSpec(word("Negotiation"), "#f59e0b", 70, 7, StageKind.OPEN),
    StageSpec(word("Closed won"), "#22c55e", 100, None, StageKind.WON),
    StageSpec(word("Closed lost"), "#94a3b8", 0, None, StageKind.LOST),
)
DEFAULT_LOSS_REASONS = (
    word("Price"),
    word("Chose a competitor"),
    word("No budget"),
    word("Bad timing"),
    word("No answer"),
    word("Not a fit"),
    word("Project cancelled"),
    word("Other"),
)
SOURCES = {
    "website": "Website",
    "direct": "Direct",
    "landing_page": "Landing page",
    "google_ads": "Google Ads",
    "facebook": "Facebook",
    "instagram": "Instagram",
    "linkedin": "LinkedIn",
    "tiktok": "TikTok",
    "whatsapp": "WhatsApp",
    "phone": "Phone",
    "email": "E-mail",
    "chat": "Chat",
    "referral": "Referral",
    "event": "Event",
    "partner": "Partner",
    "organic": "Organic search",
    "import": "Import",
    "api": "API",
    "manual": "Added by hand",
    "other": "Other",
}

# How inquiries reach us; a channel of its own may be any other word.
CHANNELS = {
    "form": word("Form"),
    "meta_ads": word("Lead ad"),
    "whatsapp": word("WhatsApp"),
    "sms": word("SMS"),
    "phone": word("Phone"),
    "email": word("E-mail"),
    "chat": word("Chat"),
    "manual": word("Added by hand"),
    "import": word("Import"),
    "api": word("API"),
}


@dataclass(frozen=True)
class Sum:
    """What amounts of several currencies are worth in one; currencies without a rate are left out."""

    minor: int
    left_out: tuple[str, ...] = ()


def worth(amounts: Mapping[str, int], base: str, rates: Mapping[str, Decimal]) -> Sum:
    """The sum of the amounts (minor units by currency) in the base currency, each rounded half to even."""
    total, left_out = 0, []
    for currency, minor in sorted(amounts.items()):
        if currency == base:
            total += minor
        elif currency in rates:
            total += money.converted(minor, currency, rates[currency], base)
        else:
            left_out.append(currency)
    return Sum(total, tuple(left_out))


def source_label(key: str) -> str:
    """The readable name of a source, in English; unknown keys are made readable."""
    return SOURCES.get(key, key.replace("_", " ").capitalize())


def source_words(key: str) -> Sentence:
    """The readable name of a source, for readers of any language."""
    known = SOURCES.get(key) or CHANNELS.get(key)
    return say(known) if known else say("{name}", name=source_label(key))


def last_source(present: str, new: str, *, channel: str, answered: bool) -> str:
    """The last source of a lead after another inquiry.

    A source that only repeats the channel is no news once we have answered: it is then a part of the
    conversation, and where the person came from is known better already.
    """
    return present if new == channel and answered else new


def days_between(since: datetime, now: datetime) -> int:
    """Whole days that have passed."""
    return max((now - since).days, 0)


def is_rotten(cared_at: datetime, rots_after_days: int | None, now: datetime) -> bool:
    """Whether a lead has stayed in its stage, and without a note, for longer than the stage allows."""
    return rots_after_days is not None and now - cared_at > timedelta(days=rots_after_days)


def days_over(cared_at: datetime, rots_after_days: int | None, now: datetime) -> int:
    """How many days a rotten lead is over its limit, the day that has begun included; 0 when it is not."""
    if rots_after_days is None or not is_rotten(cared_at, rots_after_days, now):
        return 0
    return max(days_between(cared_at, now) - rots_after_days, 1)


def clock_state(
    *,
    due_at: datetime | None,
    warn_50_at: datetime | None,
    warn_80_at: datetime | None,
    touched_at: datetime | None,
    now: datetime,
) -> str:
    """The SLA clock of a lead in one word: none, running, warn50, warn80, breached or met."""
    if due_at is None:
        return "none"
    if touched_at is not None:
        return "met" if touched_at <= due_at else "breached"
    if now > due_at:
        return "breached"
    if warn_80_at is not None and now >= warn_80_at:
        return "warn80"
    return "warn50" if warn_50_at is not None and now >= warn_50_at else "running"


def completeness(present: dict[str, bool]) -> int:
    """How much of the essential record is filled, in percent."""
    return round(100 * sum(present.values()) / len(present)) if present else 100
