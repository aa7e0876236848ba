"""Fifty inquiries of one person at the same moment."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor

import pytest
from django.db import connection

from leadline.contacts.models import Contact, Identity
from leadline.infra import tenancy
from leadline.leads import actions
from leadline.leads.models import Lead, StageVisit
from leadline.leads.tests import people
from leadline.testing import people as members
from leadline.workspaces.actor import Actor

CHANNELS = [
    ("whatsapp", {"whatsapp": "972501234567"}),
    ("form", {"phone": "050-123-4567", "email": "dana@gmail.com"}),
    ("phone", {"phone": "+972 50 123 4567"}),
]


@pytest.mark.django_db(transaction=True)
def test_fifty_inquiries_of_one_person_through_three_channels_make_one_contact_and_one_lead() -> None:
    company = members.acme()
    with tenancy.workspace(company.id):
        rita = members.member(company, "Rita", "rep")
        actions.set_up_pipeline(rita)

    def inquire(number: int) -> None:
        channel, identities = CHANNELS[number % 3]
        try:
            with tenancy.workspace(company.id):
                people.lead(Actor.product(company.id), "Dana", channel=channel, identities=identities)
        finally:
            connection.close()

    with ThreadPoolExecutor(8) as threads:
        list(threads.map(inquire, range(50)))

    with tenancy.workspace(company.id):
        assert Contact.objects.count() == 1
        assert Identity.objects.count() == 3
        assert Lead.objects.count() == 1
        assert StageVisit.objects.count() == 1
