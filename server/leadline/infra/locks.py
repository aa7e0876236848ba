"""The numbers of PostgreSQL's advisory locks that the product takes: one list, so that no two meet."""

from __future__ import annotations

from enum import IntEnum, unique


@unique
class Lock(IntEnum):
    """What an advisory lock is for; the clock's is held for life, so nobody else may use its number."""

    MIGRATION = 7260
    ROLES = 7261
    CLOCK = 7262
    STATUSES = 7263
    FIRST_RUN = 7264
