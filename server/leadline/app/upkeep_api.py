"""What those who run Leadline look at: failed jobs, and the test clock."""

from __future__ import annotations

from datetime import datetime
from uuid import UUID

from ninja import Router, Status

from leadline.app import testclock
from leadline.infra.jobs import actions, queries
from leadline.infra.web import Page, Shape, page
from leadline.infra.web.shapes import decode_cursor
from leadline.kit import clock
from leadline.kit.errors import Invalid, NotFound
from leadline.workspaces.requests import ActorRequest
from leadline.workspaces.rules import Right

router = Router(tags=["upkeep"])
PAGE = 50


class FailedJobOut(Shape):
    """Work that failed for good, until somebody has it done again."""

    id: UUID
    task: str
    attempts: int
    error: str
    created_at: datetime
    failed_at: datetime | None


class TestClockOut(Shape):
    """The product's time; `offset` are the seconds it is away from the real time."""

    now: datetime
    offset: float
    available: bool


class TestClockIn(Shape):
    """How far to move the test clock."""

    move_seconds: int


@router.get("/jobs/failed", response=Page[FailedJobOut])
def get_failed_jobs(request: ActorRequest, cursor: str = "") -> dict[str, object]:
    """The workspace's failed jobs, newest first."""
    request.auth.require(Right.SEE_SETTINGS)
    rows = queries.failed(request.auth.workspace_id, limit=PAGE + 1, before=_before(cursor))
    shown, after = page(rows, limit=PAGE, key=lambda job: [job.id])
    return {"items": shown, "next_cursor": after}


@router.post("/jobs/{job_id}/retries", response={202: None})
def create_retry(request: ActorRequest, job_id: UUID) -> Status[None]:
    """Do a failed job again, with all its attempts."""
    request.auth.require(Right.CHANGE_SETTINGS)
    if not actions.replay(request.auth.workspace_id, job_id):
        raise NotFound("There is no failed job with this id.")
    return Status(202, None)


@router.get("/clock", response=TestClockOut)
def get_clock(request: ActorRequest) -> TestClockOut:
    """The product's time."""
    offset = clock.offset().total_seconds()
    return TestClockOut(now=clock.now(), offset=offset, available=testclock.available())


@router.post("/clock", response=TestClockOut)
def create_clock_move(request: ActorRequest, body: TestClockIn) -> TestClockOut:
    """Move the test clock of all processes."""
    request.auth.require(Right.CHANGE_SETTINGS)
    testclock.move(body.move_seconds)
    return get_clock(request)


def _before(cursor: str) -> UUID | None:
    if not cursor:
        return None
    try:
        return UUID(decode_cursor(cursor)[0])
    except (ValueError, IndexError, AttributeError, TypeError) as error:
        raise Invalid("This cursor is not valid; start again without it.", field="cursor") from error
