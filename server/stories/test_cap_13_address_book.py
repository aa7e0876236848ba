"""CAP-13: an address book or a mailbox becomes leads: one per person, with the first message."""

from __future__ import annotations

import pytest

from leadline.engines.timeline.models import TimelineEntry
from leadline.engines.transfer.tests.test_reading import CARDS, MAILBOX
from leadline.leads.models import Lead
from leadline.testing import Api
from leadline.workspaces.actor import Actor
from stories.bringing import Drain, brought, counts, run

pytestmark = pytest.mark.django_db


def test_an_address_book_becomes_leads(mona: Actor, rita: Actor, drain: Drain) -> None:
    after = run(Api(mona), brought(Api(mona), "book.vcf", CARDS.encode()), drain)
    assert counts(after) == (3, 0, 0, 0)
    dana = Lead.objects.select_related("contact__company").get(name="Dana Levi")
    assert (dana.contact.phone, dana.contact.email, dana.contact.country) == (
        "+972521234567",
        "dana@example.org",
        "IL",
    )
    assert sorted(dana.contact.identities.values_list("kind", flat=True)) == ["email", "phone", "phone"]
    assert dana.text == "likes\nboats"


def test_a_mailbox_becomes_one_lead_per_sender_with_the_first_message_on_the_timeline(
    mona: Actor, rita: Actor, drain: Drain
) -> None:
    after = run(Api(mona), brought(Api(mona), "inbox.mbox", MAILBOX), drain)
    assert counts(after) == (1, 0, 0, 0)
    lead = Lead.objects.get()
    assert (lead.name, f"{lead.inbound_at:%Y-%m-%d %H:%M}") == ("A boat", "2026-01-05 08:00")
    entry = TimelineEntry.objects.get(about_id=lead.id, kind="inquiry")
    assert entry.text == "How much is the small one?\nFrom here it looks fine."
