from __future__ import annotations

import uuid

from leadline.kit.ids import new_id


def test_ids_are_version_seven_and_of_the_standard_type() -> None:
    assert type(new_id()) is uuid.UUID
    assert new_id().version == 7


def test_ids_made_later_sort_later() -> None:
    made = [new_id() for _ in range(5000)]

    assert made == sorted(made)
    assert len(set(made)) == 5000
