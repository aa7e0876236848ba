from __future__ import annotations

import contextlib
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from leadline.kit.errors import Invalid
from leadline.kit.money import Money, exponent, parse

currencies = st.sampled_from(["ILS", "USD", "JPY", "KWD", "CLF", "EUR"])
amounts = st.integers(-(10**15), 10**15)
monies = st.builds(Money, amounts, currencies)


@pytest.mark.parametrize(("currency", "decimals"), [("ILS", 2), ("JPY", 0), ("KWD", 3), ("CLF", 4)])
def test_every_currency_has_its_own_decimals(currency: str, decimals: int) -> None:
    assert exponent(currency) == decimals


@pytest.mark.parametrize("currency", ["XXX", "ils", "", "shekel"])
def test_a_currency_that_does_not_exist_is_refused(currency: str) -> None:
    with pytest.raises(Invalid, match="ISO code"):
        Money(1, currency)


def test_shekels_and_dollars_are_not_added() -> None:
    with pytest.raises(Invalid) as refusal:
        Money(100, "ILS") + Money(100, "USD")
    assert refusal.value.code == "currency_mismatch"
    with pytest.raises(Invalid):
        Money(100, "ILS") - Money(100, "USD")
    with pytest.raises(Invalid):
        assert Money(100, "ILS") < Money(200, "USD")


def test_an_amount_that_no_column_holds_is_refused() -> None:
    with pytest.raises(Invalid, match="too large"):
        Money(2**63, "ILS")
    with pytest.raises(Invalid, match="too large"):
        parse("9" * 30, "ILS")


@pytest.mark.parametrize(
    ("text", "currency", "minor"),
    [
        ("1234.5", "ILS", 123450),
        ("1,234.50", "ILS", 123450),
        ("1.234,50", "EUR", 123450),
        ("1 234,50 €", "EUR", 123450),
        ("1\u202f234,50\u00a0€", "EUR", 123450),
        ("1'234.50", "CHF", 123450),
        ("1’234", "CHF", 123400),
        ("₪1,234", "ILS", 123400),
        ("\u200f1,234.00\u00a0\u200f₪", "ILS", 123400),
        ("1,234 ש״ח", "ILS", 123400),
        ("USD 12.50", "USD", 1250),
        ("R$ 1.234.567,89", "BRL", 123456789),
        ("12,34,567.00", "INR", 123456700),
        ("-5", "USD", -500),
        ("\u22125.00", "USD", -500),
        ("5-", "USD", -500),
        ("-$5", "USD", -500),
        ("$-5", "USD", -500),
        ("(5.25)", "USD", -525),
        ("+5", "USD", 500),
        ("0", "USD", 0),
        (".5", "USD", 50),
        ("5.", "USD", 500),
        ("0,5", "USD", 50),
        ("12.500000", "USD", 1250),
        ("1.234", "EUR", 123400),
        ("1,234", "KWD", 1234000),
        ("1.234", "KWD", 1234),
        ("1,234.567", "KWD", 1234567),
        ("1.000.000", "JPY", 1000000),
        ("¥1,000", "JPY", 1000),
        ("١٬٢٣٤٫٥٠", "SAR", 123450),
        ("1234,56", "ILS", 123456),
    ],
)
def test_amounts_are_read_as_people_write_them(text: str, currency: str, minor: int) -> None:
    assert parse(text, currency) == Money(minor, currency)


NOT_AMOUNTS = (
    "|free|1,2,3|1.2.3|12.34.56|1,23,4|1-2|10%|5 to 7|1,234,56.7|--5|()5|1.234.567.89|1,234.567,89|12/2026"
    "|1e5|0x10|²|USD 5|5 USD|about 5"
)


@pytest.mark.parametrize("text", NOT_AMOUNTS.split("|"))
def test_what_is_not_an_amount_is_refused_and_not_guessed(text: str) -> None:
    with pytest.raises(Invalid):
        parse(text, "ILS")


@pytest.mark.parametrize(("text", "currency"), [("12.345678", "ILS"), ("0.123", "USD"), ("10.5", "JPY")])
def test_more_decimals_than_the_currency_has_are_refused_and_not_rounded(text: str, currency: str) -> None:
    with pytest.raises(Invalid) as refusal:
        parse(text, currency)
    assert refusal.value.code == "amount_too_precise"


def test_formatting_is_the_same_for_everybody() -> None:
    assert Money(-123450, "ILS").format() == "-1,234.50 ILS"
    assert Money(1000, "JPY").format() == "1,000 JPY"
    assert Money(0, "KWD").format() == "0.000 KWD"


def test_the_largest_remainder_gets_the_rest() -> None:
    shares = Money(100, "ILS").allocate([1, 1, 1])

    assert [share.amount_minor for share in shares] == [34, 33, 33]
    assert [share.amount_minor for share in Money(-100, "ILS").allocate(3)] == [-34, -33, -33]
    assert [share.amount_minor for share in Money(5, "ILS").allocate([70, 30])] == [4, 1]


@pytest.mark.parametrize("parts", [[], [0, 0], [-1, 2], 0])
def test_parts_without_weight_are_refused(parts: int | list[int]) -> None:
    with pytest.raises(Invalid):
        Money(100, "ILS").allocate(parts)


def test_conversion_rounds_half_to_even_and_knows_both_currencies_decimals() -> None:
    assert Money(10000, "USD").convert(Decimal("3.705"), "ILS") == Money(37050, "ILS")
    assert Money(100, "USD").convert(Decimal("150.5"), "JPY") == Money(150, "JPY")
    assert Money(100, "USD").convert(Decimal("151.5"), "JPY") == Money(152, "JPY")
    assert Money(1, "KWD").convert(Decimal("3.25"), "USD") == Money(0, "USD")
    assert Money(1000, "KWD").convert(Decimal("3.25"), "USD") == Money(325, "USD")


def test_a_discount_is_rounded_half_to_even() -> None:
    assert Money(1250, "ILS").times(Decimal("0.17")) == Money(212, "ILS")
    assert Money(1250, "ILS").times(3) == Money(3750, "ILS")


@given(monies)
def test_what_is_written_reads_back_the_same(money: Money) -> None:
    assert parse(money.format(), money.currency) == money
    assert parse(str(money.to_decimal()), money.currency) == money


@given(monies, st.lists(st.integers(0, 10**6), min_size=1, max_size=20).filter(any))
def test_shares_add_up_exactly_and_each_is_within_one_unit_of_fair(money: Money, weights: list[int]) -> None:
    shares = money.allocate(weights)

    assert sum(share.amount_minor for share in shares) == money.amount_minor
    for share, weight in zip(shares, weights, strict=True):
        assert abs(share.amount_minor * sum(weights) - money.amount_minor * weight) < sum(weights)
        assert weight or share.amount_minor == 0


@given(amounts, amounts, currencies)
def test_adding_and_taking_away_are_each_others_inverse(a: int, b: int, currency: str) -> None:
    first, second = Money(a, currency), Money(b, currency)

    assert first + second - second == first
    assert first - second == -(second - first)


@given(monies)
def test_converting_at_one_changes_nothing(money: Money) -> None:
    assert money.convert(Decimal(1), money.currency) == money


@given(st.text(max_size=30), currencies)
def test_no_text_whatsoever_causes_another_error_than_a_refusal(text: str, currency: str) -> None:
    with contextlib.suppress(Invalid):
        parse(text, currency)
