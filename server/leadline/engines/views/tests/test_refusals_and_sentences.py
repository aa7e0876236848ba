"""A filter that cannot be understood is refused by its place; one that can is said as a sentence."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Any

import pytest

from leadline.engines.views import queries as views
from leadline.engines.views.tests.samples import Sample, offer_samples
from leadline.kit.errors import Invalid, NotFound
from leadline.workspaces.actor import Actor

NOW = datetime(2026, 1, 7, 22, 30, tzinfo=UTC)


@pytest.fixture(autouse=True)
def samples(inside: Any) -> None:
    offer_samples()


def leaf(field: str, op: str, value: Any = None) -> dict[str, Any]:
    return {"field": field, "op": op} if value is None else {"field": field, "op": op, "value": value}


GOOD = leaf("name", "eq", "a")


def deep(levels: int) -> dict[str, Any]:
    tree: dict[str, Any] = GOOD
    for _ in range(levels):
        tree = {"not": tree}
    return tree


@pytest.mark.parametrize(
    ("tree", "place"),
    [
        ([], "filter"),
        ("name", "filter"),
        ({"all": [GOOD], "any": [GOOD]}, "filter"),
        ({"some": [GOOD]}, "filter"),
        ({"all": GOOD}, "all"),
        ({"any": []}, "any"),
        ({"all": [GOOD, {"any": [leaf("colour", "eq", "red")]}]}, "all[1].any[0].field"),
        ({"not": leaf("size", "eq", "5")}, "not.value"),
        ({"all": [leaf("custom.unknown", "eq", "x")]}, "all[0].field"),
        (leaf("secret", "eq", "x"), "field"),
        ({"field": ["name"], "op": "eq", "value": "x"}, "field"),
        ({"field": "name", "op": ["eq"], "value": "x"}, "op"),
        (leaf("name", "gt", "a"), "op"),
        (leaf("name", "eq", ""), "value"),
        (leaf("name", "eq", "a\x00"), "value"),
        (leaf("name", "eq", "\ud800"), "value"),
        (leaf("name", "eq", "x" * 501), "value"),
        (leaf("name", "is_empty", "x"), "value"),
        (leaf("name", "in", "x"), "value"),
        (leaf("name", "in", []), "value"),
        (leaf("name", "in", ["x"] * 201), "value"),
        (leaf("name", "in", ["x", 5]), "value[1]"),
        (leaf("size", "eq", True), "value"),
        (leaf("size", "eq", float("nan")), "value"),
        (leaf("size", "eq", 10**30), "value"),
        (leaf("size", "between", [1]), "value"),
        (leaf("price", "eq", 1.5), "value"),
        (leaf("day", "eq", "07/01/2026"), "value"),
        (leaf("day", "eq", "0001-01-01"), "value"),
        (leaf("day", "within_last", "2h"), "value"),
        (leaf("moment", "eq", "2026-01-07T10:00"), "value"),
        (leaf("moment", "within_last", "7 days"), "value"),
        (leaf("moment", "within_last", "999999w"), "value"),
        (leaf("ready", "eq", 1), "value"),
        (leaf("kind", "eq", "castle"), "value"),
        (leaf("owner", "eq", "Rita"), "value"),
        (leaf("parent", "eq", "me"), "value"),
        (leaf("phone", "contains", "abc"), "value"),
        ({**GOOD, "extra": 1}, "filter"),
        ({"all": [{"all": [GOOD] * 50}, {"all": [GOOD] * 50}]}, "all[1].all[47]"),
        (deep(8), "not.not.not.not.not.not.not.not"),
    ],
)
def test_a_refusal_names_the_place(tree: Any, place: str) -> None:
    with pytest.raises(Invalid) as refused:
        views.check(tree, "sample")
    assert (refused.value.field, refused.value.code) == (place, "filter_invalid")


@pytest.mark.parametrize("tree", [None, {}, {"all": []}])
def test_an_empty_filter_finds_everything(tree: Any, rita: Actor) -> None:
    row = Sample.objects.create(name="a")
    assert Sample.objects.filter(views.to_q(tree, "sample", rita)).get() == row
    assert views.matches(tree, row, "sample", rita)
    assert not Sample.objects.filter(views.to_q({"not": {"all": []}}, "sample", rita)).exists()
    assert str(views.describe(tree, "sample")) == "always"


def test_a_choice_that_was_removed_does_not_break_a_kept_filter(rita: Actor) -> None:
    assert not Sample.objects.filter(views.to_q(leaf("kind", "eq", "castle"), "sample", rita)).exists()


def test_an_unknown_object_is_not_found(rita: Actor) -> None:
    with pytest.raises(NotFound):
        views.to_q({}, "spaceship", rita)


@pytest.mark.parametrize("text", ["{", "[]", "5", '"x"', "[" * 1000, '{"a":' * 60])
def test_a_filter_that_is_no_json_object_is_refused(text: str) -> None:
    with pytest.raises(Invalid) as refused:
        views.from_text(text)
    assert refused.value.field == "filter"


def test_no_filter_text_is_no_filter() -> None:
    assert views.from_text(None) is None
    assert views.from_text("") is None


def test_a_day_is_a_day_where_the_company_works(rita: Actor) -> None:
    # Half past midnight in Jerusalem, still the 7th in Greenwich.
    row = Sample.objects.create(name="late", moment=NOW, day="2026-01-08")

    def found(tree: Any) -> bool:
        in_memory = views.matches(tree, row, "sample", rita, NOW)
        assert Sample.objects.filter(views.to_q(tree, "sample", rita, NOW)).exists() is in_memory
        return in_memory

    row.refresh_from_db()
    assert found(leaf("moment", "eq", "2026-01-08"))
    assert not found(leaf("moment", "eq", "2026-01-07"))
    assert found(leaf("moment", "gt", "2026-01-07"))
    assert not found(leaf("moment", "gt", "2026-01-08"))
    assert found(leaf("moment", "between", ["2026-01-07", "2026-01-08"]))
    assert found(leaf("day", "within_next", "1d"))
    assert found(leaf("day", "within_last", "1d"))


def test_a_filter_is_said_as_a_sentence(rita: Actor, statements: Any) -> None:
    tree = {
        "all": [
            leaf("size", "gte", 50),
            {"any": [leaf("kind", "in", ["house", "flat"]), leaf("owner", "eq", str(rita.member_id))]},
            leaf("owner", "ne", "me"),
            leaf("price", "lt", 123450),
            leaf("moment", "within_last", "7d"),
            leaf("moment", "before_ago", "90m"),
            leaf("ready", "ne", True),
            leaf("note", "is_empty"),
            {"not": leaf("tags", "has_all", ["vip", "new"])},
        ]
    }
    with statements() as seen:
        said = views.describe(tree, "sample")
    assert len(seen) == 2
    assert str(said) == (
        "Size is at least 50 and (Kind is House or Flat or Owner is Rita) and Owner is not me and "
        "Price is less than 1,234.50 ILS and Moment was in the last 1 week and Moment was more than "
        "90 minutes ago and Ready is no and Note is empty and not (Tags has “vip” and “new”)"
    )
