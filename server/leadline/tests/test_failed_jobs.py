"""Failed jobs can be seen, replayed and dismissed by their own workspace."""

from __future__ import annotations

from uuid import uuid4

from django_tasks import task, task_backends

from leadline.infra.jobs import actions, queries
from leadline.infra.jobs.testing import drain_all
from leadline.infra.models import Job
from leadline.workspaces.models import Workspace

called: list[str] = []


@task()
def remember(word: str) -> None:
    called.append(word)


def test_a_failed_job_can_be_replayed_by_its_workspace_only(inside: Workspace) -> None:
    job = Job.objects.create(workspace_id=inside.id, task="x", state="failed", attempts=6)

    assert [j.id for j in queries.failed(inside.id)] == [job.id]
    assert queries.failed(uuid4()) == []
    assert actions.replay(uuid4(), job.id) is False
    assert actions.replay(inside.id, job.id) is True
    job.refresh_from_db()
    assert (job.state, job.attempts) == ("ready", 0)
    assert queries.backlog() == queries.Backlog(ready=1, waiting=0, running=0, failed=0)


def test_a_failed_job_can_be_dismissed(inside: Workspace) -> None:
    job = Job.objects.create(workspace_id=inside.id, task="x", state="failed")
    assert actions.dismiss(uuid4(), job.id) is False
    assert actions.dismiss(inside.id, job.id) is True
    assert not Job.objects.exists()


def test_a_task_of_a_library_is_a_job_like_any_other(inside: Workspace) -> None:
    called.clear()
    remember.enqueue("tea")
    assert type(task_backends["default"]).__name__ == "JobBackend"
    assert called == []
    drain_all()
    assert called == ["tea"]
