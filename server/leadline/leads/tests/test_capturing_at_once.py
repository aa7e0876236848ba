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


@pytest.mark.django_db(transaction=True)
def test_inquiries_changes_moves_and_reassignments_of_one_lead_never_block_each_other() -> None:
    company = members.acme()
    with tenancy.workspace(company.id):
        reps = [members.member(company, name, "rep", team="North") for name in ("Rita", "Omer")]
        lead = people.lead(reps[0], "Dana", identities={"phone": "050-123-4567"})
        stages = [people.stage(name).id for name in ("Quote Sent", "Negotiation")]

    def act(number: int) -> None:
        rep = reps[number % 2]
        try:
            with tenancy.workspace(company.id):
                if number % 4 == 0:
                    people.lead(Actor.product(company.id), "", identities={"whatsapp": "972501234567"})
                elif number % 4 == 1:
                    contact = {"city": f"City {number}", "phone": f"05012345{number % 10}7"}
                    actions.change_lead(rep, lead.id, {"contact": contact, "interest": f"{number}"})
                elif number % 4 == 2:
                    actions.move_lead(rep, lead.id, stages[number % 8 // 4])
                else:
                    actions.change_lead(rep, lead.id, {"owner_id": reps[number % 8 // 4].member_id})
        finally:
            connection.close()

    with ThreadPoolExecutor(8) as threads:
        list(threads.map(act, range(64)))

    with tenancy.workspace(company.id):
        assert StageVisit.objects.filter(lead=lead, left_at=None).count() == 1
