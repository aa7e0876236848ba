"""The pure decisions of conversations."""

from __future__ import annotations

import itertools

import pytest

from leadline.conversations import rules
from leadline.conversations.rules import State


@pytest.mark.parametrize(
    "order", list(itertools.permutations([State.SENT, State.FAILED, State.DELIVERED, State.READ]))
)
def test_a_message_climbs_to_the_same_state_in_any_order(order: tuple[State, ...]) -> None:
    state = State.SENDING
    for heard in order:
        state = rules.later(state, heard)
    assert state is State.READ


def test_what_has_arrived_has_not_failed_but_what_was_only_sent_may() -> None:
    assert rules.later(State.DELIVERED, State.FAILED) is State.DELIVERED
    assert rules.later(State.SENT, State.FAILED) is State.FAILED
    assert rules.later(State.UNCERTAIN, State.SENT) is State.SENT


@pytest.mark.parametrize(("status", "state"), [("played", State.READ), ("deleted", None), ("held", None)])
def test_a_status_word_means_a_state_or_nothing(status: str, state: State | None) -> None:
    assert rules.state_of_status(status) is state


def test_who_said_no_is_not_written_to_and_marketing_has_its_own_no() -> None:
    no = {"allowed": False}
    assert rules.objection_to_writing({"whatsapp": no}, "whatsapp", marketing=False) is not None
    assert rules.objection_to_writing({"whatsapp": no}, "sms", marketing=True) is None
    only_marketing = {"whatsapp_marketing": no}
    assert rules.objection_to_writing(only_marketing, "whatsapp", marketing=True) is not None
    assert rules.objection_to_writing(only_marketing, "whatsapp", marketing=False) is None
    assert rules.objection_to_writing({"whatsapp": "yes"}, "whatsapp", marketing=True) is None


def test_a_template_is_filled_in_by_name_or_place() -> None:
    assert rules.variables_in("Hi {{name}}, {{ 2 }} and {{name}}") == ["name", "2"]
    assert rules.filled_in("Hi {{name}}, {{2}}", {"name": "Dana"}) == "Hi Dana, {{2}}"


@pytest.mark.parametrize(
    ("values", "wrong"),
    [
        ({"name": "Dana"}, None),
        ({}, "name"),
        ({"name": " "}, "name"),
        ({"name": "two\nlines"}, "name"),
        ({"name": "a     gap"}, "name"),
        ({"name": "Dana", "city": "Haifa"}, "city"),
    ],
)
def test_variables_are_checked_before_the_provider_refuses_them(
    values: dict[str, str], wrong: str | None
) -> None:
    problem = rules.objection_to_variables(["name"], values)
    assert (problem[0] if problem else None) == wrong
