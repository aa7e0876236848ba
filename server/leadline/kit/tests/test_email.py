from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from leadline.kit.email import domain, is_disposable, is_free_mail, match_key, normalise


@pytest.mark.parametrize(
    "text",
    [
        "rita@acme.co.il",
        "  Rita@ACME.co.il ",
        "Rita Levi <rita@acme.co.il>",
        "mailto:rita@acme.co.il",
        "rita@acme.co.il.",
        "rita@acme.co.il;",
        "ｒｉｔａ＠ａｃｍｅ．ｃｏ．ｉｌ",
    ],
)
def test_one_address_has_one_spelling(text: str) -> None:
    assert normalise(text) == "rita@acme.co.il"


def test_a_domain_in_any_script_has_one_ascii_spelling() -> None:
    assert normalise("rita@MÜNCHEN.de") == normalise("rita@xn--mnchen-3ya.de") == "rita@xn--mnchen-3ya.de"
    assert normalise("דוד@דוגמה.com") == "דוד@xn--6dbbec0c.com"
    assert domain("rita@münchen.de") == "xn--mnchen-3ya.de"


# Verdicts of the isemail test set.
INVALID = [
    "",
    "test",
    "@",
    "test@",
    "@iana.org",
    ".test@iana.org",
    "test.@iana.org",
    "test..iana.org",
    "te..st@iana.org",
    "test_exa-mple.com",
    "test@-iana.org",
    "test@iana-.com",
    "test@.iana.org",
    "test@iana..com",
    "test@@iana.org",
    "te\x07st@iana.org",
    '"test"test@iana.org',
    '"test\\"@iana.org',
    "test@iana/icann.org",
    "test@foo;bar.com",
    "test@iana.org (",
    "test@a[255.255.255.255]",
    "a" * 65 + "@iana.org",
    "test@" + "a" * 64 + ".org",
]
OURS = [
    "rita@localhost",
    "rita@[1.2.3.4]",
    "rita@acme",
    "rita@x.com, bob@x.com",
    "rita @x.com",
    "a@b.com\x00",
    "\ud800@b.com",
]
VALID = [
    "test@iana.org",
    "test@nominet.org.uk",
    "test@about.museum",
    "a@iana.org",
    "test.test@iana.org",
    "!#$%&`*+/=?^`{|}~@iana.org",
    "123@iana.org",
    "test@123.com",
    "test@c--n.com",
    "test@xn--hxajbheg2az3al.xn--jxalpdlp",
    "xn--test@iana.org",
    "a" * 64 + "@iana.org",
]


@pytest.mark.parametrize("text", INVALID + OURS)
def test_what_is_no_address_is_none(text: str) -> None:
    assert normalise(text) is None
    assert match_key(text) is None
    assert domain(text) is None


@pytest.mark.parametrize("text", VALID)
def test_unusual_addresses_are_still_addresses(text: str) -> None:
    assert normalise(text) == text.lower()


def test_variants_of_one_mailbox_meet() -> None:
    assert match_key("Rita+ads@acme.co.il") == match_key("rita@acme.co.il") == "rita@acme.co.il"
    assert match_key("r.i.t.a+x@googlemail.com") == match_key("rita@gmail.com") == "rita@gmail.com"


def test_different_mailboxes_stay_apart() -> None:
    assert match_key("r.ita@acme.co.il") != match_key("rita@acme.co.il")
    assert match_key("+tag@acme.co.il") == "+tag@acme.co.il"
    assert normalise("rita+ads@acme.co.il") == "rita+ads@acme.co.il"


def test_a_provider_for_everybody_names_no_company() -> None:
    for provider in [
        "gmail.com",
        "GMX.de",
        "walla.co.il",
        "bezeqint.net",
        "proton.me",
        "qq.com",
        "mailinator.com",
    ]:
        assert is_free_mail(provider), provider
    for company in ["acme.co.il", "microsoft.com", "siemens.com", "co.il", "", "דוגמה.com"]:
        assert not is_free_mail(company), company


def test_throw_away_domains_are_known_with_their_subdomains() -> None:
    assert is_disposable("mailinator.com")
    assert is_disposable("inbox.mailinator.com")
    assert not is_disposable("gmail.com")
    assert not is_disposable("com")


@given(st.emails())
def test_normalising_twice_changes_nothing(address: str) -> None:
    normal = normalise(address)

    if normal is not None:
        assert normalise(normal) == normal
        key = match_key(normal)
        assert key is not None
        assert match_key(key) == key


@given(st.text(max_size=60))
def test_no_text_whatsoever_raises(text: str) -> None:
    match_key(text)
    is_free_mail(text)
