"""What the machine itself can do: commits of one row, bulk loads, and answers of the bare server."""

from __future__ import annotations

import multiprocessing
import threading
import time
from multiprocessing.connection import Connection

import psycopg

from bench import load
from bench.house import House
from bench.wire import request

TABLE = "bench_raw"
_PROCESSES = 4
_BODY = '{"name": "Dana Levi", "phone": "+972501234567", "text": "' + "How much is it? " * 16 + '"}'
_INSERT = f"INSERT INTO {TABLE} (id, body) VALUES (gen_random_uuid(), %s)"  # noqa: S608 - our own table


def make_table(house: House) -> None:
    """The table the baseline writes into."""
    with psycopg.connect(house.database_url(), autocommit=True) as owner:
        owner.execute(
            f"CREATE TABLE IF NOT EXISTS {TABLE} "
            "(id uuid PRIMARY KEY, body jsonb NOT NULL, at timestamptz NOT NULL DEFAULT now())"
        )


def raw(house: House, *, at_once: int, seconds: float) -> float:
    """INSERT and COMMIT of a single row a second, through the plain driver at this concurrency.

    The connections are spread over several processes, so that the driver is not what limits them.
    """
    url = house.database_url()
    processes = min(_PROCESSES, at_once)
    running = []
    for _ in range(processes):
        ours, theirs = multiprocessing.Pipe()
        process = multiprocessing.Process(target=_insert, args=(theirs, url, at_once // processes, seconds))
        process.start()
        running.append((process, ours))
    rows = sum(int(ours.recv()) for _, ours in running)
    for process, _ in running:
        process.join()
    return rows / seconds


def _insert(told: Connection, url: str, threads: int, seconds: float) -> None:
    counts: list[int] = []

    def work() -> None:
        with psycopg.connect(url, autocommit=True) as plain:
            plain.execute("SET synchronous_commit = on")
            for _ in range(5):
                plain.execute(_INSERT, [_BODY])
            done, end = 0, time.perf_counter() + seconds
            while time.perf_counter() < end:
                plain.execute(_INSERT, [_BODY])
                done += 1
            counts.append(done)

    running = [threading.Thread(target=work) for _ in range(threads)]
    for thread in running:
        thread.start()
    for thread in running:
        thread.join()
    told.send(sum(counts))


def hello(house: House, *, at_once: int, seconds: float) -> float:
    """Answers a second of the same server to a request that needs nothing."""
    asked = request("GET", "/healthz")
    return load.run(house.port, lambda _: asked, threads=at_once, seconds=seconds).must_hold("hello").rate
