"""Tell members something, bring it to them, and remember what they read."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from datetime import datetime
from uuid import UUID

from django.db.models import F

from leadline.engines.notices import delivery, policy, rules
from leadline.engines.notices.events import NoticeGiven, NoticesRead
from leadline.engines.notices.models import Delivery, Notice
from leadline.engines.notices.ports import Carrier, DeliveryUncertain, Letter, Telling, carriers
from leadline.infra import events, tenancy
from leadline.kit import clock
from leadline.workspaces.actor import Actor

__all__ = ["Carrier", "DeliveryUncertain", "Letter", "Telling", "offer_carrier", "read", "read_about", "tell"]


def offer_carrier(name: str, carry: Carrier) -> None:
    """A room brings notices to members outside the product; called once, from its room drawer."""
    carriers[name] = carry


def tell(tellings: Sequence[Telling]) -> list[Notice]:
    """Tell members in the running transaction, many of a kind as one; the notices that are new.

    A fixed number of statements, however many are told.
    """
    if not tellings:
        return []
    quiet = rules.quieted(tellings)
    now = clock.now()
    told = {notice.id: (notice, telling) for telling in quiet for notice in [_notice(telling, now)]}
    Notice.objects.bulk_create([notice for notice, _ in told.values()], ignore_conflicts=True)
    if any(telling.once for telling in quiet):
        # Those that were told before are not there under their new ids.
        new = set(Notice.objects.filter(id__in=list(told)).values_list("id", flat=True))
        told = {notice_id: pair for notice_id, pair in told.items() if notice_id in new}
    _send_out([(notice, carrier) for notice, telling in told.values() for carrier in telling.carriers])
    notices = [notice for notice, _ in told.values()]
    _announce(notices)
    return notices


def read(actor: Actor, ids: Collection[UUID] | None = None) -> int:
    """The actor has read these notices, or all of them; how many were unread until now."""
    unread = policy.own_notices(actor).filter(read_at=None)
    if ids is not None:
        unread = unread.filter(id__in=ids)
    now = clock.now()
    count = unread.update(read_at=now, updated_at=now, version=F("version") + 1)
    if count and actor.member_id:
        events.record(NoticesRead(workspace_id=actor.workspace_id, member_id=actor.member_id))
    return count


def read_about(actor: Actor, link_object: str, link_id: UUID, kind: str) -> int:
    """The actor has seen what these notices told of; how many were unread until now."""
    about = policy.own_notices(actor).filter(link_object=link_object, link_id=link_id, kind=kind)
    ids = list(about.filter(read_at=None).values_list("id", flat=True))
    return read(actor, ids) if ids else 0


def _notice(telling: Telling, now: datetime) -> Notice:
    return Notice(
        member_id=telling.member_id,
        kind=telling.kind,
        title=str(telling.title)[:300],
        text=str(telling.text),
        words=rules.words_of(telling),
        link_object=telling.link_object,
        link_id=telling.link_id,
        once=telling.once,
        at=now,
    )


def _send_out(wanted: Sequence[tuple[Notice, str]]) -> None:
    if not wanted:
        return
    rows = Delivery.objects.bulk_create(
        Delivery(notice=notice, carrier=carrier) for notice, carrier in dict.fromkeys(wanted)
    )
    workspace_id = tenancy.require_current()
    delivery.carry.later_many([{"workspace_id": workspace_id, "delivery_id": row.id} for row in rows])


def _announce(notices: Sequence[Notice]) -> None:
    by_member: dict[UUID, list[UUID]] = {}
    for notice in notices:
        by_member.setdefault(notice.member_id, []).append(notice.id)
    workspace_id = tenancy.require_current()
    events.record(
        *(
            NoticeGiven(workspace_id=workspace_id, member_id=member_id, notice_ids=tuple(ids))
            for member_id, ids in by_member.items()
        )
    )
