"""P-06: whoever is on the phone is found, however the number is written."""

from __future__ import annotations

import pytest

from stories.company import Acme, Seat, ok


def found(seat: Seat, asked: str) -> list[str]:
    items = ok(seat.get("/search", q=asked))["items"]
    return [item["title"] for item in items if item["object"] == "lead"]


@pytest.mark.parametrize("written", ["050-123-4567", "+972501234567", "00972 50 1234567"])
@pytest.mark.parametrize(
    "asked", ["0501234567", "+972-50-123-4567", "501234567", "(050) 123 45 67", "00972501234567"]
)
def test_a_number_in_any_notation_finds_its_lead(ola: Seat, written: str, asked: str) -> None:
    ola.add("Dana Levi", phone=written)
    ola.add("Eli Cohen", phone="0527654321")
    assert found(ola, asked) == ["Dana Levi"]


@pytest.mark.parametrize("asked", ["dana", "LEVI", "levi roo", "dana@levi", "solar"])
def test_a_piece_of_a_name_a_company_a_mail_or_an_interest_finds_it_too(ola: Seat, asked: str) -> None:
    ola.add("Dana Levi", email="dana@levi.example", company="Levi Roofs", interest="Solar panels")
    ola.add("Eli Cohen", phone="0527654321")
    assert found(ola, asked) == ["Dana Levi"]


def test_a_rep_finds_only_what_the_rep_may_see(acme: Acme) -> None:
    rita, sam = acme.hire("Rita", team=acme.team("North")), acme.hire("Sam", team=acme.team("South"))
    acme.ola.add("Dana Levi", phone="0501234567", owner_id=sam.id)
    assert (found(sam, "501234567"), found(rita, "501234567")) == (["Dana Levi"], [])


def test_the_new_number_is_found_and_the_old_name_is_not(ola: Seat) -> None:
    lead = ola.add("Dana Levi", phone="0501234567")
    ok(ola.patch(f"/leads/{lead['id']}", {"name": "Roof of Haifa", "contact": {"phone": "0527654321"}}))
    assert found(ola, "0527654321") == ["Roof of Haifa"]
    assert ola.delete(f"/leads/{lead['id']}").status_code == 204
    assert found(ola, "0527654321") == []
