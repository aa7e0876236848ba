"""How fast leads become deals of customers, each in one transaction with everything that follows from it."""

from __future__ import annotations

from typing import Any

from bench import load
from bench.measures import Bench

_POOL = 2000
# A person each: the leads of the story share companies, of which none may become two customers.
_BODY = {"customer": {"new": {"kind": "person"}}}


def conversions(bench: Bench) -> None:
    """Conversions a second at concurrency 8; every lead is converted once."""
    leads = _unconverted(bench)

    def make(n: int) -> bytes:
        if n >= len(leads):
            raise RuntimeError(f"convert: all {len(leads)} leads of the pool are deals by now.")
        return bench.house.request("POST", f"/api/v1/leads/{leads[n]}/conversions", _BODY)

    got = load.run(bench.house.port, make, threads=8, seconds=bench.seconds).must_hold("convert")
    more = f"p50 {got.at(0.5):.0f} ms, p95 {got.at(0.95):.0f} ms"
    bench.report.per_second("convert a lead", got.rate, bench.raw(8), bar=0.03, leads=bench.leads, more=more)


def _unconverted(bench: Bench) -> list[str]:
    found: list[str] = []
    cursor = ""
    while len(found) < _POOL:
        after = f"&cursor={cursor}" if cursor else ""
        page: dict[str, Any] = bench.house.ask("GET", f"/api/v1/leads?kind=lead&limit=200{after}")
        found += [row["id"] for row in page["items"] if row["status"] == "open"]
        cursor = page["next_cursor"] or ""
        if not cursor:
            break
    return found
