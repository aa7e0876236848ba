"""An automation that may start, before anything has decided whether it does."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any
from uuid import UUID

from leadline.engines.automation.models import Automation


@dataclass(frozen=True)
class Wish:
    """An automation that may start for a subject, because of what happened."""

    automation: Automation
    subject_type: str
    subject_id: UUID
    occurrence: str
    heard_at: datetime
    event: Mapping[str, Any] = field(default_factory=dict)
