"""Rules ask which language somebody speaks and where they live; the reason says how it is known."""

from __future__ import annotations

from typing import Any

import pytest

from leadline.assignment import actions
from leadline.assignment.tests.inquiries import lead, owners
from leadline.workspaces.actor import Actor

pytestmark = pytest.mark.usefixtures("held")


def to_sam(ada: Actor, sam: Actor, field: str, op: str, value: Any) -> None:
    actions.set_up(ada)
    target = {"kind": "member", "member_id": sam.member_id}
    when = {"field": field, "op": op, "value": value}
    actions.create_rule(ada, {"name": "Sam's", "when": when, "target": target})


def test_a_language_is_what_they_said_else_what_they_wrote_else_that_of_their_country(
    rita: Actor, sam: Actor, ada: Actor
) -> None:
    to_sam(ada, sam, "contact.language", "eq", "he")
    said = lead(ada, "A", person={"language": "he"})
    wrote = lead(ada, "B", person={"language": "he", "language_by": "text"})
    lives = lead(ada, "C", person={"country": "IL"})
    english = lead(ada, "D", person={"language": "en", "country": "IL"})
    nothing = lead(ada, "E")
    assert owners([said, wrote, lives]) == ["Sam"] * 3
    assert "Sam" not in owners([english]) or english.assignment_reason["rule"] == "Everyone else"
    assert nothing.assignment_reason["rule"] == "Everyone else"
    assert said.assignment_text == "to Sam: Language is “he”"
    assert wrote.assignment_text == "to Sam: Language is “he” (language by what they wrote)"
    assert lives.assignment_text == "to Sam: Language is “he” (language by the country)"
    assert lives.contact.language == ""


def test_a_range_of_postcodes_goes_to_whoever_sells_there(rita: Actor, sam: Actor, ada: Actor) -> None:
    to_sam(ada, sam, "contact.postcode_number", "between", [560001, 560099])
    codes = ["560 001", "560099", "560100", "SW1A 1AA"]
    found = [lead(ada, f"P{n}", person={"fields": {"postcode": code}}) for n, code in enumerate(codes)]
    chosen = [row.assignment_reason.get("rule") for row in found]
    assert chosen == ["Sam's", "Sam's", "Everyone else", "Everyone else"]
