"""CAP-22, CAP-23: a person is one record, complete as far as known, however often they ask."""

from __future__ import annotations

import pytest

from stories.company import Acme, Drain, Seat, ok

ESSENTIAL = ("contact_name", "company_name", "source", "interest", "phone", "email")


def test_the_essential_record_knows_how_complete_it_is(ola: Seat) -> None:
    lead = ola.add("Dana Levi", phone="(050) 123-4567")
    assert all(key in lead for key in ESSENTIAL)
    assert (lead["phone"], lead["completeness"]) == ("+972501234567", 50)

    changes = {"interest": "Solar", "contact": {"email": "Dana@Levi.example", "company": "Levi Roofs"}}
    full = ok(ola.patch(f"/leads/{lead['id']}", changes))
    assert full["completeness"] == 100
    assert [full[key] for key in ESSENTIAL] == [
        "Dana Levi",
        "Levi Roofs",
        "manual",
        "Solar",
        "+972501234567",
        "dana@levi.example",
    ]


def test_colleagues_meet_by_their_mail_domain_but_not_at_a_free_mail_service(ola: Seat) -> None:
    dana = ola.add("Dana", email="dana@levi-roofs.example", company="Levi Roofs")
    eli = ola.add("Eli", email="eli@levi-roofs.example")
    fay, gil = (
        ola.add("Fay", email="fay@gmail.com", company="Fay & Co"),
        ola.add("Gil", email="gil@gmail.com"),
    )
    assert eli["contact"]["company"] == dana["contact"]["company"] != None  # noqa: E711
    assert fay["contact"]["company"]["name"] == "Fay & Co"
    assert gil["contact"]["company"] is None


@pytest.mark.parametrize(
    "again",
    [
        {"email": "DANA@Levi.Example"},
        {"email": "dana+offers@levi.example"},
        {"phone": "+972-50-123-4567"},
        {"phone": "00972501234567"},
    ],
)
def test_the_same_person_joins_the_open_lead_and_the_owner_hears_of_it(
    acme: Acme, drain: Drain, again: dict[str, str]
) -> None:
    rita = acme.hire("Rita", team=acme.team("North"))
    dana = {"phone": "0501234567", "email": "dana@levi.example"}
    lead = acme.ola.add("Dana Levi", **dana, owner_id=rita.id)
    drain()
    before = len(rita.told())
    joined = acme.ola.add("D. Levi", **again, text="Any news?")
    drain()

    assert (joined["id"], joined["joined"], joined["owner"]["id"]) == (lead["id"], True, rita.id)
    assert len(acme.ola.leads()) == 1
    assert len(rita.told()) == before + 1
    assert "Dana Levi" in rita.told()[-1]
    assert [entry["text"] for entry in rita.timeline(lead["id"], "inquiry")] == ["", "Any news?"]
    assert len(rita.timeline(lead["id"], "assigned")) == 1


def test_a_customer_who_asks_again_is_a_new_lead_of_the_same_person_with_the_same_owner(
    acme: Acme, drain: Drain
) -> None:
    rita = acme.hire("Rita", team=acme.team("North"))
    lead = acme.ola.add("Dana Levi", phone="0501234567", owner_id=rita.id)
    rita.move(lead["id"], "Closed won")
    again = acme.program().add("Dana Levi", phone="0501234567")
    drain()

    assert again["id"] != lead["id"]
    assert again["contact"]["id"] == lead["contact"]["id"]
    assert again["owner"]["id"] == rita.id
    assert any("Dana Levi" in title for title in rita.told())
