"""Run jobs in the test itself, in its own transaction."""

from __future__ import annotations

from leadline.infra.jobs import queue, running

MOST = 20_000


def drain_all(*, raises: bool = True, retries: bool = False) -> int:
    """Run all ready jobs, later reactions included, until none is left; how many ran.

    A job's error is raised here, or with raises=False recorded as in production; with retries=True jobs
    that wait for another attempt run at once.
    """
    ran = 0
    while ran < MOST:
        if retries:
            _hurry()
        claims = queue.claim(50)
        if not claims:
            return ran
        for claim in claims:
            ran += 1
            try:
                running.perform(claim)
            except Exception as error:
                queue.fail(running.failure_of(claim, error))
                if raises:
                    raise
            else:
                queue.finish([claim])
    raise AssertionError(f"More than {MOST} jobs ran: do they queue each other for ever?")


def _hurry() -> None:
    from leadline.infra.models import Job

    Job.objects.filter(state="ready").exclude(run_at=None).update(run_at=None)
