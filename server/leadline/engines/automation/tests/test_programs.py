"""Steps as written and instructions with jumps mean the same; texts are filled and nothing else happens."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import timedelta
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from leadline.engines.automation import texts
from leadline.engines.automation.program import compiled, landing
from leadline.engines.automation.rules import duration, is_duration, retry_in
from leadline.kit.errors import Invalid
from leadline.kit.sentences import span

Steps = list[dict[str, Any]]


def _steps(inner: st.SearchStrategy[Steps]) -> st.SearchStrategy[Steps]:
    mark = st.integers(0, 99)
    do = st.fixed_dictionaries({"kind": st.just("do"), "mark": mark, "refused": st.booleans()})
    stop = st.just({"kind": "stop"})
    fork = st.fixed_dictionaries(
        {"kind": st.just("if"), "when": st.booleans(), "then": inner}, optional={"else": inner}
    )
    wait = st.fixed_dictionaries(
        {"kind": st.just("wait"), "woken": st.booleans()}, optional={"then": inner, "otherwise": inner}
    )
    other_way = st.builds(lambda step, other: {**step, "otherwise": other}, do, inner)
    return st.lists(st.one_of(do, other_way, fork, wait, stop), max_size=4)


TREES: st.SearchStrategy[Steps] = st.recursive(st.just([]), _steps, max_leaves=12)


class Stopped(Exception):
    """The run has ended."""


def as_written(steps: Sequence[Mapping[str, Any]], done: list[int]) -> None:
    """Take the steps the way people read them."""
    for step in steps:
        if step["kind"] == "stop":
            raise Stopped
        if step["kind"] == "do":
            done.append(step["mark"])
            if step["refused"]:
                if not step.get("otherwise"):
                    raise Stopped
                as_written(step["otherwise"], done)
        elif step["kind"] == "if":
            as_written(step.get("then" if step["when"] else "else", ()), done)
        else:
            as_written(step.get("then" if step["woken"] else "otherwise", ()), done)


def as_compiled(steps: Steps, done: list[int]) -> None:
    """Take the steps the way a run does."""
    program = compiled(steps)
    position = landing(program, 0)
    while position < len(program):
        here = program[position]
        following = position + 1
        if here.kind == "stop":
            raise Stopped
        if here.kind == "do":
            done.append(here.step["mark"])
            if here.step["refused"]:
                if here.target is None:
                    raise Stopped
                following = here.target
        elif here.kind in ("if", "woken"):
            holds = here.step["when"] if here.kind == "if" else here.step["woken"]
            following = following if holds or here.target is None else here.target
        position = landing(program, following)


@given(TREES)
def test_instructions_mean_what_the_steps_say(steps: Steps) -> None:
    ways: list[tuple[list[int], bool]] = []
    for take in (as_written, as_compiled):
        done: list[int] = []
        try:
            take(steps, done)
            ways.append((done, False))
        except Stopped:
            ways.append((done, True))
    assert ways[0] == ways[1]


@given(st.text(), st.text(), st.dictionaries(st.sampled_from(["name", "contact.first_name"]), st.text()))
def test_filling_takes_no_part_of_a_value_for_a_placeholder(
    before: str, after: str, values: dict[str, str]
) -> None:
    before, after = before.replace("{", ""), after.replace("{", "")
    filled = texts.filled(before + "{{name|you}}" + after, values)
    assert filled == before + (values.get("name", "").strip() or "you") + after


def test_a_value_that_looks_like_a_placeholder_stays_as_it_is() -> None:
    assert texts.filled("Hi {{name}}", {"name": "{{secret}}", "secret": "x"}) == "Hi {{secret}}"


@pytest.mark.parametrize(
    ("text", "length"),
    [
        ("30s", {"seconds": 30}),
        ("90m", {"minutes": 90}),
        ("2h", {"hours": 2}),
        ("7d", {"days": 7}),
        ("2 w", {"weeks": 2}),
    ],
)
def test_times_are_read(text: str, length: dict[str, int]) -> None:
    assert duration(text) == timedelta(**length)


@pytest.mark.parametrize("text", ["", "soon", "-2h", "2", "1.5h", "900d", "99999999999h"])
def test_what_is_no_time_is_refused(text: str) -> None:
    assert not is_duration(text)
    with pytest.raises(Invalid):
        duration(text)


def test_times_are_said_as_people_say_them() -> None:
    assert [str(span(duration(text))) for text in ("1d", "14d", "36h", "90m", "0s")] == [
        "1 day",
        "2 weeks",
        "36 hours",
        "90 minutes",
        "no time",
    ]


def test_retries_wait_longer_each_time_up_to_an_hour() -> None:
    assert [retry_in(n).total_seconds() for n in (1, 2, 3, 20)] == [10, 20, 40, 3600]
