"""Forget a lead because LinkedIn asks for it; what people added to it is for people to decide."""

from __future__ import annotations

from leadline.capture import actions as capture
from leadline.capture.models import Connection
from leadline.channels.linkedin.inbound import key_of
from leadline.engines.notices import actions as notices
from leadline.kit.sentences import say
from leadline.workspaces.models import Member
from leadline.workspaces.rules import Role


def forget(connection: Connection, lead_id: str) -> None:
    """Erase what was received about it, and tell the administrators which lead is meant, once."""
    erased = capture.erase(connection, key_of(lead_id))
    if erased is None or erased.lead_id is None:
        return
    admins = Member.objects.filter(role__in=[Role.OWNER.value, Role.ADMIN.value], active=True)
    notices.tell(
        [
            notices.Telling(
                member_id=member_id,
                kind="lead.forget",
                title=say("LinkedIn asks to delete the data of this lead"),
                text=say("What came from LinkedIn is erased. Decide about the lead itself, and delete it."),
                link_object="lead",
                link_id=erased.lead_id,
                once=f"linkedin.forget:{lead_id}",
            )
            for member_id in admins.values_list("id", flat=True)
        ]
    )
