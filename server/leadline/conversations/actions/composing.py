"""Keep who is writing to whom right now, so that two members do not write to one person at a time.

It is a presence, not a fact: nothing of it is audited, and what nobody repeats is forgotten.
"""

from __future__ import annotations

from uuid import UUID

from django.db import transaction

from leadline.conversations import policy, rules
from leadline.conversations.events import ComposersChanged
from leadline.conversations.models import Composer
from leadline.infra import events, lookup, retention, tenancy
from leadline.kit import clock
from leadline.kit.errors import Forbidden
from leadline.workspaces.actor import Actor


@transaction.atomic
def keep_composing(actor: Actor, lead_id: UUID) -> None:
    """The member is writing to the lead's person for a while from now on; others hear when it begins."""
    lead = lookup.get(policy.leads_to_write_to(actor).only("id"), lead_id)
    now = clock.now()
    until = now + rules.COMPOSING_FOR
    member_id = _person(actor)
    mine = policy.composers(actor).filter(lead_id=lead.id, member_id=member_id)
    if mine.filter(until__gt=now).update(until=until):
        return
    Composer.objects.bulk_create(
        [Composer(lead_id=lead.id, member_id=member_id, since=now, until=until)],
        update_conflicts=True,
        unique_fields=["lead", "member"],
        update_fields=["since", "until"],
    )
    events.record(ComposersChanged(workspace_id=actor.workspace_id, lead_ids=(lead.id,)))


@transaction.atomic
def stop_composing(actor: Actor, lead_id: UUID) -> None:
    """The member is not writing to the lead's person any more; who was not writing changes nothing."""
    lead = lookup.get(policy.leads_to_write_to(actor).only("id"), lead_id)
    gone, _ = policy.composers(actor).filter(lead_id=lead.id, member_id=_person(actor)).delete()
    if gone:
        events.record(ComposersChanged(workspace_id=actor.workspace_id, lead_ids=(lead.id,)))


def forget_silent_composers() -> int:
    """Forget those who have not said for a while that they are writing; how many there were."""
    silent = Composer.objects.filter(until__lte=clock.now())
    forgotten = 0
    for workspace_id in retention.workspaces_with(silent):
        with tenancy.workspace(workspace_id):
            rows = list(silent.select_for_update(skip_locked=True, of=("self",)))
            Composer.objects.filter(id__in=[row.id for row in rows]).delete()
            if rows:
                left = tuple(sorted({row.lead_id for row in rows}))
                events.record(ComposersChanged(workspace_id=workspace_id, lead_ids=left))
        forgotten += len(rows)
    return forgotten


def _person(actor: Actor) -> UUID:
    if not actor.human or actor.member_id is None:
        raise Forbidden("Only members write by hand. Log in to say that you are writing.")
    return actor.member_id
