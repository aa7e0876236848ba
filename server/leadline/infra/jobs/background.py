"""Declare functions that run later as jobs, and functions that run by the clock."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass
from datetime import timedelta
from typing import Any, Generic, ParamSpec, TypeVar
from uuid import UUID

from leadline.infra import bell, tenancy
from leadline.infra.models import Job

P = ParamSpec("P")
R = TypeVar("R")


@dataclass(frozen=True)
class Background(Generic[P, R]):
    """A function that can be called now, or queued in the running transaction with `.later(...)`."""

    name: str
    function: Callable[P, R]
    retries: int
    priority: int
    gathers: str = ""
    hurries: bool = False

    def __call__(self, *args: P.args, **kwargs: P.kwargs) -> R:
        return self.function(*args, **kwargs)

    def later(self, *args: P.args, **kwargs: P.kwargs) -> None:
        """Queue one call; it runs in a worker, after the commit of the running transaction."""
        if args:
            raise TypeError("Queue with keyword arguments only.")
        self.later_many([kwargs])

    def later_many(self, calls: Iterable[Mapping[str, Any]]) -> None:
        """Queue many calls in one statement."""
        if _nothing_follows.get():
            return
        cause = _running_job.get()
        workspace_id = tenancy.current() or cause.workspace_id
        urgency = max(self.priority, cause.urgency) if self.hurries else self.priority
        rows = [
            Job(
                workspace_id=workspace_id,
                task=self.name,
                arguments=plain(call),
                turn=-urgency,
                max_attempts=self.retries + 1,
            )
            for call in calls
        ]
        if rows:
            Job.objects.bulk_create(rows, batch_size=1000)
            bell.ring_after_commit("jobs")


@dataclass(frozen=True)
class Clockwork:
    """A function that runs by the clock, on one process at a time."""

    name: str
    function: Callable[[], object]
    interval: timedelta


class RetryIn(Exception):
    """Raised by a job that wants its next attempt after this time, such as a provider's Retry-After."""

    def __init__(self, delay: timedelta, reason: str = "") -> None:
        super().__init__(reason or f"Asked to be tried again in {delay.total_seconds():.0f} s.")
        self.delay = delay


@dataclass(frozen=True)
class _RunningJob:
    workspace_id: UUID | None = None
    urgency: int = 0


_NO_JOB = _RunningJob()
_running_job: ContextVar[_RunningJob] = ContextVar("leadline_running_job", default=_NO_JOB)
_nothing_follows: ContextVar[bool] = ContextVar("leadline_nothing_follows", default=False)
tasks: dict[str, Background[..., Any]] = {}
clockworks: dict[str, Clockwork] = {}


def background(
    *, retries: int = 5, priority: int = 0, name: str = "", gathers: str = "", hurries: bool = False
) -> Callable[[Callable[P, R]], Background[P, R]]:
    """Make a function queueable. It must be safe to run twice; its arguments are JSON (ids as text).

    It runs outside every transaction and workspace and enters its own with tenancy.workspace(...), so that
    nothing is held during an outgoing call. A higher priority runs earlier within the workspace; one that
    `hurries` is at least as urgent as the job that queues it. `gathers` names a list among the arguments:
    jobs that differ in nothing else and wait at the same moment are done by one call with all their lists.
    """

    def register(function: Callable[P, R]) -> Background[P, R]:
        made = Background(name or _name_of(function), function, retries, priority, gathers, hurries)
        tasks[made.name] = made
        return made

    return register


def every(interval: timedelta) -> Callable[[Callable[[], R]], Callable[[], R]]:
    """Run a function by the clock; missed runs while the server was off become one run after start."""

    def register(function: Callable[[], R]) -> Callable[[], R]:
        name = _name_of(function)
        clockworks[name] = Clockwork(name, function, interval)
        return function

    return register


@contextmanager
def belonging_to(workspace_id: UUID | None, urgency: int) -> Iterator[None]:
    """What is queued inside the block, outside a workspace, belongs to this one; what hurries is as urgent
    as this."""
    token = _running_job.set(_RunningJob(workspace_id, urgency))
    try:
        yield
    finally:
        _running_job.reset(token)


@contextmanager
def nothing_follows() -> Iterator[None]:
    """Inside the block nothing is queued: what is written there is history, and had its consequences."""
    token = _nothing_follows.set(True)
    try:
        yield
    finally:
        _nothing_follows.reset(token)


def _name_of(function: Callable[..., Any]) -> str:
    return f"{function.__module__}.{function.__qualname__}"


def plain(arguments: Mapping[str, Any]) -> dict[str, Any]:
    """Arguments as JSON values; ids become text."""
    return {
        key: value if isinstance(value, str | int | float | bool | list | dict | None) else str(value)
        for key, value in arguments.items()
    }
