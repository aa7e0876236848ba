"""CAP-14: a program hands in whatever it knows, once; what we do not know is refused by name."""

from __future__ import annotations

import pytest

from leadline.testing import Api
from stories.company import Acme, Seat, ok

DANA = {
    "name": "Dana Levi",
    "phone": "+972 50-123-4567",
    "email": "dana@levi.example",
    "company": "Levi Roofs",
    "source": "partner",
    "campaign": "Spring",
    "text": "Please call",
    "interest": "Solar",
    "value_minor": 1_250_000,
    "currency": "EUR",
    "city": "Haifa",
    "custom": {"roof_area": 80},
}


@pytest.fixture
def shop(acme: Acme) -> Api:
    """A program with a key that may read and write leads."""
    ok(acme.ola.post("/fields", {"object": "lead", "label": "Roof area", "type": "number"}))
    return acme.program()


def test_the_same_key_twice_is_one_lead_with_every_value(shop: Api, ola: Seat) -> None:
    first, again = (shop.post("/leads", DANA, key="order-7") for _ in range(2))
    assert ok(first)["id"] == ok(again)["id"]

    lead = ola.only_lead()
    plain = ("name", "email", "source", "campaign", "text", "interest", "value_minor", "currency", "city")
    assert {key: lead[key] for key in plain} == {key: DANA[key] for key in plain}
    assert (lead["phone"], lead["company_name"]) == ("+972501234567", "Levi Roofs")
    assert lead["custom"] == {"roof_area": 80}
    assert (lead["channel"], lead["owner"]["name"]) == ("api", "Ola")
    assert len(ola.timeline(lead["id"], "inquiry")) == len(ola.audit(lead["id"], "created")) == 1


def test_an_unknown_field_is_named_and_nothing_is_kept(shop: Api, ola: Seat) -> None:
    for wrong, field in (
        ({"favourite_colour": "red"}, "favourite_colour"),
        ({"custom": {"roof_colour": "red"}}, "custom.roof_colour"),
    ):
        refused = shop.post("/leads", {**DANA, **wrong})
        assert (refused.status_code, refused.json()["field"]) == (422, field)
        assert field.split(".")[-1] in refused.json()["detail"]
    assert ola.leads() == []


def test_the_description_of_the_api_lists_the_own_fields(shop: Api) -> None:
    shapes = ok(shop.get("/openapi.json"))["components"]["schemas"]
    assert shapes["NewLead"]["properties"]["custom"]["properties"] == {
        "roof_area": {"title": "Roof area", "type": "number"}
    }
