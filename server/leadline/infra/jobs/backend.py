"""Django's Tasks interface in front of the job table: a task of a library is a job like any other."""

from __future__ import annotations

from typing import Any

from django.utils import timezone
from django.utils.module_loading import import_string
from django_tasks.backends.base import BaseTaskBackend
from django_tasks.base import Task, TaskResult, TaskResultStatus

from leadline.infra import bell, tenancy
from leadline.infra.jobs.background import background
from leadline.infra.models import Job


class JobBackend(BaseTaskBackend):
    """Queues tasks in the running transaction; results are not kept, failures stay on the failed list."""

    supports_priority = True

    def enqueue(self, task: Task[..., Any], args: Any, kwargs: Any) -> TaskResult[Any]:
        """Queue one call of the task."""
        self.validate_task(task)
        job = Job.objects.create(
            workspace_id=tenancy.current(),
            task=run_task.name,
            arguments={"path": task.module_path, "args": list(args), "kwargs": dict(kwargs)},
            turn=-task.priority,
            max_attempts=run_task.retries + 1,
        )
        bell.ring_after_commit("jobs")
        return TaskResult(
            task=task,
            id=str(job.id),
            status=TaskResultStatus.READY,
            enqueued_at=timezone.now(),
            started_at=None,
            last_attempted_at=None,
            finished_at=None,
            args=list(args),
            kwargs=dict(kwargs),
            backend=self.alias,
            errors=[],
            worker_ids=[],
        )


@background(name="django.task")
def run_task(*, path: str, args: list[Any], kwargs: dict[str, Any]) -> None:
    """Call a Django task by its import path."""
    task = import_string(path)
    if not isinstance(task, Task):
        raise TypeError(f"{path} is not a task.")
    task.call(*args, **kwargs)
