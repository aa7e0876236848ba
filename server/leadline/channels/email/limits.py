"""How many mails may leave a mailbox in an hour and a day; more than that wait for their turn."""

from __future__ import annotations

from datetime import timedelta
from uuid import UUID

from django.db.models import Q

from leadline.channels.email.mailbox import Mailbox
from leadline.channels.email.models import Departure
from leadline.conversations.models import Message
from leadline.conversations.ports import SendRefused
from leadline.conversations.rules import Direction
from leadline.infra import tenancy
from leadline.kit import clock
from leadline.kit.sentences import say

_KEPT = timedelta(days=2)
_MOST_AUTOMATIC = 5
_LOOP_WITHIN = timedelta(hours=1)


def take_turn(workspace_id: UUID, box: Mailbox, message_id: UUID) -> None:
    """Count the mail as one that leaves now; SendRefused that only waits when the mailbox's limit is reached.

    Mails that leave at the same moment see each other, in one order, so that never more than allowed leave:
    therefore each is counted in a transaction of its own before it looks.
    """
    with tenancy.workspace(workspace_id):
        mine = Departure.objects.create(connection_id=box.id, message_id=message_id, at=clock.now())
    with tenancy.workspace(workspace_id):
        refusal = _refusal(box, mine)
        if refusal is not None:
            mine.delete()
    if refusal is not None:
        raise refusal


def _refusal(box: Mailbox, mine: Departure) -> SendRefused | None:
    now = mine.at
    before = Departure.objects.filter(connection_id=box.id).exclude(id=mine.id)
    before = before.filter(Q(at__lt=now) | Q(at=now, id__lt=mine.id))
    for length, most in ((timedelta(hours=1), box.per_hour), (timedelta(days=1), box.per_day)):
        times = list(before.filter(at__gt=now - length).order_by("-at").values_list("at", flat=True)[:most])
        if len(times) == most:
            text = say(
                "This mailbox sends at most {n} mails in that time. It leaves when its turn comes.", n=most
            )
            wait = max(times[-1] + length - now, timedelta(seconds=1))
            return SendRefused("limit", text, retry_after=wait, waits=True)
    return None


def is_loop(thread_id: UUID, message_id: UUID) -> bool:
    """Whether so many automatic mails went to one person within an hour that two machines seem to talk."""
    rows = Message.objects.filter(
        thread_id=thread_id, direction=Direction.OUT.value, automatic=True, at__gt=clock.now() - _LOOP_WITHIN
    )
    return rows.exclude(id=message_id).count() >= _MOST_AUTOMATIC


def forget_old_departures_everywhere() -> None:
    """Throw away what no limit counts any more, one workspace after the other."""
    old = Departure.objects.filter(at__lt=clock.now() - _KEPT)
    with tenancy.everywhere():
        workspaces = list(old.values_list("workspace_id", flat=True).distinct())
    for workspace_id in workspaces:
        with tenancy.workspace(workspace_id):
            old.delete()
