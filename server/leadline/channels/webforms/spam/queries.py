"""Reads of marks and of what was learned from them."""

from __future__ import annotations

import json
import threading
import zlib
from collections import OrderedDict
from collections.abc import Collection, Mapping
from dataclasses import asdict, dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from django.db.models import Count, F, Q

from leadline.capture import queries as capture
from leadline.channels.webforms.said import CHANNELS, said_in
from leadline.channels.webforms.spam import policy
from leadline.channels.webforms.spam.learning import FEWEST_EACH, Example, Judgement, Learned, judge
from leadline.channels.webforms.spam.models import SpamFilter, SpamMark
from leadline.infra.web.shapes import decode_cursor, page
from leadline.kit.errors import Invalid
from leadline.workspaces.actor import Actor

# Newer marks count: what spam looks like changes.
MOST_EXAMPLES = 3000
_MOST_KEPT = 50


@dataclass(frozen=True, kw_only=True)
class Standing:
    """How far a workspace's filter is."""

    version: int
    enabled: bool
    spam: int
    good: int
    answered: int
    needed_each: int
    learned_at: datetime | None
    waiting: bool
    quality: Mapping[str, Any]


def standing(actor: Actor) -> Standing:
    """Everything about the filter of the workspace; four statements."""
    row = policy.visible_filters(actor).defer("learned").first() or SpamFilter()
    counted = policy.visible_marks(actor).aggregate(
        marked=Count("id", filter=Q(spam=True)), let_in=Count("id", filter=Q(spam=False))
    )
    return Standing(
        version=row.version,
        enabled=row.enabled,
        spam=counted["marked"],
        good=counted["let_in"],
        answered=capture.answered_count(CHANNELS),
        needed_each=FEWEST_EACH,
        learned_at=row.learned_at,
        waiting=row.changed_at is not None and (row.learned_at is None or row.changed_at > row.learned_at),
        quality=row.quality,
    )


def marks(actor: Actor, *, cursor: str | None, limit: int) -> tuple[list[SpamMark], str | None]:
    """A page of what was marked, newest first; one statement."""
    rows = policy.visible_marks(actor)
    if cursor:
        try:
            at, last = decode_cursor(cursor)
            before, last_id = datetime.fromisoformat(at), UUID(last)
        except (ValueError, TypeError, AttributeError) as error:
            raise Invalid("This cursor is not valid; start again without it.", field="cursor") from error
        rows = rows.filter(Q(at__lt=before) | Q(at=before, id__lt=last_id))
    found = list(rows.order_by("-at", "-id")[: limit + 1])
    shown, following = page(found, limit=limit, key=lambda row: (row.at.isoformat(), str(row.id)))
    return list(shown), following


def examples() -> list[Example]:
    """What the running workspace's filter learns from: marks, and inquiries somebody answered.

    The newest of each kind; a text that was marked counts as it was marked.
    """
    marked = list(
        SpamMark.objects.order_by("-at").values_list("submission_id", "said", "spam")[:MOST_EXAMPLES]
    )
    known = {submission_id for submission_id, _, _ in marked}
    found = [Example(said, spam) for _, said, spam in marked]
    for row in capture.answered(CHANNELS, limit=MOST_EXAMPLES):
        if row.id not in known and (said := said_in(row)):
            found.append(Example(said, spam=False))
    return found


def judged(submission_id: UUID, said: str) -> Judgement | None:
    """What the running workspace's filter says of a submission; None where there is no filter.

    A person's word is stronger: what somebody let in is never called spam. One statement, two for spam.
    """
    learned = _in_force()
    if learned is None:
        return None
    found = judge(learned, said)
    if found.spam and SpamMark.objects.filter(submission_id=submission_id, spam=False).exists():
        return None
    return found


def tried(actor: Actor, said: str) -> Judgement | None:
    """What the filter says of any text."""
    row = policy.visible_filters(actor).exclude(learned=b"").first()
    return judge(unpacked(bytes(row.learned)), said) if row else None


def unlearned_workspaces() -> list[UUID]:
    """For the sweep, across workspaces: where something was marked since the last learning."""
    news = Q(learned_at=None) | Q(changed_at__gt=F("learned_at"))
    rows = SpamFilter.objects.filter(news, changed_at__isnull=False)
    return list(rows.values_list("workspace_id", flat=True))


def marks_of_leads(lead_ids: Collection[UUID]) -> list[UUID]:
    """The marks as spam on what these leads came from."""
    rows = SpamMark.objects.filter(lead_id__in=lead_ids, spam=True)
    return list(rows.values_list("id", flat=True))


def packed(learned: Learned) -> bytes:
    """What was learned, as it is stored."""
    return zlib.compress(json.dumps(asdict(learned), ensure_ascii=False).encode())


def unpacked(stored: bytes) -> Learned:
    """What was learned, from how it is stored."""
    return Learned(**json.loads(zlib.decompress(stored)))


_kept: OrderedDict[tuple[UUID, int], Learned] = OrderedDict()
_lock = threading.Lock()


def _in_force() -> Learned | None:
    row = SpamFilter.objects.filter(enabled=True).exclude(learned=b"").values_list("id", "version").first()
    if row is None:
        return None
    with _lock:
        if row in _kept:
            _kept.move_to_end(row)
            return _kept[row]
    stored = SpamFilter.objects.filter(id=row[0]).values_list("learned", flat=True).get()
    learned = unpacked(bytes(stored))
    with _lock:
        _kept[row] = learned
        while len(_kept) > _MOST_KEPT:
            _kept.popitem(last=False)
    return learned
