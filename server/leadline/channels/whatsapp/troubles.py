"""What to do about each error code of the provider, and how to say it to a person."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta
from enum import StrEnum

from leadline.kit.sentences import word


class Action(StrEnum):
    """The consequence of an error."""

    RETRY = "retry"  # the same message again after a pause
    GIVE_UP = "give_up"  # this message has failed
    USE_TEMPLATE = "use_template"  # free text is not allowed now
    OTHER_CHANNEL = "other_channel"  # this person cannot be reached by WhatsApp
    OPTED_OUT = "opted_out"  # the person does not want marketing
    STOP_TEMPLATE = "stop_template"  # this template must not be used for now
    SYNC_TEMPLATES = "sync_templates"  # our list of templates is out of date
    STOP_ACCOUNT = "stop_account"  # nothing can be sent until somebody repairs the account


@dataclass(frozen=True)
class Remedy:
    """The consequence, a sentence that says what to do, and for retries how long to wait."""

    action: Action
    text: str
    first_pause: timedelta = timedelta(seconds=10)
    growth: int = 2
    most_attempts: int = 5

    def pause(self, attempts: int) -> timedelta:
        """How long to wait after this many attempts; at most an hour."""
        factor: int = self.growth ** min(max(attempts - 1, 0), 12)
        return min(self.first_pause * factor, timedelta(hours=1))


_RECONNECT = word("WhatsApp refuses our access. An administrator must reconnect it in Settings, WhatsApp.")
_LOCKED = word(
    "Meta has restricted this WhatsApp account. Open the WhatsApp Manager to see why and to appeal."
)
_LATER = word("WhatsApp has a passing problem. Leadline tries again by itself.")

_RATE = Remedy(
    Action.RETRY,
    word("WhatsApp is busy. Leadline tries again by itself."),
    timedelta(seconds=1),
    2,
    8,
)
_PAIR = Remedy(
    Action.RETRY,
    word("Too many messages to this person in a short time. Leadline waits and tries again by itself."),
    timedelta(seconds=6),
    4,
    5,
)
_CALLS = Remedy(
    Action.RETRY,
    word("WhatsApp limits our calls. Leadline tries again by itself."),
    timedelta(minutes=1),
    2,
    6,
)
_PASSING = Remedy(Action.RETRY, _LATER)
_FILE = Remedy(
    Action.RETRY,
    word("WhatsApp could not take the file. Check its size and kind, or send a link."),
    timedelta(seconds=10),
    2,
    3,
)


def _stop(text: str) -> Remedy:
    return Remedy(Action.STOP_ACCOUNT, text)


def _give_up(text: str) -> Remedy:
    return Remedy(Action.GIVE_UP, text)


_TABLE: dict[int, Remedy] = {
    **dict.fromkeys((0, 190), _stop(_RECONNECT)),
    **dict.fromkeys(
        (3, 10, 131005, *range(200, 300)),
        _stop(
            word("The WhatsApp access token lacks a permission. Create a new one and enter it in Settings.")
        ),
    ),
    **dict.fromkeys((4, 80007), _CALLS),
    130429: _RATE,
    131056: _PAIR,
    131048: _give_up(
        word("WhatsApp limits this number because people reported messages. Pause bulk messages.")
    ),
    131064: _give_up(
        word("WhatsApp reduced our limit after a template in a wrong category. Pause templates.")
    ),
    131047: Remedy(
        Action.USE_TEMPLATE,
        word(
            "More than 24 hours have passed since this person last wrote. Send an approved template instead."
        ),
    ),
    131026: Remedy(
        Action.OTHER_CHANNEL,
        word("Number is not on WhatsApp or cannot receive this message. Try SMS, a call or e-mail."),
    ),
    131049: _give_up(
        word("WhatsApp held this message back for this person. Wait a day, or use another channel.")
    ),
    130472: Remedy(
        Action.OTHER_CHANNEL,
        word("WhatsApp keeps this person in an experiment without marketing messages. Use another channel."),
    ),
    131050: Remedy(
        Action.OPTED_OUT,
        word("This person stopped marketing messages in WhatsApp. Send service messages only."),
    ),
    131062: _give_up(word("This kind of message needs a phone number. Ask the person for it first.")),
    131021: _give_up(word("This is our own number. Choose another recipient.")),
    131030: _give_up(
        word("The test number may write to listed numbers only. Add this one in Meta's dashboard.")
    ),
    131051: _give_up(word("WhatsApp does not support this kind of message. Send it as text.")),
    **dict.fromkeys((131052, 131053), _FILE),
    **dict.fromkeys(
        (132000, 132008, 132012),
        _give_up(word("The template's variables do not fit. Check how many it has and fill in every one.")),
    ),
    132001: Remedy(
        Action.SYNC_TEMPLATES,
        word("WhatsApp does not know this template in this language. Choose another one."),
    ),
    132005: _give_up(word("The template with its variables filled in is too long. Shorten a variable.")),
    132007: _give_up(word("The template's content breaks a rule of WhatsApp. Choose another one.")),
    **dict.fromkeys(
        (132015, 132016),
        Remedy(Action.STOP_TEMPLATE, word("WhatsApp paused this template. Choose another one.")),
    ),
    131042: _stop(word("WhatsApp has a problem with the payment method. Repair it in the WhatsApp Manager.")),
    **dict.fromkeys((131045, 133010), _stop(word("Our number is not registered for WhatsApp. Register it."))),
    131037: _stop(word("The display name of this number is not approved yet. See the WhatsApp Manager.")),
    131057: Remedy(Action.RETRY, _LATER, timedelta(minutes=2)),
    **dict.fromkeys((368, 131031), _stop(_LOCKED)),
    130497: _give_up(word("WhatsApp does not allow messages to this country. Use another channel.")),
    **dict.fromkeys((131000, 131016, 135000, 2, 1), _PASSING),
    131063: _give_up(
        word("Marketing templates are switched off for this number. Choose a service template.")
    ),
}
# Whoever has no WhatsApp at a number gets nothing there; an experiment keeps only some messages back.
UNREACHABLE = frozenset({"131026"})
_BUG = _give_up(word("WhatsApp did not accept the message. Change it and send it again."))


def remedy(code: int, status: int = 400) -> Remedy:
    """What to do about an error code; an unknown one is judged by the HTTP status of its answer."""
    known = _TABLE.get(code)
    if known is not None and not (code == 0 and status not in {400, 401, 403}):
        return known
    if status == 429:
        return _CALLS
    if status == 401:
        return _TABLE[190]
    return _PASSING if status >= 500 else _BUG
