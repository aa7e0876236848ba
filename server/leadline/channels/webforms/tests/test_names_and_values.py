"""Fields that are called `name` and `value` are two answers; a list of {name, value} is a form of its own."""

from __future__ import annotations

import json
from datetime import UTC, datetime
from typing import Any
from urllib.parse import urlencode
from uuid import uuid4

import pytest

from leadline.capture.ports import Inquiry
from leadline.channels.webforms import bodies, tools
from leadline.channels.webforms.inquiries import Setting, inquiry_of

SETTING = Setting(connection_id=uuid4(), name="Contact", received_at=datetime(2026, 1, 7, tzinfo=UTC))
FORM = "application/x-www-form-urlencoded"
DANA = {"name": "Dana Levi", "value": "5000", "email": "dana@levi.example"}


def understood(raw: str, kind: str = "application/json") -> list[Inquiry]:
    _, filled = tools.read(bodies.read(raw.encode(), kind))
    found = [inquiry_of(one, SETTING, "key") for one in filled]
    return [inquiry for inquiry in found if inquiry is not None]


def told(inquiry: Inquiry) -> tuple[str, list[str], int | None]:
    ways = [identity.raw for identity in inquiry.person.identities]
    return inquiry.person.name, ways, inquiry.value_minor


@pytest.mark.parametrize(
    ("raw", "kind"),
    [
        (urlencode(DANA), FORM),
        (json.dumps(DANA), "application/json"),
        (json.dumps([DANA]), "application/json"),
        (json.dumps({"fields": DANA}), "application/json"),
        (json.dumps({"data": DANA}), "application/json"),
        (json.dumps({"leads": [DANA]}), "application/json"),
    ],
)
def test_a_name_and_a_value_are_two_answers(raw: str, kind: str) -> None:
    (inquiry,) = understood(raw, kind)
    name, ways, _ = told(inquiry)
    assert (name, ways) == ("Dana Levi", ["dana@levi.example"])
    assert inquiry.value_minor == 500_000 or "5000" in inquiry.extra.values()


def test_a_value_that_is_the_mail_address_is_found_beside_the_name() -> None:
    (inquiry,) = understood(urlencode({"name": "Dana Levi", "value": "dana@levi.example"}), FORM)
    assert told(inquiry) == ("Dana Levi", ["dana@levi.example"], None)


@pytest.mark.parametrize("wrap", [lambda pairs: pairs, lambda pairs: {"fields": pairs}])
@pytest.mark.parametrize("name", ["name", "label", "key"])
def test_a_list_of_named_values_is_one_form(wrap: Any, name: str) -> None:
    pairs = [{name: key, "value": value} for key, value in DANA.items()]
    (inquiry,) = understood(json.dumps(wrap(pairs)))
    assert told(inquiry)[:2] == ("Dana Levi", ["dana@levi.example"])


def test_an_inner_object_with_a_type_and_a_value_is_one_answer() -> None:
    answers = {"first": {"type": "email", "value": "dana@levi.example"}, "name": "Dana Levi"}
    (inquiry,) = understood(json.dumps(answers))
    assert told(inquiry)[:2] == ("Dana Levi", ["dana@levi.example"])
