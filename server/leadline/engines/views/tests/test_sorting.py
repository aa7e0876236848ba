"""A list shows every row once, page by page, in the order it was asked for."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from leadline.engines.views import queries as views
from leadline.engines.views.tests.samples import Sample, offer_samples
from leadline.infra.web.shapes import encode_cursor
from leadline.kit.errors import Invalid

KEYS = ["name", "note", "size", "rate", "price", "day", "moment", "parent_name"]
MORNING = datetime(2026, 1, 7, 10, 0, tzinfo=UTC)

rows = st.fixed_dictionaries(
    {
        "name": st.sampled_from(["a", "A", "b", "ß", "é", "ש", ""]),
        "note": st.sampled_from([None, "", "x", "Y"]),
        "size": st.sampled_from([None, 1, 2]),
        "rate": st.sampled_from([None, "0.5", "1.25"]),
        "price": st.sampled_from([0, 100]),
        "day": st.sampled_from([None, "2026-01-07", "2026-01-08"]),
        "moment": st.sampled_from([None, MORNING, MORNING + timedelta(microseconds=1)]),
    }
)
sorts = st.lists(
    st.builds(lambda sign, key: sign + key, st.sampled_from(["", "-"]), st.sampled_from(KEYS)), max_size=3
)


@pytest.fixture(autouse=True)
def samples(inside: Any) -> None:
    offer_samples()


@settings(max_examples=80, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(made=st.lists(rows, min_size=1, max_size=9), sort=sorts.map(",".join))
def test_pages_hold_every_row_once_in_order(made: list[dict[str, Any]], sort: str) -> None:
    Sample.objects.all().delete()
    parents: list[Sample] = []
    for row in made:
        parents.append(Sample(**row, parent=parents[0] if len(parents) % 2 else None))
    Sample.objects.bulk_create(parents)
    ordered = list(Sample.objects.order_by(*views.order_by(sort, "sample")))
    paged: list[Sample] = []
    cursor = None
    for _ in range(len(made) + 1):
        following = Sample.objects.select_related("parent").filter(views.after(cursor, sort, "sample"))
        page = list(following.order_by(*views.order_by(sort, "sample"))[:2])
        paged += page
        if not page:
            break
        cursor = views.cursor_of(page[-1], sort, "sample")
    assert paged == ordered
    assert len(paged) == len(made)


def test_case_does_not_order_names_and_rows_without_a_value_come_last() -> None:
    for name, size in [("b", 1), ("A", None), ("a", 2), ("C", 3)]:
        Sample.objects.create(name=name, size=size)

    def names(sort: str) -> str:
        return "".join(row.name for row in Sample.objects.order_by(*views.order_by(sort, "sample")))

    assert names("name").lower() == "aabc"
    assert names("size") == "baCA"
    assert names("-size") == "CabA"


@pytest.mark.parametrize("sort", ["colour", "ready", "-", "custom.c_tags", "name,size,price,day", "id"])
def test_a_list_is_sorted_only_by_what_can_be_sorted(sort: str) -> None:
    with pytest.raises(Invalid) as refused:
        views.order_by(sort, "sample")
    assert refused.value.field == "sort"


@pytest.mark.parametrize(
    "values",
    [[], ["name"], ["-name", "a", "x"], ["name", "a", "x"], ["name", "a", None], ["name", {"a": 1}, [1]]],
)
def test_a_cursor_of_another_list_is_refused(values: list[Any]) -> None:
    with pytest.raises(Invalid) as refused:
        views.after(encode_cursor(values), "name", "sample")
    assert refused.value.field == "cursor"
