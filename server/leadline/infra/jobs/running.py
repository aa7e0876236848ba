"""Do claimed jobs and say how they went."""

from __future__ import annotations

import json
import traceback
from collections.abc import Hashable

from leadline.infra import tenancy
from leadline.infra.jobs.background import Background, RetryIn, belonging_to, tasks
from leadline.infra.jobs.queue import Claim, Failure

# More than this in one job: it is worth its own transaction.
SMALL = 20


class UnknownTask(Exception):
    """The job names a function that is not part of this version."""


def company_of(claim: Claim) -> Hashable | None:
    """What jobs have in common that are done as one; None for a job that is done by itself.

    What failed before is tried alone, and what is large already gains nothing by more.
    """
    task = tasks.get(claim.task)
    if task is None or not task.gathers or claim.attempts > 1:
        return None
    if len(claim.arguments[task.gathers]) > SMALL:
        return None
    rest = {name: value for name, value in claim.arguments.items() if name != task.gathers}
    return claim.task, claim.workspace_id, json.dumps(rest, sort_keys=True)


def perform(claim: Claim, *company: Claim) -> None:
    """Run the job's function, together with the jobs of its company if there are any, outside every
    transaction and workspace; raises what it raises."""
    task, arguments = _task_of(claim), claim.arguments
    if company:
        items = [item for one in (claim, *company) for item in one.arguments[task.gathers]]
        arguments = {**arguments, task.gathers: items}
    urgency = max(one.urgency for one in (claim, *company))
    with belonging_to(claim.workspace_id, urgency), tenancy.nowhere():
        task(**arguments)


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
