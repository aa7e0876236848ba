"""Do one claimed job and say how it went."""

from __future__ import annotations

import traceback

from leadline.infra import tenancy
from leadline.infra.jobs.background import Background, RetryIn, tasks, workspace_of_job
from leadline.infra.jobs.queue import Claim, Failure


class UnknownTask(Exception):
    """The job names a function that is not part of this version."""


def perform(claim: Claim) -> None:
    """Run the job's function, outside every transaction and workspace; raises what it raises."""
    task = _task_of(claim)
    token = workspace_of_job.set(claim.workspace_id)
    try:
        with tenancy.nowhere():
            task(**claim.arguments)
    finally:
        workspace_of_job.reset(token)


def failure_of(claim: Claim, error: BaseException) -> Failure:
    """How the queue shall treat a job that raised."""
    text = "".join(traceback.format_exception(error))
    if isinstance(error, RetryIn):
        return Failure(claim, str(error), again_in=error.delay)
    return Failure(claim, text, final=isinstance(error, UnknownTask))


def _task_of(claim: Claim) -> Background[..., object]:
    task = tasks.get(claim.task)
    if task is None:
        raise UnknownTask(f"There is no job called {claim.task}; was its room removed?")
    return task
