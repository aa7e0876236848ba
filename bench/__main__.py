"""`python -m bench [--large] [--only NAME …] [--seconds S]`: one table, on the screen and in bench/out."""

from __future__ import annotations

import argparse
import os
import sys
import time

from bench import (
    assigning,
    automating,
    baselines,
    capturing,
    converting,
    filling,
    importing,
    reading,
    rescoring,
    standing,
)
from bench.house import House
from bench.measures import Bench
from bench.report import HEAD, Report, Row

PARTS = ("start", "browser", "arithmetic", "hello", "webhook", "create", "batch", "import", "reply", "read",
         "memory", "duplicates", "rescore", "convert", "automate", "assign")  # fmt: skip


def main() -> None:
    """Measure everything that was asked for; the exit code says whether every bar was reached."""
    parser = argparse.ArgumentParser(prog="bench", description=__doc__)
    parser.add_argument("--large", action="store_true", help="also a million leads (needs 10 GB and minutes)")
    parser.add_argument("--small", action="store_true", help="only a thousand leads")
    parser.add_argument("--only", nargs="+", choices=PARTS, default=list(PARTS))
    parser.add_argument("--seconds", type=float, default=4.0, help="how long each load lasts")
    asked = parser.parse_args()
    # Always the embedded database: the one of a real server is not to be filled.
    os.environ.pop("DATABASE_URL", None)
    report = Report()
    print(HEAD, flush=True)  # noqa: T201
    _standing(report, asked.only)
    if {*asked.only} - {"start", "browser", "arithmetic"}:
        _running(report, asked)
    print(f"\nWritten to {report.write()}")  # noqa: T201
    sys.exit(1 if any(row.passed is False for row in report.rows) else 0)


def _standing(report: Report, only: list[str]) -> None:
    for name in ("start", "browser", "arithmetic"):
        if name in only:
            getattr(standing, name)(report)


def _running(report: Report, asked: argparse.Namespace) -> None:
    house = House()
    bench = Bench(house, report, asked.seconds)
    try:
        house.start()
        house.set_up()
        baselines.make_table(house)
        capturing.first_thousand(bench)
        _at_a_thousand(bench, asked.only)
        if asked.small:
            return
        _at_ten_thousand(bench, asked.only)
        _at(bench, 100_000, asked.only)
        if asked.large:
            _at(bench, 1_000_000, asked.only, entries=7)
    finally:
        house.remove()


def _at_a_thousand(bench: Bench, only: list[str]) -> None:
    bench.measure_baselines()
    if "hello" in only:
        rate = baselines.hello(bench.house, at_once=8, seconds=min(2.0, bench.seconds))
        bench.report.add(Row("hello: an empty answer, concurrency 8", bench.leads, f"{rate:,.0f}/s"))
    if "webhook" in only:
        capturing.webhooks(bench)
    _paths(bench, only)
    # Both take in hand all leads there are; a hundred thousand would take half an hour.
    if "automate" in only:
        automating.runs(bench)
    if "assign" in only:
        assigning.all_of_one(bench)
    if "batch" in only:
        capturing.batches(bench)
    if "import" in only:
        importing.ten_thousand(bench)
    if "reply" in only:
        capturing.replies(bench)


def _at_ten_thousand(bench: Bench, only: list[str]) -> None:
    if "memory" in only:
        bench.leads = filling.grow(bench.house, to=10_000).leads
        standing.memory(bench)


def _at(bench: Bench, leads: int, only: list[str], *, entries: int = 0) -> None:
    began = time.perf_counter()
    done = bench.leads // 1000 - 1
    bench.leads = filling.grow(bench.house, to=leads, done=done, entries=entries).leads
    bench.report.add(Row("fill", leads, f"{time.perf_counter() - began:.0f} s"))
    bench.measure_baselines()
    _paths(bench, only)
    if "duplicates" in only:
        standing.duplicates(bench)
    if "rescore" in only:
        rescoring.all_leads(bench)


def _paths(bench: Bench, only: list[str]) -> None:
    if "read" in only:
        reading.all_reads(bench)
    if "create" in only:
        capturing.creates(bench, at_once=8)
        capturing.creates(bench, at_once=16)
    if "convert" in only:
        converting.conversions(bench)


if __name__ == "__main__":
    main()
