"""Websites of the company: who visits them, as far as visitors agree."""

from __future__ import annotations

from leadline.capture.ports import offer_door
from leadline.channels.tracking.sites import DOOR

offer_door(DOOR)
