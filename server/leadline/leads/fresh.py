"""Leads that the running capture has just written.

Nobody else sees them before the commit, so whoever scores or assigns them meanwhile needs neither to read nor
to lock them. They are known only while the capture tells what happened, and those who write their rows keep
them true.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping
from contextlib import contextmanager
from contextvars import ContextVar
from uuid import UUID

from leadline.leads.models import Lead

_fresh: ContextVar[Mapping[UUID, Lead] | None] = ContextVar("leadline_fresh_leads", default=None)


@contextmanager
def just_captured(leads: Iterable[Lead]) -> Iterator[None]:
    """These leads, with person and company, are known inside the block."""
    token = _fresh.set({**(_fresh.get() or {}), **{lead.id: lead for lead in leads}})
    try:
        yield
    finally:
        _fresh.reset(token)


def captured_now(lead_ids: Collection[UUID]) -> list[Lead] | None:
    """These leads in the order of their ids, if the running capture has just written all of them."""
    fresh = _fresh.get()
    if not fresh or not all(lead_id in fresh for lead_id in lead_ids):
        return None
    return [fresh[lead_id] for lead_id in sorted(set(lead_ids))]
