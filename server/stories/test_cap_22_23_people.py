"""CAP-22, CAP-23: a person is one record, complete as far as known, however often they ask."""

from __future__ import annotations

import pytest
from django.test import Client

from leadline.capture import queries as doors
from leadline.capture.models import Connection
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


def test_another_inquiry_fills_what_is_missing_and_overwrites_nothing(acme: Acme, drain: Drain) -> None:
    ola = acme.ola
    first = {"phone": "0501234567", "city": "Haifa", "extra": {"roof": "flat"}}
    lead = ola.add("Dana Levi", **first)
    assert (lead["completeness"], lead["company_name"]) == (50, "")

    more = {"email": "dana@levi-roofs.example", "company": "Levi Roofs", "country": "IL", "language": "he"}
    again = ola.add(
        "D. Levy", phone="+972501234567", city="Eilat", interest="Solar", **more, extra={"roof": "steep"}
    )
    assert (again["id"], again["joined"]) == (lead["id"], True)

    full = ola.lead(lead["id"])
    assert [full[key] for key in ("name", "company_name", "email", "interest", "completeness")] == [
        "Dana Levi",
        "Levi Roofs",
        "dana@levi-roofs.example",
        "Solar",
        100,
    ]
    person = full["contact"]
    assert [person[key] for key in ("name", "city", "country", "language")] == [
        "Dana Levi",
        "Haifa",
        "IL",
        "he",
    ]
    assert {one["kind"] for one in person["identities"]} == {"phone", "email"}
    assert full["extra"] == {"roof": "flat"}
    asked = ola.timeline(lead["id"], "inquiry")
    assert "differs" not in asked[0]["payload"]
    assert asked[1]["payload"]["differs"] == {"roof": "steep", "name": "D. Levy", "city": "Eilat"}
    (company_rule,) = [
        r for r in ok(ola.get(f"/leads/{lead['id']}/score"))["reasons"] if "Company" in r["label"]
    ]
    assert company_rule["points"] > 0


def test_a_job_title_and_a_name_from_a_form_complete_who_was_only_a_number(ola: Seat, drain: Drain) -> None:
    lead = ola.add("", phone="0501234567")
    assert lead["name"] == "+972501234567"
    form = f"/f/{doors.token_of(Connection.objects.get(channel='form'))}"
    Client().post(
        form, {"name": "Dana Levi", "email": "dana@levi.example", "phone": "050-1234567", "job_title": "CEO"}
    )
    drain()

    full = ola.only_lead()
    assert (full["id"], full["name"], full["contact"]["title"]) == (lead["id"], "Dana Levi", "CEO")
