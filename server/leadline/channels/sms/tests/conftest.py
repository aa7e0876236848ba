"""HTTP that stays inside the process."""

from __future__ import annotations

import pytest

from leadline.testing.loopback import loopback

__all__ = ["loopback"]


@pytest.fixture(autouse=True)
def _calls_stay_here(loopback: list[str]) -> None:
    """Nothing leaves the process."""
