"""The description of the API is what clients are generated from."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from pathlib import Path

from leadline.app import urls as _house_with_all_rooms  # noqa: F401  # its import adds the rooms
from leadline.app.cli import openapi
from leadline.infra.web import Shape

EXPORTED = Path(__file__).parents[4] / "web" / "openapi.json"


def shapes_of(shape: type[Shape]) -> Iterator[type[Shape]]:
    for each in shape.__subclasses__():
        yield each
        yield from shapes_of(each)


def test_the_front_end_was_generated_from_the_api_as_it_is() -> None:
    stale = "web/openapi.json is stale: run `make api`"
    assert EXPORTED.read_text() == openapi.description(), stale


def test_no_two_shapes_share_a_name_so_that_none_replaces_another_in_the_description() -> None:
    places: dict[str, set[str]] = defaultdict(set)
    for shape in shapes_of(Shape):
        places[shape.__name__].add(shape.__module__)
    assert {name: found for name, found in places.items() if len(found) > 1} == {}
