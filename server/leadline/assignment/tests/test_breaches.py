"""The report of breaches asks the same few statements, however many leads were late."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest

from leadline.assignment import actions, queries
from leadline.assignment.models import SlaClock
from leadline.assignment.tests.inquiries import capture
from leadline.kit import clock
from leadline.workspaces.actor import Actor

pytestmark = pytest.mark.usefixtures("held")


def test_the_number_of_statements_does_not_grow(ola: Actor, statements: Callable[[], Any]) -> None:
    actions.set_up(ola)
    seen = []
    for names in (["Dana"], [f"Person {n}" for n in range(12)]):
        capture(ola, names)
        clock.move(timedelta(days=3))
        rows = list(SlaClock.objects.filter(breached_at=None).values_list("id", flat=True))
        actions.speak(ola.workspace_id, rows)
        with statements() as asked:
            found = queries.breaches(ola)
        seen.append((len(asked), len(found.items)))
    assert [number for number, _ in seen] == [3, 3]
    assert [rows for _, rows in seen] == [1, 13]
