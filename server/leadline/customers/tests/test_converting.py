"""A lead becomes a deal of a customer."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from decimal import Decimal
from typing import Any

import pytest

from leadline.customers import actions, queries
from leadline.customers.models import Conversion, Customer
from leadline.customers.ports import Deal, NewCustomer, Wanted
from leadline.customers.rules import CustomerKind
from leadline.engines.schema import actions as schema
from leadline.engines.schema.ports import FieldType
from leadline.engines.search import queries as search
from leadline.engines.timeline.models import TimelineEntry
from leadline.infra.models import EventRow
from leadline.kit import clock, ids
from leadline.kit.errors import Conflict, Forbidden, Invalid, NotFound
from leadline.leads import actions as leads
from leadline.leads import queries as leads_read
from leadline.leads.models import Lead
from leadline.leads.rules import Kind
from leadline.leads.tests import people
from leadline.testing import people as testing
from leadline.workspaces.actor import Actor
from leadline.workspaces.models import Workspace


def names(*kinds: str) -> list[str]:
    return list(EventRow.objects.filter(name__in=kinds).order_by("seq").values_list("name", flat=True))


def test_a_lead_becomes_a_deal_of_its_company_with_owner_value_and_stage(rita: Actor, lead: Lead) -> None:
    conversion = actions.convert_lead(rita, lead.id, Wanted())

    deal = Lead.objects.get()
    customer = Customer.objects.get()
    assert deal.id == lead.id
    assert deal.converted_at == conversion.at or deal.converted_at is not None
    assert (deal.owner_id, deal.value_minor, deal.stage_id) == (rita.member_id, 1_200_000, lead.stage_id)
    assert (customer.name, customer.kind) == ("rooftop.co.il", "company")
    assert (customer.owner_id, customer.contact_id) == (rita.member_id, lead.contact_id)
    assert (customer.phone, customer.email) == ("+972501234567", "dana@rooftop.co.il")
    assert (customer.deals, customer.deals_won) == (1, 0)
    assert names("LeadConverted", "CustomerMade") == ["LeadConverted", "CustomerMade"]
    assert TimelineEntry.objects.filter(about_id=lead.id, kind="converted").count() == 1


def test_a_person_without_a_company_becomes_a_customer_in_person(rita: Actor, lead: Lead) -> None:
    noa = people.lead(rita, "Noa Bar")
    actions.convert_lead(rita, noa.id, Wanted(new=NewCustomer(name="Bar, Noa")))
    customer = Customer.objects.get()
    assert (customer.name, customer.kind, customer.company) == ("Bar, Noa", "person", None)


def test_the_deal_is_what_the_dialog_says(rita: Actor, lead: Lead) -> None:
    quote = people.stage("Quote Sent")
    wanted = Wanted(deal=Deal(name="Roof", value_minor=500, currency="USD", stage_id=quote.id))
    actions.convert_lead(rita, lead.id, wanted)
    deal = Lead.objects.get()
    assert (deal.name, deal.value_minor, deal.currency, deal.stage) == ("Roof", 500, "USD", quote)


def test_the_same_id_twice_is_one_conversion_and_another_is_refused(rita: Actor, lead: Lead) -> None:
    wanted = Wanted(id=ids.new_id())
    first = actions.convert_lead(rita, lead.id, wanted)
    again = actions.convert_lead(rita, lead.id, wanted)
    assert first.id == again.id
    with pytest.raises(Conflict) as refused:
        actions.convert_lead(rita, lead.id, Wanted(id=ids.new_id()))
    assert refused.value.code == "already_converted"
    assert refused.value.extra["conversion_id"] == str(first.id)
    assert (Customer.objects.count(), Conversion.objects.count()) == (1, 1)
    assert names("LeadConverted") == ["LeadConverted"]


def test_a_known_company_is_offered_and_no_second_customer_is_made(rita: Actor, lead: Lead) -> None:
    first = actions.convert_lead(rita, lead.id, Wanted())
    second = people.lead(rita, "Gil Roof", identities={"email": "gil@rooftop.co.il"})

    offered = queries.proposal(rita, second.id).candidates
    assert [(one.customer.id, str(one.reason), one.same) for one in offered] == [
        (first.customer_id, "The same company", True)
    ]
    with pytest.raises(Conflict) as refused:
        actions.convert_lead(rita, second.id, Wanted())
    assert refused.value.code == "customer_exists"
    assert Lead.objects.get(id=second.id).converted_at is None

    actions.convert_lead(rita, second.id, Wanted(existing_id=first.customer_id))
    assert Customer.objects.get().deals == 2
    assert names("CustomerMade", "DealGained") == ["CustomerMade", "DealGained"]


def test_a_customer_with_the_same_name_may_be_somebody_else(rita: Actor, lead: Lead) -> None:
    actions.convert_lead(rita, lead.id, Wanted(new=NewCustomer(kind=CustomerKind.PERSON)))
    other = people.lead(rita, "Dana Levi", identities={"email": "other@gmail.com"})
    offered = queries.proposal(rita, other.id).candidates
    assert [(str(one.reason), one.same) for one in offered] == [("The same name", False)]
    actions.convert_lead(rita, other.id, Wanted())
    assert Customer.objects.count() == 2


def test_own_fields_with_the_same_key_go_along_and_the_rest_is_named(ada: Actor, lead: Lead) -> None:
    for thing, key in (("lead", "roof"), ("customer", "roof"), ("lead", "hat")):
        schema.create_field(ada, object_key=thing, key=key, type=FieldType.TEXT, label=key.title())
    leads.change_lead(ada, lead.id, {"custom": {"roof": "flat", "hat": "red"}})

    found = queries.proposal(ada, lead.id)
    assert ("custom.roof", "custom.roof") in [(line.source, line.target) for line in found.lines]
    assert "custom.hat" in [field.key for field in found.unmapped]
    actions.convert_lead(ada, lead.id, Wanted())
    assert Customer.objects.get().custom == {"roof": "flat"}
    assert Lead.objects.get().custom == {"roof": "flat", "hat": "red"}


def test_spam_and_lost_leads_are_not_converted(rita: Actor, lead: Lead) -> None:
    leads.mark_spam(rita, lead.id)
    with pytest.raises(Conflict) as refused:
        actions.convert_lead(rita, lead.id, Wanted())
    assert refused.value.code == "lead_is_spam"
    assert not Customer.objects.exists()


def test_who_may_only_look_converts_nothing_and_others_learn_nothing(
    rita: Actor, sam: Actor, stranger: Actor, lead: Lead, workspace: Workspace
) -> None:
    reader = testing.member(workspace, "Reader", "read_only")
    with pytest.raises(Forbidden):
        actions.convert_lead(reader, lead.id, Wanted())
    for nobody in (sam, stranger):
        with pytest.raises(NotFound):
            actions.convert_lead(nobody, lead.id, Wanted())
    assert not Customer.objects.exists()


def test_a_customer_is_seen_by_its_owners_and_by_those_of_its_deals(
    rita: Actor, sam: Actor, lead: Lead
) -> None:
    conversion = actions.convert_lead(rita, lead.id, Wanted())
    rooftop = Customer.objects.get()
    assert queries.customers_page(sam).items == []
    with pytest.raises(NotFound):
        queries.customer_page(sam, rooftop.id)
    gil = people.lead(sam, "Gil Roof", identities={"email": "gil@rooftop.co.il"})
    actions.convert_lead(sam, gil.id, Wanted(existing_id=conversion.customer_id))
    page = queries.customer_page(sam, rooftop.id)
    assert [deal.lead.name for deal in page.deal_list] == ["Gil Roof"]


def test_a_company_needs_a_company(rita: Actor, lead: Lead) -> None:
    noa = people.lead(rita, "Noa Bar")
    with pytest.raises(Invalid):
        actions.convert_lead(rita, noa.id, Wanted(new=NewCustomer(kind=CustomerKind.COMPANY)))


def test_an_automation_makes_one_customer_however_often_it_runs(rita: Actor, lead: Lead) -> None:
    leads.move_lead(rita, lead.id, people.stage("Closed won").id)
    product = Actor.product(rita.workspace_id)
    first = actions.make_customer(product, lead.id)
    assert actions.make_customer(product, lead.id).id == first.id
    gil = people.lead(rita, "Gil Roof", identities={"email": "gil@rooftop.co.il"})
    actions.make_customer(product, gil.id)
    customer = Customer.objects.get()
    assert (customer.deals, customer.deals_won, customer.won_minor) == (2, 1, 1_200_000)


def test_the_numbers_of_a_customer_follow_its_deals(rita: Actor, ada: Actor, lead: Lead) -> None:
    actions.convert_lead(rita, lead.id, Wanted())
    leads.move_lead(rita, lead.id, people.stage("Closed won").id)
    assert (Customer.objects.get().deals_won, Customer.objects.get().won) == (1, {"ILS": 1_200_000})
    leads.change_lead(rita, lead.id, {"value_minor": 100, "currency": "JPY"})
    assert Customer.objects.get().won_minor == 0
    leads.set_exchange_rates(ada, {"JPY": Decimal("0.02")})
    assert Customer.objects.get().won_minor == 200
    later = clock.now() + timedelta(hours=1)
    leads.note_activity([lead.id], later)
    assert Customer.objects.get().last_activity_at == later
    leads.delete_lead(ada, lead.id)
    assert (Customer.objects.get().deals, Customer.objects.get().won) == (0, {})


def test_lists_of_leads_show_no_deals_unless_asked(rita: Actor, lead: Lead) -> None:
    noa = people.lead(rita, "Noa Bar")
    actions.convert_lead(rita, lead.id, Wanted())

    def listed(kind: Kind | None = None, **asked: Any) -> tuple[list[object], int | None]:
        found = leads_read.leads_page(rita, kind=kind, **asked)
        return sorted((row.id for row in found.items), key=str), found.total

    both = sorted([noa.id, lead.id], key=str)
    assert listed() == ([noa.id], 1)
    assert listed(Kind.DEAL) == ([lead.id], 1)
    assert listed(Kind.ALL) == (both, 2)
    assert listed(tree={"field": "status", "op": "eq", "value": "open"}) == (both, 2)
    cards = [card for column in leads_read.board(rita).columns for card in column.cards]
    assert {card.id: card.deal for card in cards} == {noa.id: False, lead.id: True}


def test_a_customer_is_found_by_its_people(rita: Actor, lead: Lead) -> None:
    conversion = actions.convert_lead(rita, lead.id, Wanted())
    for asked in ("Dana", "rooftop", "0501234567"):
        assert conversion.customer_id in [
            hit.id for hit in search.search(rita, asked) if hit.object == "customer"
        ]


def test_pages_take_a_fixed_number_of_statements(
    rita: Actor, lead: Lead, statements: Callable[[], Any]
) -> None:
    actions.convert_lead(rita, lead.id, Wanted())
    first = Customer.objects.get()
    asked: dict[str, tuple[int, Callable[[], object]]] = {
        "list": (3, lambda: queries.customers_page(rita)),
        "page": (8, lambda: queries.customer_page(rita, first.id)),
        "proposal": (12, lambda: queries.proposal(rita, lead.id)),
    }

    def counted() -> dict[str, int]:
        numbers = {}
        for name, (_, ask) in asked.items():
            with statements() as seen:
                ask()
            numbers[name] = len(seen)
        return numbers

    once = counted()
    for number in range(3):
        more = people.lead(rita, f"Gil {number}", identities={"email": f"gil{number}@rooftop.co.il"})
        actions.convert_lead(rita, more.id, Wanted(existing_id=first.id))
    assert counted() == once
    assert all(once[name] <= most for name, (most, _) in asked.items()), once


def test_a_conversion_takes_few_statements(rita: Actor, lead: Lead, statements: Callable[[], Any]) -> None:
    with statements() as seen:
        actions.convert_lead(rita, lead.id, Wanted())
    assert len(seen) <= 27
