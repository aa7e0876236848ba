"""The worker process: jobs on threads, and the clock."""

from __future__ import annotations

import signal
import threading


def run() -> None:
    """Be the worker process until SIGTERM."""
    from django.conf import settings

    from leadline.app import testclock
    from leadline.infra import bell
    from leadline.infra.jobs.clockwork import Clock
    from leadline.infra.jobs.worker import Worker

    worker, clock = Worker(settings.ENV.worker_threads), Clock()

    def stop(*_: object) -> None:
        clock.stop()
        worker.stop()

    signal.signal(signal.SIGTERM, stop)
    bell.start()
    testclock.follow()
    ticking = threading.Thread(target=clock.run, name="clock", daemon=True)
    ticking.start()
    worker.run()
    ticking.join(5)
