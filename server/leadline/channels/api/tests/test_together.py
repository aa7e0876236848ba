"""Leads handed in at the same moment share a transaction, and each gets its own answer."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any
from uuid import uuid4

from django.http import HttpResponse

from leadline.channels.api.shapes import NewLead
from leadline.channels.api.together import Handed, _together
from leadline.contacts.models import Contact
from leadline.kit.errors import Invalid
from leadline.leads.models import Lead
from leadline.testing import Api
from leadline.workspaces.actor import Actor
from leadline.workspaces.answers import Asked
from leadline.workspaces.models import IdempotentAnswer


def handed(number: int, *, key: str = "", **values: Any) -> Handed:
    lead = NewLead(name=f"Dana {number}", phone=f"050-555-{number:04}", **values)
    return Handed(lead=lead, raw=b"{}", asked=Asked(key, f"print {number}") if key else None)


def outcomes(actor: Actor, *given: Handed) -> list[Any]:
    found = _together((actor, None), given)
    return [getattr(one, "status_code", one) for one in found]


def answers(actor: Actor, *given: Handed) -> list[HttpResponse]:
    found = [one for one in _together((actor, None), given) if isinstance(one, HttpResponse)]
    assert len(found) == len(given)
    return found


def test_each_gets_its_own_answer_in_order(ada: Actor) -> None:
    first, second = answers(ada, handed(1), handed(2))
    assert b"Dana 1" in first.content
    assert b"Dana 2" in second.content
    assert [lead.name for lead in Lead.objects.order_by("name")] == ["Dana 1", "Dana 2"]


def test_a_wrong_one_is_refused_alone_and_its_key_stays_free(ada: Actor) -> None:
    wrong = handed(2, key="two", owner_id=uuid4())
    first, refused, third = outcomes(ada, handed(1, key="one"), wrong, handed(3, key="three"))
    assert (first, third) == (201, 201)
    assert isinstance(refused, Invalid)
    assert refused.field == "owner_id"
    assert set(IdempotentAnswer.objects.values_list("key", "status")) == {("one", 201), ("three", 201)}
    assert outcomes(ada, handed(2, key="two")) == [201]


def test_a_repeated_one_gets_its_first_answer_beside_new_ones(ada: Actor) -> None:
    (first,) = answers(ada, handed(1, key="one"))
    again, other, different = answers(ada, handed(1, key="one"), handed(2, key="two"), handed(3, key="three"))
    assert again.content == first.content
    assert again.headers["Idempotent-Replayed"] == "true"
    assert Lead.objects.count() == 3
    assert not different.headers.get("Idempotent-Replayed")
    (misused,) = outcomes(ada, Handed(handed(4).lead, b"{}", Asked("two", "another print")))
    assert isinstance(misused, Invalid)
    assert misused.code == "idempotency_key_reused"
    assert other.status_code == 201


def test_one_person_at_the_same_moment_is_one_lead(ada: Actor) -> None:
    assert outcomes(ada, handed(1), handed(1), handed(1)) == [201, 200, 200]
    assert Lead.objects.count() == Contact.objects.count() == 1


def test_ten_cost_as_many_statements_as_one(ada: Actor, statements: Callable[[], Any]) -> None:
    _together((ada, None), [handed(0)])
    with statements() as alone:
        _together((ada, None), [handed(1, key="one")])
    with statements() as together:
        _together((ada, None), [handed(10 + n, key=f"key {n}") for n in range(10)])
    assert len(together) <= len(alone)


def test_two_requests_with_one_key_and_one_body_are_one_lead(ada: Actor, api: Callable[[Actor], Api]) -> None:
    shop = api(ada)
    body = {"name": "Dana", "phone": "050-555-0001"}
    first, again = (shop.post("/leads", body, key="order") for _ in range(2))
    assert first.json() == again.json()
    assert Lead.objects.count() == 1
