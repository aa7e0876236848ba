"""Leads as the model sees them: what was known when each came in, whatever was written on it later."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

from leadline.engines.schema import queries as schema
from leadline.engines.schema.ports import Field, FieldType
from leadline.leads.models import Lead
from leadline.leads.rules import LeadStatus
from leadline.scoring.models import ScoreEntry
from leadline.scoring.prediction.encoding import NOTHING, as_text
from leadline.scoring.prediction.learning import Lesson
from leadline.scoring.prediction.models import PredictionSettings
from leadline.workspaces.models import AuditEntry

MOST_LEADS = 20_000
CLOSED = (LeadStatus.WON, LeadStatus.LOST)
_PIECE = 1000
# The score as it stood when the lead came in; a capture takes no longer.
_AT_CAPTURE = timedelta(minutes=1)
_LEAD = ("first_source", "channel", "campaign", "interest", "value_minor", "page", "referrer")
_PERSON = ("title", "city", "country", "language")
# Of these only whether they are known counts: they name one person.
_KNOWN = ("phone", "email")
_PARTS = ("utm", "extra", "custom")
_TIMES = frozenset({FieldType.DATE, FieldType.DATETIME})
Known = dict[str, Any]


def lesson_of(settings: PredictionSettings) -> Lesson:
    """The newest closed leads of the workspace, oldest first; a fixed number of statements per thousand."""
    closed = list(
        Lead.objects.filter(status__in=CLOSED, deleted_at=None)
        .order_by("-inbound_at", "-id")
        .values_list("id", flat=True)[:MOST_LEADS]
    )[::-1]
    lesson = Lesson(rows=[], outcomes=[], allowed=settings.allowed, refused=settings.refused)
    people: dict[UUID, int] = {}
    for start in range(0, len(closed), _PIECE):
        leads = _leads(closed[start : start + _PIECE])
        scores = _scores_at_capture(leads)
        for lead, (then, now) in zip(leads, _then_and_now(leads), strict=True):
            lesson.rows.append(then)
            lesson.outcomes.append(lead.status == LeadStatus.WON)
            lesson.groups.append(people.setdefault(lead.contact_id, len(people)))
            lesson.rule_scores.append(scores.get(lead.id, 0))
            for key, value in now.items():
                if as_text(value) != NOTHING and as_text(value) != as_text(then.get(key)):
                    lesson.late[key] = lesson.late.get(key, 0) + 1
    lesson.labels = {key: field.label for key, field in _described().items() if field.custom}
    return lesson


def known_at_capture(lead_ids: Collection[UUID]) -> dict[UUID, Known]:
    """What was known of these leads when they came in; at most four statements."""
    leads = _leads(lead_ids)
    return {lead.id: then for lead, (then, _) in zip(leads, _then_and_now(leads), strict=True)}


def label_of(key: str, described: Mapping[str, Field]) -> str:
    """What people read for an input; fields that are no fields of the schema are called by their key."""
    if key in described:
        return schema.shown_label(described[key])
    return key.removeprefix("extra.").removeprefix("custom.")


def _described() -> dict[str, Field]:
    return schema.fields("lead")


def _leads(lead_ids: Collection[UUID]) -> list[Lead]:
    found = Lead.objects.filter(id__in=lead_ids).select_related("contact", "company")
    return sorted(found, key=lambda lead: (lead.inbound_at, lead.id))


def _then_and_now(leads: Sequence[Lead]) -> list[tuple[Known, Known]]:
    left_out = {key for key, field in _described().items() if field.custom and field.type in _TIMES}
    changes = _changes([*(lead.id for lead in leads), *(lead.contact_id for lead in leads)])
    pairs = []
    for lead in leads:
        written = {name: getattr(lead, name) for name in (*_LEAD, *_PARTS)}
        person = {name: getattr(lead.contact, name) for name in (*_PERSON, *_KNOWN)}
        now = _flat(written, person, lead, left_out)
        for at, changed in changes.get(lead.id, []):
            if at > lead.created_at + _AT_CAPTURE:
                written.update({key: old for key, old in changed.items() if key in written})
        for at, changed in changes.get(lead.contact_id, []):
            if at > lead.created_at + _AT_CAPTURE:
                person.update({key: old for key, old in changed.items() if key in person})
        pairs.append((_flat(written, person, lead, left_out), now))
    return pairs


def _changes(object_ids: Collection[UUID]) -> dict[UUID, list[tuple[datetime, Known]]]:
    """The values before each change of these records, from the newest change back."""
    rows = AuditEntry.objects.filter(object_id__in=object_ids, action__in=("changed", "joined", "imported"))
    found: dict[UUID, list[tuple[datetime, Known]]] = {}
    for object_id, at, changes in rows.order_by("-at", "-id").values_list("object_id", "at", "changes"):
        before = {k: pair[0] for k, pair in changes.items() if isinstance(pair, list) and len(pair) == 2}
        if object_id is not None and before:
            found.setdefault(object_id, []).append((at, before))
    return found


def _flat(
    written: Mapping[str, Any], person: Mapping[str, Any], lead: Lead, left_out: Collection[str]
) -> Known:
    known: Known = {key: written[key] for key in _LEAD if written[key] not in ("", None)}
    known |= {f"contact.{key}": person[key] for key in _PERSON if person[key]}
    known |= {f"contact.{key}": bool(person[key]) for key in _KNOWN}
    known["company"] = lead.company_id is not None
    for part in _PARTS:
        for key, value in (written[part] or {}).items():
            if f"{part}.{key}" not in left_out and not isinstance(value, dict):
                known[f"{part}.{key}"] = value
    return known


def _scores_at_capture(leads: Sequence[Lead]) -> dict[UUID, int]:
    created = {lead.id: lead.created_at for lead in leads}
    entries = ScoreEntry.objects.filter(lead_id__in=created).order_by("written_at", "id")
    return {
        lead_id: score
        for lead_id, at, score in entries.values_list("lead_id", "written_at", "score_after")
        if at <= created[lead_id] + _AT_CAPTURE
    }
