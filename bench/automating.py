"""How fast an automation goes through the leads it is due for: each is one run, from its start to its end."""

from __future__ import annotations

import time
from typing import Any

import psycopg

from bench.measures import Bench

_LONGEST = 300.0
# The timer looks every five seconds; what has not begun by then does not come.
_SETTLED = 8.0
_AUTOMATION = {
    "name": "Nothing is forgotten",
    "enabled": True,
    "trigger": {"key": "lead.without_next_step", "options": {"days": 0.00001}},
    "conditions": {"field": "status", "op": "eq", "value": "open"},
    "steps": [{"kind": "do", "action": "lead.plan", "with": {"text": "Call {{name}}", "after": "1d"}}],
}
_COUNT = """
SELECT count(*), count(*) FILTER (WHERE state = 'done'),
    extract(epoch FROM max(finished_at) - min(started_at))
FROM automation_run WHERE automation_id = %s
"""


def runs(bench: Bench) -> None:
    """Runs a second, each planning a step of an open lead that has none, with its log and its timeline."""
    house = bench.house
    made: dict[str, Any] = house.ask("POST", "/api/v1/automations", _AUTOMATION)
    begun, done, spent = _settled(house.database_url(superuser=True), made["id"])
    house.ask("PATCH", f"/api/v1/automations/{made['id']}", {"enabled": False})
    if not begun or done < begun:
        raise RuntimeError(f"automate: {done} of {begun} runs came to their end.")
    rate, more = done / spent, f"{done:,} runs in {spent:.1f} s"
    bench.report.per_second("automation runs", rate, bench.raw(8), bar=0.01, leads=bench.leads, more=more)


def _settled(url: str, automation_id: str) -> tuple[int, int, float]:
    """Begun, done, and the seconds from the first start to the last end, once nothing changes any more."""
    until, seen, since = time.monotonic() + _LONGEST, (0, 0, 0.0), time.monotonic()
    with psycopg.connect(url, autocommit=True) as plain:
        while time.monotonic() < until:
            begun, done, spent = plain.execute(_COUNT, [automation_id]).fetchone() or (0, 0, None)
            now = (int(begun), int(done), float(spent or 0))
            if now != seen:
                seen, since = now, time.monotonic()
            elif time.monotonic() - since > _SETTLED:
                return seen
            time.sleep(0.2)
    return seen
