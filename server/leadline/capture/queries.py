"""All reads of capture."""

from __future__ import annotations

import threading
from collections import OrderedDict
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.db.models import Count, Exists, OuterRef, Q, QuerySet

from leadline.capture import policy, rules, vault
from leadline.capture.models import Connection, Submission
from leadline.infra import lookup, tenancy
from leadline.infra.models import Job
from leadline.infra.web.shapes import decode_cursor, page
from leadline.kit import signing
from leadline.kit.errors import Invalid
from leadline.leads.models import Lead
from leadline.leads.rules import LeadStatus
from leadline.workspaces.actor import Actor

_MOST_DOORS = 1000


@dataclass(frozen=True, kw_only=True)
class SubmissionsPage:
    """One page of the integration log and how many submissions there are in each state."""

    items: Sequence[Submission]
    next_cursor: str | None
    counts: dict[str, int]
    total: int


def connection_by_token(channel: str, token: str) -> Connection | None:
    """The open door of the channel with this token, whichever workspace it belongs to; one statement."""
    digest = signing.token_digest(token)
    return tenancy.first_everywhere(
        Connection.objects.filter(channel=channel, token_digest=digest, closed_at=None)
    )


@dataclass(frozen=True)
class OpenDoor:
    """An open door and its secrets by name."""

    connection: Connection
    secrets: Mapping[str, str]


_lock = threading.Lock()
_looked_up: OrderedDict[tuple[str, str], OpenDoor] = OrderedDict()


def known_door(channel: str, token: str) -> OpenDoor | None:
    """The door as it was when this process looked it up last, so that a genuine delivery need not ask.

    Refuse nobody for what is known here, and store `through` it, which finds out whether it changed.
    """
    with _lock:
        return _looked_up.get((channel, signing.token_digest(token)))


def look_up_door(channel: str, token: str) -> OpenDoor | None:
    """The open door as it is now, known from here on; None when there is none.

    Conflict (409) when its secrets cannot be read any more.
    """
    key = (channel, signing.token_digest(token))
    connection = connection_by_token(channel, token)
    found = OpenDoor(connection, secrets_of(connection)) if connection is not None else None
    with _lock:
        _looked_up.pop(key, None)
        if found is not None:
            _looked_up[key] = found
            if len(_looked_up) > _MOST_DOORS:
                _looked_up.popitem(last=False)
    return found


def was_received(connection: Connection, natural_key: str) -> bool:
    """Whether the door has received this natural key before."""
    with tenancy.workspace(connection.workspace_id):
        key = rules.natural_key(natural_key)
        return Submission.objects.filter(channel=connection.channel, natural_key=key).exists()


def token_of(connection: Connection) -> str:
    """The token in the door's address."""
    return vault.unseal(connection.sealed_token)


def secrets_of(connection: Connection) -> dict[str, str]:
    """The door's secrets by name, readable; never show them."""
    return vault.unseal_secrets(connection.sealed_secrets)


def connections(actor: Actor, channel: str | None = None) -> list[Connection]:
    """The workspace's doors, of one channel or of all, oldest first."""
    rows = policy.visible_connections(actor)
    if channel is not None:
        rows = rows.filter(channel=channel)
    return list(rows.order_by("created_at", "id"))


def connection(actor: Actor, connection_id: UUID) -> Connection:
    """One door; NotFound (404) for another company's."""
    return lookup.get(policy.visible_connections(actor), connection_id)


def submission_counts(actor: Actor, connection_ids: Sequence[UUID]) -> dict[UUID, int]:
    """How many submissions came through each door, in one statement."""
    rows = policy.visible_submissions(actor).filter(connection_id__in=connection_ids)
    counted = rows.values_list("connection_id").annotate(count=Count("id")).order_by()
    return {connection_id: count for connection_id, count in counted if connection_id is not None}


def submissions(
    actor: Actor,
    *,
    state: str | None = None,
    channel: str | None = None,
    connection_id: UUID | None = None,
    cursor: str | None = None,
    limit: int = 50,
) -> SubmissionsPage:
    """The integration log, newest first; two statements whatever its size."""
    visible = policy.visible_submissions(actor)
    if channel:
        visible = visible.filter(channel=channel)
    if connection_id:
        visible = visible.filter(connection_id=connection_id)
    counted = dict(visible.values_list("state").annotate(count=Count("id")).order_by())
    rows = visible.filter(state=state) if state else visible
    if cursor:
        rows = rows.filter(_before(cursor))
    found = (
        rows.select_related("connection").defer("body", "fetched", "headers").order_by("-received_at", "-id")
    )
    shown, next_cursor = page(list(found[: limit + 1]), limit=limit, key=lambda s: (s.received_at, s.id))
    counts = {known.value: counted.get(known.value, 0) for known in rules.State}
    total = counts.get(state, 0) if state else sum(counts.values())
    return SubmissionsPage(items=shown, next_cursor=next_cursor, counts=counts, total=total)


