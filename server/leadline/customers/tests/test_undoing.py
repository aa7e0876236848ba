"""A conversion is taken back within 30 days."""

from __future__ import annotations

from datetime import datetime, timedelta

import pytest

from leadline.customers import actions, queries
from leadline.customers.models import Conversion, Customer
from leadline.customers.ports import Deal, Wanted
from leadline.engines.search import queries as search
from leadline.kit import clock
from leadline.kit.errors import Conflict
from leadline.leads import actions as leads
from leadline.leads.models import Lead
from leadline.leads.tests import people
from leadline.workspaces.actor import Actor


def test_an_undone_conversion_leaves_the_lead_as_it_was_and_no_customer(rita: Actor, lead: Lead) -> None:
    wanted = Wanted(deal=Deal(name="Roof", value_minor=5, stage_id=people.stage("Quote Sent").id))
    conversion = actions.convert_lead(rita, lead.id, wanted)
    undone = actions.undo_conversion(rita, conversion.id)

    back = Lead.objects.get()
    assert back.converted_at is None
    assert (back.name, back.value_minor, back.stage_id) == (lead.name, lead.value_minor, lead.stage_id)
    assert not Customer.objects.exists()
    assert (undone.undo["customer_removed"], undone.undo["kept"]) == (True, [])
    assert [hit for hit in search.search(rita, "rooftop") if hit.object == "customer"] == []
    assert actions.undo_conversion(rita, conversion.id).undone_at == undone.undone_at


def test_what_was_touched_stays_and_is_named(rita: Actor, lead: Lead) -> None:
    wanted = Wanted(deal=Deal(name="Roof", value_minor=5))
    conversion = actions.convert_lead(rita, lead.id, wanted)
    actions.change_customer(rita, Customer.objects.get().id, {"about": "Pays late"})
    leads.change_lead(rita, lead.id, {"value_minor": 7})
    undone = actions.undo_conversion(rita, conversion.id)

    assert (Lead.objects.get().name, Lead.objects.get().value_minor) == (lead.name, 7)
    assert Customer.objects.get().deals == 0
    kept = {(one["object"], one["name"]): one["reason"] for one in undone.undo["kept"]}
    assert kept == {
        ("deal", "value_minor"): "Somebody has changed it since.",
        ("customer", "rooftop.co.il"): "Somebody has changed it since.",
    }


def test_a_customer_with_another_deal_stays(rita: Actor, lead: Lead) -> None:
    first = actions.convert_lead(rita, lead.id, Wanted())
    gil = people.lead(rita, "Gil Roof", identities={"email": "gil@rooftop.co.il"})
    second = actions.convert_lead(rita, gil.id, Wanted(existing_id=first.customer_id))
    actions.undo_conversion(rita, first.id)
    assert Customer.objects.get().deals == 1
    assert [row.id for row in Conversion.objects.filter(undone_at=None)] == [second.id]


def test_what_a_known_customer_was_told_is_taken_back(rita: Actor, lead: Lead) -> None:
    first = actions.convert_lead(rita, lead.id, Wanted())
    actions.change_customer(rita, Customer.objects.get().id, {"city": "Haifa", "phone": ""})
    gil = people.lead(rita, "Gil Roof", identities={"email": "gil@rooftop.co.il", "phone": "052-7654321"})
    second = actions.convert_lead(rita, gil.id, Wanted(existing_id=first.customer_id))
    assert (Customer.objects.get().city, Customer.objects.get().phone) == ("Haifa", "+972527654321")
    actions.undo_conversion(rita, second.id)
    assert (Customer.objects.get().city, Customer.objects.get().phone) == ("Haifa", "")


def test_after_thirty_days_it_stays(rita: Actor, lead: Lead, held: datetime) -> None:
    conversion = actions.convert_lead(rita, lead.id, Wanted())
    clock.move(timedelta(days=30, seconds=1))
    with pytest.raises(Conflict) as refused:
        actions.undo_conversion(rita, conversion.id)
    assert refused.value.code == "undo_expired"
    assert Lead.objects.get().converted_at is not None


def test_a_deal_that_was_won_since_stays_a_deal(rita: Actor, lead: Lead) -> None:
    conversion = actions.convert_lead(rita, lead.id, Wanted())
    leads.move_lead(rita, lead.id, people.stage("Closed won").id)
    with pytest.raises(Conflict) as refused:
        actions.undo_conversion(rita, conversion.id)
    assert refused.value.code == "deal_won_since"
    assert Conversion.objects.get().undone_at is None


def test_a_lead_can_be_converted_again_after_the_undo(rita: Actor, lead: Lead) -> None:
    conversion = actions.convert_lead(rita, lead.id, Wanted())
    actions.undo_conversion(rita, conversion.id)
    again = actions.convert_lead(rita, lead.id, Wanted())
    assert queries.conversion_of(Lead.objects.get()) == again
    with pytest.raises(Conflict) as refused:
        actions.convert_lead(rita, lead.id, Wanted(id=conversion.id))
    assert refused.value.code == "already_converted"
