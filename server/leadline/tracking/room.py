"""The room of website visits: it completes timeline entries of pages with how long they were looked at."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any
from uuid import UUID

from leadline.engines.timeline import actions as timeline
from leadline.engines.timeline.models import TimelineEntry
from leadline.tracking import queries


def _completed(entries: Sequence[TimelineEntry]) -> Mapping[UUID, Mapping[str, Any]]:
    seconds = queries.seconds_of([entry.id for entry in entries])
    return {visit_id: {"seconds": length} for visit_id, length in seconds.items()}


timeline.offer_completion("visit", _completed)
