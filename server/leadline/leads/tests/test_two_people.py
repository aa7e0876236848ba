"""Two people change one person at a time: neither overwrites silently what the other wrote."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

from leadline.contacts import actions as contacts
from leadline.infra.live.changes import changes_of
from leadline.infra.models import EventRow
from leadline.leads.tests import people
from leadline.leads.tests.people import person
from leadline.testing import Api
from leadline.workspaces.actor import Actor

Client = Callable[[Actor], Api]
Pages = tuple[str, str]


@pytest.fixture
def pages(rita: Actor) -> Pages:
    """The addresses of a lead and of its person."""
    lead = people.lead(rita, "Dana")
    return f"/leads/{lead.id}", f"/contacts/{lead.contact_id}"


def told_of_leads() -> int:
    rows = EventRow.objects.order_by("seq")
    return sum(1 for change in changes_of(rows) if change.room == "leads" and change.kind == "LeadChanged")


@pytest.mark.parametrize("change", [{"city": "Haifa"}, {"phone": "0501234567"}, {"company": "Levi Ltd"}])
def test_a_change_of_the_person_makes_an_open_page_of_the_lead_old(
    rita: Actor, omer: Actor, api: Client, pages: Pages, change: dict[str, Any]
) -> None:
    lead, contact = pages
    seen = api(omer).get(lead).json()
    told = told_of_leads()

    assert api(rita).patch(contact, change).status_code == 200

    assert told_of_leads() == told + 1
    refused = api(omer).patch(lead, {"version": seen["version"], "contact": {"city": "Eilat"}})
    assert (refused.status_code, refused.json()["code"]) == (409, "conflict")
    assert refused.json()["current"] == api(omer).get(lead).json()
    assert refused.json()["current"]["contact"]["city"] == change.get("city", "")
    fresh = {"version": refused.json()["current"]["version"], "contact": {"city": "Eilat"}}
    assert api(omer).patch(lead, fresh).json()["contact"]["city"] == "Eilat"


def test_a_change_of_the_lead_makes_an_open_page_of_the_person_old(
    rita: Actor, omer: Actor, api: Client, pages: Pages
) -> None:
    lead, contact = pages
    seen = api(omer).get(contact).json()

    assert api(rita).patch(lead, {"contact": {"city": "Haifa"}}).status_code == 200

    refused = api(omer).patch(contact, {"version": seen["version"], "city": "Eilat"})
    assert (refused.status_code, refused.json()["code"]) == (409, "conflict")
    assert refused.json()["current"] == api(omer).get(contact).json()
    assert refused.json()["current"]["city"] == "Haifa"


def test_another_way_to_reach_the_person_makes_open_pages_old(
    rita: Actor, omer: Actor, api: Client, pages: Pages
) -> None:
    lead, contact = pages
    seen = api(omer).get(lead).json(), api(omer).get(contact).json()
    people.lead(rita, "Dana", identities={"email": "dana@gmail.com", "phone": "0501234567"})

    for page, before in zip(pages, seen, strict=True):
        assert api(omer).patch(page, {"version": before["version"], "name": "Dina"}).status_code == 409
    assert api(omer).get(contact).json()["phone"] == "+972501234567"


def test_one_change_of_lead_and_person_counts_once_for_whoever_made_it(
    rita: Actor, api: Client, pages: Pages
) -> None:
    lead, _ = pages
    body = api(rita).get(lead).json()
    for number in range(3):
        change = {"interest": f"Roof {number}", "contact": {"city": f"City {number}"}}
        answer = api(rita).patch(lead, {"version": body["version"], **change})
        assert answer.status_code == 200
        body = answer.json()
    assert (body["interest"], body["contact"]["city"]) == ("Roof 2", "City 2")


def test_nothing_changed_makes_nothing_old(rita: Actor, api: Client, pages: Pages) -> None:
    lead, contact = pages
    before = api(rita).patch(contact, {"city": "Haifa"}).json(), api(rita).get(lead).json()
    api(rita).patch(contact, {"city": "Haifa"})
    api(rita).patch(lead, {"contact": {"city": "Haifa"}})
    assert (api(rita).get(contact).json(), api(rita).get(lead).json()) == before


def test_the_company_of_the_person_is_the_company_of_the_open_lead(
    rita: Actor, api: Client, pages: Pages
) -> None:
    lead, contact = pages
    api(rita).patch(lead, {"contact": {"company": "Old Ltd"}})
    api(rita).patch(contact, {"company": "New Ltd"})
    assert api(rita).get(lead).json()["company_name"] == "New Ltd"


def test_a_person_of_several_identities_is_matched_without_becoming_newer(
    rita: Actor, inside: object
) -> None:
    known = contacts.match_or_make(rita, [person("Dana", email="dana@x.example", phone="0501234567")], "IL")
    known[0].contact.refresh_from_db()
    again = contacts.match_or_make(rita, [person("Dana", phone="050-1234567")], "IL")
    again[0].contact.refresh_from_db()
    assert again[0].contact.version == known[0].contact.version
