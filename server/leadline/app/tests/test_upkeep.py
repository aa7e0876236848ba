"""Failed jobs are seen and done again by those who may; the test clock moves only where it is switched on."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any
from uuid import UUID

import pytest

from leadline.app import testclock
from leadline.infra.models import Job
from leadline.kit import clock
from leadline.testing import Api
from leadline.workspaces.actor import Actor

As = Callable[[Actor], Api]


def failed_job(workspace_id: UUID) -> Job:
    return Job.objects.create(workspace_id=workspace_id, task="x.y", state="failed", error="no", attempts=6)


@pytest.fixture
def test_clock_on(settings: Any, monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Iterator[None]:
    monkeypatch.setattr(settings.ENV, "test_clock", True)
    monkeypatch.setattr(settings, "HOME", tmp_path)
    yield
    clock.set_offset(timedelta())


def test_an_admin_sees_failed_jobs_and_has_them_done_again(api: As, ada: Actor, stranger: Actor) -> None:
    job, theirs = failed_job(ada.workspace_id), failed_job(stranger.workspace_id)
    listed = api(ada).get("/jobs/failed").json()["items"]
    assert [(one["id"], one["error"]) for one in listed] == [(str(job.id), "no")]

    assert api(ada).post(f"/jobs/{theirs.id}/retries").status_code == 404
    assert api(ada).post(f"/jobs/{job.id}/retries").status_code == 202
    job.refresh_from_db()
    theirs.refresh_from_db()
    assert (job.state, theirs.state) == ("ready", "failed")


def test_the_list_goes_on_with_the_next_page(api: As, ada: Actor) -> None:
    made = {str(failed_job(ada.workspace_id).id) for _ in range(51)}
    first = api(ada).get("/jobs/failed").json()
    second = api(ada).get("/jobs/failed", cursor=first["next_cursor"]).json()
    assert {one["id"] for one in (*first["items"], *second["items"])} == made
    assert second["next_cursor"] is None
    assert api(ada).get("/jobs/failed", cursor="zzz").status_code == 422


def test_a_rep_neither_sees_nor_repeats_failed_jobs(api: As, rita: Actor) -> None:
    job = failed_job(rita.workspace_id)
    assert api(rita).get("/jobs/failed").status_code == 403
    assert api(rita).post(f"/jobs/{job.id}/retries").status_code == 403


def test_the_clock_stands_where_it_is_unless_switched_on(api: As, ola: Actor) -> None:
    assert api(ola).get("/clock").json()["available"] is False
    assert api(ola).post("/clock", {"move_seconds": 60}).status_code == 409
    assert clock.offset() == timedelta()


def test_a_moved_clock_is_kept_for_every_process(
    api: As, ola: Actor, rita: Actor, test_clock_on: None
) -> None:
    assert api(rita).post("/clock", {"move_seconds": 60}).status_code == 403
    moved = api(ola).post("/clock", {"move_seconds": 3600}).json()
    assert moved["offset"] == 3600
    assert datetime.fromisoformat(moved["now"]) == pytest.approx(clock.now(), abs=timedelta(seconds=5))

    clock.set_offset(timedelta())
    testclock._read()
    assert clock.offset() == timedelta(hours=1)
