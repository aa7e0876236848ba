"""Money of several currencies is added up at the workspace's own rates, and says so."""

from __future__ import annotations

from collections.abc import Callable
from decimal import ROUND_HALF_EVEN, Decimal
from fractions import Fraction
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from leadline.leads import queries
from leadline.leads.actions import set_exchange_rates
from leadline.leads.rules import worth
from leadline.leads.shapes import Column
from leadline.leads.tests import people
from leadline.testing import Api
from leadline.workspaces.actor import Actor
from leadline.workspaces.models import AuditEntry

Client = Callable[[Actor], Api]
CODES = ("ILS", "USD", "JPY", "KWD", "EUR")
DECIMALS = {"JPY": 0, "KWD": 3}
rates = st.decimals(Decimal("0.0000000001"), Decimal(10_000), places=10)


def new(actor: Actor) -> Column:
    return next(c for c in queries.board(actor).columns if c.stage.name == "New Inquiry")


@given(
    amounts=st.dictionaries(st.sampled_from(CODES), st.integers(0, 10**20)),
    rates=st.dictionaries(st.sampled_from(CODES[1:]), rates),
)
def test_a_sum_is_exact_but_for_one_rounding_per_currency(
    amounts: dict[str, int], rates: dict[str, Decimal]
) -> None:
    found = worth(amounts, "ILS", rates)

    expected = amounts.get("ILS", 0)
    for code in amounts.keys() & rates.keys():
        exact = Fraction(amounts[code]) * Fraction(rates[code]) * Fraction(10) ** (2 - DECIMALS.get(code, 2))
        expected += round(exact)  # a Fraction is rounded half to even
    assert found.minor == expected
    assert set(found.left_out) == amounts.keys() - rates.keys() - {"ILS"}


def test_a_mixed_column_is_converted_and_marked(ada: Actor, rita: Actor, statements: Any) -> None:
    set_exchange_rates(ada, {"USD": Decimal("3.65"), "JPY": Decimal("0.0245")})
    people.lead(rita, "A", value_minor=100_00, currency="ILS")
    people.lead(rita, "B", value_minor=30_00, currency="USD")
    people.lead(rita, "C", value_minor=1_000, currency="JPY")

    column = new(rita)
    assert (column.mixed, column.unconverted) == (True, [])
    assert column.value_minor == 100_00 + 109_50 + 24_50
    assert column.weighted_minor == column.value_minor * 10 // 100
    assert {a.currency: a.minor for a in column.value} == {"ILS": 100_00, "USD": 30_00, "JPY": 1_000}


def test_a_currency_without_a_rate_is_listed_apart(ada: Actor, rita: Actor) -> None:
    set_exchange_rates(ada, {"USD": Decimal("3.65")})
    people.lead(rita, "A", value_minor=10_00, currency="USD")
    people.lead(rita, "B", value_minor=30_00, currency="EUR")

    column = new(rita)
    assert (column.mixed, column.unconverted, column.value_minor) == (True, ["EUR"], 36_50)
    assert {a.currency: a.minor for a in column.value} == {"USD": 10_00, "EUR": 30_00}


def test_a_column_of_one_currency_is_shown_in_it(ada: Actor, rita: Actor, statements: Any) -> None:
    set_exchange_rates(ada, {"USD": Decimal("3.65")})
    people.lead(rita, "A", value_minor=10_00, currency="USD")

    queries.board(rita)
    with statements() as seen:
        column = new(rita)
    assert (column.mixed, column.value_minor) == (False, 10_00)
    assert len(seen) == 4


def test_rates_are_set_one_by_one_and_written_down(ada: Actor, api: Client) -> None:
    answer = api(ada).patch("/exchange-rates", {"rates": {"USD": "3.65", "EUR": "4"}})
    assert answer.status_code == 200, answer.content
    assert answer.json()["base"] == "ILS"
    again = api(ada).patch("/exchange-rates", {"rates": {"EUR": None, "USD": "3.7"}}).json()
    assert [(r["currency"], Decimal(r["rate"]), r["version"]) for r in again["rates"]] == [
        ("USD", Decimal("3.7"), 2)
    ]
    assert api(ada).get("/exchange-rates").json() == again
    assert AuditEntry.objects.filter(object_type="exchange_rates").count() == 2


@pytest.mark.parametrize(
    ("rates", "field"),
    [
        ({"XXY": "1"}, "rates.XXY"),
        ({"ILS": "1"}, "rates.ILS"),
        ({"USD": "0"}, "rates.USD"),
        ({"USD": "-1"}, "rates.USD"),
        ({"USD": "1e300"}, "rates.USD"),
    ],
)
def test_a_rate_that_makes_no_sense_is_refused(
    ada: Actor, api: Client, rates: dict[str, str], field: str
) -> None:
    answer = api(ada).patch("/exchange-rates", {"rates": rates})
    assert (answer.status_code, answer.json()["field"]) == (422, field)
    assert api(ada).get("/exchange-rates").json()["rates"] == []


def test_who_may_not_change_settings_sets_no_rates(
    rita: Actor, stranger: Actor, ada: Actor, api: Client
) -> None:
    assert api(rita).patch("/exchange-rates", {"rates": {"USD": "3"}}).status_code == 403
    set_exchange_rates(ada, {"USD": Decimal(3)})
    assert api(stranger).get("/exchange-rates").json()["rates"] == []


def test_half_a_unit_is_rounded_to_the_even_one() -> None:
    assert worth({"USD": 1}, "ILS", {"USD": Decimal("2.5")}).minor == 2
    assert worth({"USD": 1}, "ILS", {"USD": Decimal("3.5")}).minor == 4
    assert Decimal("2.5").quantize(Decimal(1), ROUND_HALF_EVEN) == 2
