"""What the settings of all platforms ask for in the same words."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from leadline.kit.errors import Invalid
from leadline.kit.sentences import say, word

MODES = ("sandbox", "live")
MODE_CHOICES = (("sandbox", word("Sandbox")), ("live", word("Live")))
SANDBOX_SIGNER = "sandbox_secret"
IN_THE_SANDBOX = say("Fill in the form as a customer.")
HISTORY_DAYS = 1
LONGEST_HISTORY = 90


def text_of(given: Mapping[str, Any], key: str, most: int = 200) -> str:
    """A setting as clean text; Invalid (422) when it is something else or too long."""
    value = given.get(key)
    words = str(value).strip() if isinstance(value, str | int) and not isinstance(value, bool) else ""
    if value not in (None, "") and not words and not isinstance(value, str):
        raise Invalid(say("This is not a text."), field=f"settings.{key}")
    if len(words) > most:
        raise Invalid(say("Write at most {most} characters.", most=most), field=f"settings.{key}")
    return words


def checked_mode(given: Mapping[str, Any]) -> str:
    """Sandbox or live; Invalid (422) for anything else."""
    mode = text_of(given, "mode") or "sandbox"
    if mode not in MODES:
        raise Invalid(say("Choose the sandbox or live."), field="settings.mode")
    return mode


def checked_history(given: Mapping[str, Any]) -> int:
    """How many days to look back when connecting, 0 to 90."""
    words = text_of(given, "history_days")
    if not words:
        return HISTORY_DAYS
    if not (words.isascii() and words.isdigit() and len(words) < 4 and int(words) <= LONGEST_HISTORY):
        raise Invalid(say("Write a number of days from 0 to 90."), field="settings.history_days")
    return int(words)


def secret_for(settings: Mapping[str, Any], secrets: Mapping[str, str], name: str) -> str:
    """The secret that deliveries are signed with: the platform's own, or that of the sandbox.

    They are kept apart, so that nobody takes the one of the sandbox for the real one that is still missing.
    """
    return secrets.get(name if settings.get("mode") == "live" else SANDBOX_SIGNER, "")
