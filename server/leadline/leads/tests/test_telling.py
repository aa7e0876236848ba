"""Who owns a lead hears of it."""

from __future__ import annotations

from collections.abc import Callable

from leadline.engines.notices.models import Notice
from leadline.leads.tests import people
from leadline.workspaces.actor import Actor


def test_the_owner_is_told_when_the_person_asks_again(
    rita: Actor, omer: Actor, drain: Callable[[], int]
) -> None:
    lead = people.lead(rita, "Dana")
    drain()
    assert not Notice.objects.exists()

    people.lead(omer, "Dana", channel="whatsapp")
    drain()

    notice = Notice.objects.get()
    assert (notice.member_id, notice.title) == (rita.member_id, "Dana asked again (WhatsApp)")
    assert notice.link_id == lead.id
