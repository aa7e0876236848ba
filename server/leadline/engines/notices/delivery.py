"""Bring one notice by one carrier: at most once, and what happened to it is known."""

from __future__ import annotations

import logging
from uuid import UUID

from leadline.engines.notices import queries
from leadline.engines.notices.models import Delivery
from leadline.engines.notices.ports import DeliveryUncertain, Letter, carriers
from leadline.infra import tenancy
from leadline.infra.jobs import background
from leadline.infra.language import speaking
from leadline.kit import clock
from leadline.kit.errors import LeadlineError
from leadline.workspaces.models import Workspace

log = logging.getLogger(__name__)


@background(retries=4)
def carry(*, workspace_id: str, delivery_id: str) -> bool:
    """Bring the letter; False when it was brought before or cannot be. Raises to be tried again."""
    workspace, delivery = UUID(workspace_id), UUID(delivery_id)
    with tenancy.workspace(workspace):
        carrier, letter = _start(delivery)
    if letter is None:
        return False
    try:
        if carrier not in carriers:
            raise LeadlineError(f"No {carrier} is set up to send notices.")
        carriers[carrier](letter)
    except DeliveryUncertain as doubt:
        _settle(workspace, delivery, "uncertain", str(doubt))
        return False
    except LeadlineError as refusal:
        _settle(workspace, delivery, "failed", refusal.detail)
        return False
    except Exception as error:
        _settle(workspace, delivery, "waiting", str(error))
        raise
    _settle(workspace, delivery, "sent")
    return True


def _start(delivery_id: UUID) -> tuple[str, Letter | None]:
    """Claim the delivery and commit that, so that a crash during the call is seen afterwards."""
    mine = Delivery.objects.filter(id=delivery_id)
    if mine.filter(state="waiting").update(state="sending", updated_at=clock.now()) == 0:
        crashed = mine.filter(state="sending")
        crashed.update(state="uncertain", error="The server stopped while this was being sent.")
        return "", None
    row = mine.select_related("notice__member__user").get()
    own = Workspace.objects.values_list("language", "timezone")
    workspace_language, zone = own.get(id=row.workspace_id)
    notice, member = row.notice, row.notice.member
    with speaking(member.user.language or workspace_language, zone):
        title, text = queries.worded(notice)
    letter = Letter(
        delivery_id=row.id,
        workspace_id=row.workspace_id,
        member_id=member.id,
        name=member.name,
        email=member.user.email,
        phone=member.phone,
        kind=notice.kind,
        title=title,
        text=text,
        link_object=notice.link_object,
        link_id=notice.link_id,
    )
    return row.carrier, letter


def _settle(workspace_id: UUID, delivery_id: UUID, state: str, error: str = "") -> None:
    now = clock.now()
    with tenancy.workspace(workspace_id):
        Delivery.objects.filter(id=delivery_id, state__in=["sending", "uncertain"]).update(
            state=state, error=error[:2000], sent_at=now if state == "sent" else None, updated_at=now
        )
    if error:
        log.warning("notice %s is %s: %s", delivery_id, state, error)
