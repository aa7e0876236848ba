"""What is written as history asks for no work."""

from __future__ import annotations

import pytest

from leadline.infra.jobs import nothing_follows
from leadline.infra.jobs.tests import works
from leadline.infra.models import Job

count = works.declare()


@pytest.mark.django_db
def test_nothing_is_queued_while_history_is_written() -> None:
    with nothing_follows():
        count.later(n=1)
    assert Job.objects.count() == 0

    count.later(n=2)
    assert [job.arguments["n"] for job in Job.objects.all()] == [2]
