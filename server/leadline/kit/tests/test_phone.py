from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from leadline.kit.phone import (
    canonical,
    languages_of_region,
    match_keys,
    national_digits,
    parse,
    region_of,
    same_number,
    search_digits,
)

NOTATIONS = [
    "0501234567",
    "050-123-4567",
    "+972-50-123-4567",
    "+972 (0)50 1234567",
    "00972501234567",
    "972501234567",
    "501234567",
    "p:+972501234567",
    "tel: 050 123 4567",
    "\u202a+972 50\u2011123\u20114567\u202c",
    "٠٥٠١٢٣٤٥٦٧",
    "０５０１２３４５６７",
]


@pytest.mark.parametrize("text", NOTATIONS)
def test_all_notations_of_one_number_are_the_same_number(text: str) -> None:
    phone = parse(text, "IL")

    assert (phone.raw, phone.e164, phone.country) == (text, "+972501234567", "IL")


@pytest.mark.parametrize("text", NOTATIONS)
def test_a_search_in_any_notation_finds_the_same_lead(text: str) -> None:
    assert search_digits(text, "IL")[0] == national_digits("+972501234567") == "501234567"


@pytest.mark.parametrize(
    "typed", ["0501", "05012345", "501234", "97250123", "+972501", "0097250123", "1234567", "4567"]
)
def test_a_number_is_found_while_it_is_being_typed(typed: str) -> None:
    stored = national_digits("+972501234567") or ""

    assert any(part in stored for part in search_digits(typed, "IL"))


def test_a_search_without_digits_is_no_search_for_a_number() -> None:
    assert search_digits("Rita", "IL") == []
    assert search_digits("Suite 12345", "IL") == []
    assert search_digits("05", "IL") == []


def test_a_foreign_number_keeps_its_country() -> None:
    assert parse("34600555010", "IL").e164 == "+34600555010"
    assert parse("+34 600 555 010", "IL").country == "ES"
    assert parse("442079460123").e164 == "+442079460123"
    assert parse("972501234567").e164 == "+972501234567"


def test_the_region_decides_what_a_national_number_means() -> None:
    assert parse("(212) 555-1234", "US").e164 == "+12125551234"
    assert parse("03-523-4567", "IL").e164 == "+97235234567"
    assert parse("03-523-4567").e164 is None


def test_of_several_numbers_in_one_field_the_first_counts() -> None:
    assert parse("054-2234567 / 052-7654321", "IL").e164 == "+972542234567"


@pytest.mark.parametrize(
    "text", ["", "anonymous", "*2700", "100", "+", "0" * 50, "+1", "12-34", "\x00", "\ud800"]
)
def test_what_cannot_be_a_number_is_kept_raw_and_not_guessed(text: str) -> None:
    phone = parse(text, "IL")

    assert (phone.raw, phone.e164, phone.country, phone.valid) == (text, None, None, False)


@pytest.mark.parametrize(
    ("whatsapp", "dialled"),
    [
        ("5215512345678", "+525512345678"),
        ("551198765432", "+5511998765432"),
        ("553191234567", "+5531991234567"),
        ("5491123456789", "+541123456789"),
        ("22997123456", "+2290197123456"),
    ],
)
def test_whatsapp_ids_meet_the_numbers_people_write(whatsapp: str, dialled: str) -> None:
    assert same_number(whatsapp, dialled)
    assert same_number("+" + whatsapp, dialled)
    assert match_keys(whatsapp) == match_keys(dialled) == {"+" + whatsapp, dialled}


def test_numbers_that_only_look_alike_stay_apart() -> None:
    assert not same_number("551132345678", "5511932345678")  # a landline has no ninth digit
    assert not same_number("972501234567", "972501234568")
    assert not same_number("", "")
    assert match_keys("972501234567") == {"+972501234567"}
    assert match_keys("US.13491208655302741918x") != match_keys("972501234567")
    assert canonical("0501234567") is None


def test_an_outdated_number_is_dialled_as_it_is_today() -> None:
    assert parse("+5215512345678").e164 == "+525512345678"
    assert parse("+551198765432").valid
    assert parse("22997123456").e164 == "+2290197123456"
    assert parse("+5491123456789").e164 == "+5491123456789"


def test_a_number_tells_its_country_and_the_country_its_languages() -> None:
    assert region_of("+972501234567") == "IL"
    assert region_of("+14165550100") == "CA"
    assert region_of("+80012345678") is None
    assert region_of("nonsense") is None
    assert languages_of_region("IL")[0] == "he"
    assert languages_of_region("ch") == ("de", "fr", "it")
    assert languages_of_region("MX") == ("es",)
    assert languages_of_region("??") == ()


@given(st.text(max_size=40), st.sampled_from(["IL", "US", "MX", "BR", "AR", "BJ", "IT", None]))
def test_no_text_whatsoever_raises(text: str, region: str | None) -> None:
    phone = parse(text, region)
    search_digits(text, region)

    if phone.e164:
        assert phone.e164[1:].isascii()
        assert phone.e164[1:].isdigit()
        assert phone.e164 in match_keys(phone.e164)


@given(st.from_regex(r"\+?(52|521|55|54|549|229|972|1|44)\d{7,11}", fullmatch=True))
def test_every_key_of_a_number_has_the_same_keys(number: str) -> None:
    keys = match_keys(number)

    assert all(match_keys(key) == keys for key in keys)
    assert all(same_number(key, number) for key in keys)
