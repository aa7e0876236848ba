"""The product's test clock: one offset for all processes of this machine, for demonstrations and tests."""

from __future__ import annotations

import os
from collections.abc import Sequence
from contextlib import suppress
from datetime import timedelta
from pathlib import Path

from django.conf import settings

from leadline.infra import bell
from leadline.kit import clock
from leadline.kit.errors import Conflict

CHANNEL = "clock"


def available() -> bool:
    """Whether the operator switched the test clock on."""
    return bool(settings.ENV.test_clock)


def follow() -> None:
    """Keep to the offset that any process of this machine sets, if the test clock is switched on."""
    if available():
        _read()
        bell.hear(CHANNEL, _read)


def move(seconds: int) -> None:
    """Move the clock of all processes by that many seconds; Conflict (409) unless it is switched on."""
    if not available():
        raise Conflict("The test clock is off. Start Leadline with LEADLINE_TEST_CLOCK=true to use it.")
    offset = clock.offset() + timedelta(seconds=seconds)
    beside = _place().with_suffix(f".{os.getpid()}")
    beside.write_text(str(offset.total_seconds()))
    beside.replace(_place())
    clock.set_offset(offset)
    bell.ring(CHANNEL)


def _read(_: Sequence[str] = ()) -> None:
    with suppress(FileNotFoundError):
        clock.set_offset(timedelta(seconds=float(_place().read_text())))


def _place() -> Path:
    home: Path = settings.HOME
    return home / "test_clock"
