"""The card of a lead says how many messages nobody has read."""

from __future__ import annotations

from collections.abc import Callable

from leadline.conversations import actions
from leadline.conversations.ports import InboundMessage
from leadline.engines.notices.models import Notice
from leadline.infra.models import EventRow
from leadline.kit import clock
from leadline.leads.models import Lead
from leadline.leads.tests import people
from leadline.testing import Api
from leadline.workspaces.actor import Actor


def writes(lead: Lead, *ids: str) -> None:
    """The person of a lead writes messages."""
    items = [
        InboundMessage(
            channel="whatsapp",
            account_id=None,
            contact_id=lead.contact_id,
            lead_id=lead.id,
            provider_id=one,
            address="972501234567",
            kind="text",
            body="Hello?",
            at=clock.now(),
        )
        for one in ids
    ]
    actions.receive(Actor.product(lead.workspace_id), items)


def test_messages_count_on_the_card_until_somebody_reads_them(
    rita: Actor, api: Callable[[Actor], Api]
) -> None:
    dana, noa = people.lead(rita, "Dana"), people.lead(rita, "Noa")
    writes(dana, "m1", "m2")
    writes(dana, "m2", "m3")
    writes(noa, "m4")

    shown = {row["name"]: row["unread"] for row in api(rita).get("/leads").json()["items"]}
    assert shown == {"Dana": 3, "Noa": 1}

    assert api(rita).post(f"/leads/{dana.id}/message-reads").status_code == 204
    shown = {row["name"]: row["unread"] for row in api(rita).get("/leads").json()["items"]}
    assert shown == {"Dana": 0, "Noa": 1}
    assert EventRow.objects.filter(name="MessagesRead").count() == 1


def test_reading_the_messages_reads_the_notice_of_them(
    rita: Actor, omer: Actor, drain: Callable[[], int]
) -> None:
    dana = people.lead(rita, "Dana")
    people.lead(omer, "Dana", channel="whatsapp")
    writes(dana, "m1")
    drain()
    assert Notice.objects.get().read_at is None

    actions.mark_read(rita, dana.id)
    assert Notice.objects.get().read_at is not None
