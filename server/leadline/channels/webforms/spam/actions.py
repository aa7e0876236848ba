"""Mark what came through forms as spam or not, take marks back, and learn from them."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from collections.abc import Collection, Sequence
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

from leadline.capture import queries as capture
from leadline.channels.webforms.said import CHANNELS, said_in
from leadline.channels.webforms.spam import policy, queries
from leadline.channels.webforms.spam.learning import Example, Learned, enough
from leadline.channels.webforms.spam.models import SpamFilter, SpamMark
from leadline.infra import lookup, tenancy
from leadline.infra.jobs import background
from leadline.kit import clock
from leadline.kit.errors import Conflict
from leadline.workspaces import audit
from leadline.workspaces.actor import Actor

_COMMAND = (sys.executable, "-m", "leadline.channels.webforms.spam.learning")
_LONGEST = timedelta(minutes=5)


def note(submission_ids: Collection[UUID], *, spam: bool, by: str, at: datetime) -> None:
    """Keep somebody's word on what came through forms; submissions of other channels are passed over."""
    _keep(
        [
            SpamMark(
                submission_id=row.id,
                lead_id=row.lead_id,
                form=row.connection.name if row.connection else "",
                said=said,
                spam=spam,
                by=by[:200],
                at=at,
            )
            for row in capture.submissions_by_id(submission_ids, CHANNELS)
            if (said := said_in(row))
        ]
    )


def note_leads(lead_ids: Collection[UUID], at: datetime) -> None:
    """Leads were marked as spam: so are the submissions they came from."""
    note(capture.submission_ids_of_leads(lead_ids, CHANNELS), spam=True, by="", at=at)


def forget_leads(lead_ids: Collection[UUID]) -> None:
    """Leads are no spam after all: the marks on what they came from are taken back."""
    if gone := queries.marks_of_leads(lead_ids):
        SpamMark.objects.filter(id__in=gone).delete()
        _something_new()


def take_back(actor: Actor, mark_id: UUID) -> None:
    """Forget a mark; the filter is learned without it within a minute."""
    mark = lookup.lock(policy.changeable_marks(actor), mark_id)
    audit.record(actor, "spam.mark_taken_back", "submission", mark.submission_id, {"spam": mark.spam})
    mark.delete()
    _something_new()


def change_filter(actor: Actor, *, enabled: bool, version: int | None = None) -> SpamFilter:
    """Switch the learned filter on or off; what was learned and marked stays."""
    policy.require_can_change(actor)
    row = _filter(lock=True)
    if version is not None and row.version != version:
        raise Conflict("Somebody changed this meanwhile. Look again.")
    if row.enabled != enabled:
        row.enabled = enabled
        row.save(update_fields=["enabled"])
        audit.record(actor, "spam.filter_switched", "spam_filter", row.id, {"enabled": enabled})
    return row


@background(retries=2, priority=-2)
def learn(*, workspace_id: str) -> None:
    """Learn the filter of a workspace anew; with too few marks there is none. Safe to run twice."""
    inside = UUID(workspace_id)
    with tenancy.workspace(inside):
        begun = clock.now()
        examples = queries.examples()
    learned = _learned_apart(examples) if enough(examples) else None
    with tenancy.workspace(inside):
        row = _filter(lock=True)
        row.learned_at = begun
        row.learned = queries.packed(Learned(**learned["learned"])) if learned else b""
        row.quality = learned["quality"] if learned else {}
        row.save(update_fields=["learned_at", "learned", "quality"])


def _keep(made: Sequence[SpamMark]) -> None:
    if made:
        SpamMark.objects.bulk_create(
            made,
            update_conflicts=True,
            unique_fields=["workspace_id", "submission_id"],
            update_fields=["spam", "by", "at", "lead_id", "said"],
        )
        _something_new()


def _something_new() -> None:
    row = _filter()
    SpamFilter.objects.filter(id=row.id).update(changed_at=clock.now())


def _filter(*, lock: bool = False) -> SpamFilter:
    SpamFilter.objects.bulk_create([SpamFilter()], ignore_conflicts=True)
    rows = SpamFilter.objects.select_for_update() if lock else SpamFilter.objects.defer("learned")
    return rows.get()


def _learned_apart(examples: Sequence[Example]) -> dict[str, Any]:
    """What a process of its own learned: a worker's other jobs keep their pace meanwhile."""
    surroundings = {**os.environ, "PYTHONPATH": os.pathsep.join(filter(None, sys.path))}
    told = subprocess.run(
        _COMMAND,
        input=json.dumps([[example.said, example.spam] for example in examples]),
        capture_output=True,
        text=True,
        timeout=_LONGEST.total_seconds(),
        env=surroundings,
        check=True,
    )
    learned: dict[str, Any] = json.loads(told.stdout)
    return learned
