"""Sentences that every reader gets in the own language."""

from __future__ import annotations

import json
from datetime import UTC, datetime, timedelta

import pytest

from leadline.kit.sentences import count, joined, lowered, moment, say, sentence_of, span


def test_as_text_a_sentence_is_english() -> None:
    inner = say("no rule matches")
    assert str(say("to {who}: {because}", who="Rita", because=inner)) == "to Rita: no rule matches"


def test_braces_in_a_value_are_only_text() -> None:
    assert str(say("to {who}", who="{because} {0} %s", because="x")) == "to {because} {0} %s"


def test_what_is_stored_comes_back_as_it_was() -> None:
    told = say("{a} in {time}", a=lowered("SMS sent"), time=count(2, "{n} day", "{n} days"))
    again = sentence_of(json.loads(json.dumps(told.data)))
    assert again == told
    assert str(again) == "SMS sent in 2 days"


@pytest.mark.parametrize("stored", [None, "text", 5, [], {}, {"say": 3}, {"with": {}}])
def test_what_is_no_sentence_is_none(stored: object) -> None:
    assert sentence_of(stored) is None


def test_a_stored_sentence_without_end_is_cut() -> None:
    told: dict[str, object] = {"say": "end"}
    for _ in range(500):
        told = {"say": "({what})", "with": {"what": told}}
    assert "end" not in str(sentence_of(told))


def test_times_are_said_as_people_say_them() -> None:
    spans = [timedelta(days=1), timedelta(days=14), timedelta(hours=36), timedelta(minutes=90), timedelta()]
    assert [str(span(one)) for one in spans] == ["1 day", "2 weeks", "36 hours", "90 minutes", "no time"]
    assert str(moment(datetime(2026, 1, 7, 9, 5, tzinfo=UTC))) == "2026-01-07 09:05 UTC"


def test_parts_are_joined_in_their_order() -> None:
    assert str(joined(["a", "b", "c", "d", "e"], "{first}, {second}")) == "a, b, c, d, e"
    assert joined([], "{first}, {second}") == ""
