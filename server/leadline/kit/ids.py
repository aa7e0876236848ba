"""Identifiers that sort by the time they were made."""

from __future__ import annotations

import uuid

from uuid_utils import compat


def new_id() -> uuid.UUID:
    """A fresh UUIDv7; ids made later in one process sort later."""
    return compat.uuid7()
