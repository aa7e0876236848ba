"""How fast lists, the board, search and a record answer."""

from __future__ import annotations

import json
import random
from collections.abc import Callable
from urllib.parse import quote

from bench import load
from bench.measures import Bench
from bench.people import person

_LISTS = (
    "/api/v1/leads?limit=50",
    "/api/v1/leads?limit=50&sort=-score",
    "/api/v1/leads?limit=50&filter="
    + quote(json.dumps({"field": "source", "op": "eq", "value": "referral"})),
)
LARGE = 1_000_000
_SERVER_TIME = 60.0


def all_reads(bench: Bench) -> None:
    """List, board, search and record page, each at concurrency 8 and as the time of one request alone."""
    random.seed(7)
    copies = bench.leads // 1000
    _measure(bench, "list of 50, three orders and filters", lambda n: _LISTS[n % 3], bar=0.10)
    _measure(bench, "board, 6 columns with totals", lambda _: "/api/v1/board", bar=0.03)
    _measure(bench, "search: name, phone, mail", lambda n: _search(n, copies), bar=0.10)
    ids = [row["id"] for row in bench.house.ask("GET", "/api/v1/leads?limit=50")["items"]]
    _measure(bench, "record page", lambda n: f"/api/v1/leads/{ids[n % len(ids)]}", bar=0.05)


def _search(n: int, copies: int) -> str:
    lead = person(n * 37 % 1000, random.randrange(copies))  # noqa: S311 - no secret
    asked = (lead["name"].split("-")[1], lead["phone"], "0" + lead["phone"][4:], lead["email"])[n % 4]
    return "/api/v1/search?q=" + quote(asked)


def _measure(bench: Bench, path: str, address: Callable[[int], str], *, bar: float) -> None:
    def make(n: int) -> bytes:
        return bench.house.request("GET", address(n))

    got = load.run(bench.house.port, make, threads=8, seconds=bench.seconds).must_hold(path)
    more = f"p50 {got.at(0.5):.0f} ms, p95 {got.at(0.95):.0f} ms"
    bench.report.per_second(path, got.rate, bench.raw(8), bar=bar, leads=bench.leads, more=more)
    alone = load.run(bench.house.port, make, threads=1, seconds=min(1.5, bench.seconds), warm=0.2)
    bench.report.at_most(f"{path}: alone, p95", alone.at(0.95), "ms", bar=_SERVER_TIME, leads=bench.leads)
