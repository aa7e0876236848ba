"""Persons are recognised by every way to reach them."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

from leadline.contacts.actions import match_or_make
from leadline.contacts.models import Company, Contact, Identity, PossibleDuplicate
from leadline.contacts.ports import IdentityIn, Person
from leadline.engines.search import queries as search
from leadline.workspaces.actor import Actor


def person(name: str = "", company: str = "", **identities: str) -> Person:
    return Person(
        name=name, company=company, identities=tuple(IdentityIn(k, raw) for k, raw in identities.items())
    )


def test_a_stranger_becomes_a_contact_with_every_identity(rita: Actor) -> None:
    match = match_or_make(rita, [person("Dana Levi", phone="050-123 4567", email="Dana@Gmail.com")], "IL")[0]

    assert match.created
    assert (match.contact.name, match.contact.first_name, match.contact.country) == (
        "Dana Levi",
        "Dana",
        "IL",
    )
    assert {i.shown for i in Identity.objects.all()} == {"+972501234567", "dana@gmail.com"}
    assert Company.objects.count() == 0


@pytest.mark.parametrize(
    ("kind", "raw"),
    [
        ("phone", "+972 50 1234567"),
        ("phone", "972501234567"),
        ("whatsapp", "972501234567"),
        ("email", "DANA+ads@gmail.com"),
        ("email", "da.na@googlemail.com"),
    ],
)
def test_every_notation_meets_the_same_contact(rita: Actor, kind: str, raw: str) -> None:
    known = match_or_make(rita, [person("Dana", phone="0501234567", email="dana@gmail.com")], "IL")[0]

    match = match_or_make(rita, [person("Someone", **{kind: raw})], "IL")[0]

    assert (match.created, match.contact.id) == (False, known.contact.id)
    assert match.reason.startswith("Known by ")
    assert Contact.objects.get().name == "Dana"


def test_a_whatsapp_id_of_an_argentine_mobile_meets_the_number_somebody_typed(rita: Actor) -> None:
    known = match_or_make(rita, [person("Eva", phone="+54 11 2345-6789")], "AR")[0]

    assert match_or_make(rita, [person(whatsapp="5491123456789")], "AR")[0].contact.id == known.contact.id


def test_two_persons_of_one_batch_who_share_an_address_are_one(rita: Actor) -> None:
    first, second, third = match_or_make(
        rita,
        [person("Dana", phone="0501234567"), person("", phone="0501234567", email="d@x.co"), person("Eli")],
        "IL",
    )

    assert first.contact.id == second.contact.id != third.contact.id
    assert Contact.objects.count() == 2
    assert first.contact.company is not None


def test_two_known_contacts_are_not_merged_but_the_doubt_is_noted(rita: Actor) -> None:
    older, newer = (
        match_or_make(rita, [person("Dana", phone="0501234567")], "IL")[0],
        match_or_make(rita, [person("D. Levi", email="dana@gmail.com")], "IL")[0],
    )

    match = match_or_make(rita, [person("Dana", phone="0501234567", email="dana@gmail.com")], "IL")[0]

    assert match.contact.id == older.contact.id
    assert "Possible duplicate" in match.reason
    noted = PossibleDuplicate.objects.get()
    assert (noted.contact_id, noted.other_id) == (older.contact.id, newer.contact.id)


def test_a_company_is_known_by_the_domain_of_a_mail_but_not_by_free_mail(rita: Actor) -> None:
    a, b, c, d = match_or_make(
        rita,
        [
            person("A", email="a@delta.co.il"),
            person("B", company="Delta Ltd", email="b@delta.co.il"),
            person("C", email="c@gmail.com"),
            person("D", company="Home Bakery", email="d@gmail.com"),
        ],
        "IL",
    )

    assert a.contact.company == b.contact.company
    assert c.contact.company is None
    assert d.contact.company is not None
    assert d.contact.company.name == "Home Bakery"
    assert Company.objects.count() == 2
    assert [hit.object for hit in search.search(rita, "delta")] == ["company"]


def test_an_unreadable_number_is_kept_but_recognises_nobody(rita: Actor) -> None:
    matches = match_or_make(rita, [person("A", phone="12"), person("B", phone="12")], "IL")

    assert [m.created for m in matches] == [True, True]
    assert {i.shown for i in Identity.objects.all()} == {"12"}


def test_a_browser_only_counts_where_nothing_better_is_known(rita: Actor) -> None:
    first = match_or_make(rita, [person("A", tracking="t1", email="a@gmail.com")])[0]
    family = match_or_make(rita, [person("B", tracking="t1", email="b@gmail.com")])[0]
    alone = match_or_make(rita, [person("", tracking="t1")])[0]

    assert family.contact.id != first.contact.id
    assert alone.contact.id == first.contact.id


def test_another_company_never_meets_our_contacts(rita: Actor, stranger: Actor) -> None:
    from leadline.infra import tenancy

    match_or_make(rita, [person("Dana", phone="0501234567")], "IL")
    with tenancy.workspace(stranger.workspace_id):
        assert match_or_make(stranger, [person("Dana", phone="+972501234567")], "US")[0].created


def test_a_known_person_gains_what_was_missing_and_keeps_what_was_there(rita: Actor) -> None:
    match_or_make(rita, [person("", phone="0501234567")], "IL")
    again = Person(
        name="Dana Levi",
        city="Haifa",
        company="Delta",
        identities=(IdentityIn("phone", "0501234567"), IdentityIn("email", "dana@gmail.com")),
        consent={"marketing": True},
        fields={"custom.shoe": 38, "title": "CEO"},
    )
    match_or_make(rita, [again], "IL")
    match_or_make(rita, [person("Somebody Else", phone="0501234567")], "IL")

    dana = Contact.objects.get()
    assert (dana.name, dana.city, dana.title, dana.version) == ("Dana Levi", "Haifa", "CEO", 2)
    assert dana.company is not None
    assert (dana.consent, dana.custom) == ({"marketing": True}, {"shoe": 38})
    assert dana.identities.count() == 2


def test_a_batch_takes_as_many_statements_as_one(rita: Actor, statements: Callable[[], Any]) -> None:
    def batch(start: int, size: int) -> list[Person]:
        return [
            person(f"P{i}", phone=f"0501{i:06}", email=f"p{i}@firm{i}.co") for i in range(start, start + size)
        ]

    match_or_make(rita, batch(0, 1), "IL")
    with statements() as one:
        match_or_make(rita, batch(1, 1), "IL")
    with statements() as many:
        match_or_make(rita, batch(2, 300), "IL")
    with statements() as known:
        match_or_make(rita, batch(2, 300), "IL")

    assert len(many) == len(one) <= 9
    assert len(known) <= 5
