"""Who owns a lead hears of it."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime, timedelta

from leadline.engines.notices import actions as notices
from leadline.engines.notices.models import Notice
from leadline.kit import clock
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


def test_of_messages_the_owner_hears_once_until_the_notice_is_read(
    rita: Actor, omer: Actor, drain: Callable[[], int], held: datetime
) -> None:
    people.lead(rita, "Dana")
    for _ in range(3):
        clock.move(timedelta(minutes=1))
        people.lead(omer, "Dana", channel="whatsapp")
        drain()
    assert Notice.objects.count() == 1

    notices.read(rita)
    clock.move(timedelta(minutes=1))
    people.lead(omer, "Dana", channel="whatsapp")
    drain()
    assert Notice.objects.count() == 2


def test_of_each_form_the_owner_hears(
    rita: Actor, omer: Actor, drain: Callable[[], int], held: datetime
) -> None:
    people.lead(rita, "Dana")
    for _ in range(2):
        clock.move(timedelta(minutes=1))
        people.lead(omer, "Dana", channel="form")
        drain()
    assert Notice.objects.filter(kind="lead.joined").count() == 2
