"""How fast all leads are counted anew after the scoring rules have changed, and how fast a dry run says so."""

from __future__ import annotations

import time
from typing import Any

from bench.measures import Bench

_QUIET = 300.0
_RULE = {
    "group": "fit",
    "name": "Can be called",
    "points": 40,
    "when": {"field": "contact.phone", "op": "is_not_empty"},
}


def all_leads(bench: Bench) -> None:
    """A draft with one more rule: its dry run, then from publishing until the last lead is counted."""
    house = bench.house
    seen = house.ask("GET", "/api/v1/scoring/draft")
    rules = [{k: v for k, v in rule.items() if k not in {"position", "sentence"}} for rule in seen["rules"]]
    house.ask("PUT", "/api/v1/scoring/draft", {"numbers": seen["numbers"], "rules": [*rules, _RULE]})
    began = time.perf_counter()
    told = house.ask("GET", "/api/v1/scoring/draft/dry-run")
    more = f"{told['scores_changed']:,} would change, {told['bands_moved']:,} move band"
    spent = time.perf_counter() - began
    bench.report.at_most("dry run of a rule", spent, "s", bar=10, leads=told["leads"], more=more)
    began = time.perf_counter()
    house.ask("POST", "/api/v1/scoring/editions", {})
    edition = _counted(bench)
    spent = time.perf_counter() - began
    bench.report.per_second(
        "re-score after a rule change",
        edition["counted"] / spent,
        bench.raw(8),
        bar=0.5,
        leads=edition["counted"],
        more=f"{spent:.1f} s for all",
    )


def _counted(bench: Bench) -> Any:
    until = time.monotonic() + _QUIET
    while time.monotonic() < until:
        edition = bench.house.ask("GET", "/api/v1/scoring/editions")[0]
        if edition["done_at"] is not None:
            return edition
        time.sleep(0.1)
    raise TimeoutError("The leads were not counted anew in time.")