def submission(actor: Actor, submission_id: UUID) -> Submission:
    """One submission with its bytes; NotFound (404) for another company's."""
    return lookup.get(policy.visible_submissions(actor).select_related("connection"), submission_id)


def received_as(actor: Actor, channel: str, natural_keys: Sequence[str]) -> dict[str, Submission]:
    """What arrived under these keys, without its bytes, in one statement."""
    rows = policy.visible_submissions(actor).filter(
        channel=channel, natural_key__in=[rules.natural_key(key) for key in natural_keys]
    )
    return {row.natural_key: row for row in rows.defer("body", "fetched", "headers")}


def newest_of(actor: Actor, connection_id: UUID) -> Submission | None:
    """What came through a door last, with its bytes; None when nothing did."""
    rows = policy.visible_submissions(actor).filter(connection_id=connection_id)
    return rows.select_related("connection").order_by("-received_at", "-id").first()


def submission_by_key(channel: str, natural_key: str) -> Submission | None:
    """What the running workspace received under this key, with its bytes."""
    rows = Submission.objects.filter(channel=channel, natural_key=rules.natural_key(natural_key))
    return rows.select_related("connection").first()


def submissions_by_id(submission_ids: Collection[UUID], channels: Collection[str]) -> list[Submission]:
    """Those of the running workspace's submissions that came through these channels, with their doors."""
    rows = Submission.objects.filter(id__in=submission_ids, channel__in=channels)
    return list(rows.select_related("connection").order_by("id"))


def submission_ids_of_leads(lead_ids: Collection[UUID], channels: Collection[str]) -> list[UUID]:
    """The submissions of these channels that these leads came from or that joined them."""
    rows = Submission.objects.filter(lead_id__in=lead_ids, channel__in=channels)
    return list(rows.order_by("id").values_list("id", flat=True))


def answered(channels: Collection[str], limit: int) -> list[Submission]:
    """The newest submissions of these channels whose leads somebody of the team answered."""
    return list(_answered(channels).select_related("connection").order_by("-received_at", "-id")[:limit])


def answered_count(channels: Collection[str]) -> int:
    """How many submissions of these channels somebody of the team answered."""
    return _answered(channels).count()


def _answered(channels: Collection[str]) -> QuerySet[Submission]:
    touched = Lead.objects.filter(first_touch_at__isnull=False).exclude(status=LeadStatus.SPAM)
    return Submission.objects.filter(
        lead_id__in=touched.values("id"), channel__in=channels, state=rules.State.UNDERSTOOD.value
    )


def due_submissions(now: datetime, limit: int = 1000) -> dict[UUID, list[UUID]]:
    """By workspace: what was received but left without a job, and what failed and is due again."""
    cutoff = now - rules.STRANDED_AFTER
    # Where a job of the workspace has been waiting all the time, the workers are late, nothing is lost.
    waiting = Job.objects.filter(
        Q(state="ready") | Q(state="running"),
        workspace_id=OuterRef("workspace_id"),
        task=rules.UNDERSTAND_JOB,
        created_at__lte=cutoff,
    )
    with tenancy.everywhere():
        stranded = Submission.objects.filter(~Exists(waiting), state="received", queued_at__lte=cutoff)
        failed = Submission.objects.filter(state="failed", next_try_at__lte=now)
        found = [
            *stranded.order_by("queued_at").values_list("workspace_id", "id")[:limit],
            *failed.order_by("next_try_at").values_list("workspace_id", "id")[:limit],
        ]
    due: dict[UUID, list[UUID]] = {}
    for workspace_id, submission_id in found:
        due.setdefault(workspace_id, []).append(submission_id)
    return due


def _before(cursor: str) -> Q:
    values = decode_cursor(cursor)
    try:
        at, last_id = datetime.fromisoformat(values[0]), UUID(values[1])
    except (ValueError, IndexError, TypeError, AttributeError) as error:
        raise Invalid("This cursor is not valid; start again without it.", field="cursor") from error
    return Q(received_at__lt=at) | Q(received_at=at, id__lt=last_id)
