"""A thousand inquiries at the same time are shared fairly."""

from __future__ import annotations

from collections import Counter
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta

import pytest
from django.db import connection

from leadline.assignment import actions
from leadline.assignment.models import SlaClock
from leadline.assignment.schedule import let_clocks_speak
from leadline.assignment.tests.inquiries import capture
from leadline.engines.timeline.models import TimelineEntry
from leadline.infra import tenancy
from leadline.kit import clock
from leadline.leads import actions as leads
from leadline.leads.models import Lead
from leadline.testing import people
from leadline.workspaces.actor import Actor
from leadline.workspaces.models import Workspace

NAMES = ("Rita", "Omer", "Sam", "Nina", "Yael")


class _Stumbled(Exception):
    pass


def company() -> tuple[Workspace, Actor]:
    """Five reps who take turns."""
    acme = people.acme()
    with tenancy.workspace(acme.id):
        for name in NAMES:
            people.member(acme, name, "rep")
        ada = people.member(acme, "Ada", "admin")
        leads.set_up_pipeline(ada)
        actions.set_up(ada)
    return acme, ada


def shares() -> list[int]:
    """How many leads each rep has."""
    counted = Counter(Lead.objects.values_list("owner__name", flat=True))
    assert set(counted) == set(NAMES)
    return sorted(counted.values())


@pytest.mark.django_db(transaction=True)
def test_a_thousand_inquiries_at_once_over_five_reps_differ_by_at_most_one() -> None:
    acme, ada = company()

    def capture_some(number: int) -> None:
        # Single ones and batches of different sizes, and some that fail after they took their turn.
        size = (1, 1, 1, 7, 30)[number % 5]
        try:
            with tenancy.workspace(acme.id):
                capture(ada, [f"P{number} {n}" for n in range(size)])
                if number % 6 == 5:
                    raise _Stumbled
        except _Stumbled:
            pass
        finally:
            connection.close()

    with ThreadPoolExecutor(10) as threads:
        list(threads.map(capture_some, range(150)))

    with tenancy.workspace(acme.id):
        assert Lead.objects.count() == 1000
        assert max(shares()) - min(shares()) <= 1
        assert SlaClock.objects.count() == 1000


@pytest.mark.django_db(transaction=True)
def test_ten_workers_let_each_clock_speak_once() -> None:
    acme, ada = company()
    with tenancy.workspace(acme.id):
        made = capture(ada, [f"Person {n}" for n in range(20)])

    def sweep(_: int) -> None:
        try:
            let_clocks_speak()
        finally:
            connection.close()

    with clock.hold(made[0].inbound_at):
        clock.move(timedelta(days=3))
        with ThreadPoolExecutor(10) as threads:
            list(threads.map(sweep, range(10)))
        let_clocks_speak()

    with tenancy.workspace(acme.id):
        said = Counter(
            (row.about_id, row.payload.get("mark"))
            for row in TimelineEntry.objects.filter(kind="sla", payload__has_key="mark")
        )
        assert len(said) == 60
        assert set(said.values()) == {1}
