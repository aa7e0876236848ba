"""How fast many leads find owners in one batch: a member who has them all leaves."""

from __future__ import annotations

import time
from typing import Any

import psycopg

from bench.measures import Bench

_MOST = 10_000
_GIVE = """
UPDATE leads_lead SET owner_id = %(owner)s WHERE id IN (
    SELECT id FROM leads_lead WHERE status = 'open' AND deleted_at IS NULL ORDER BY id LIMIT %(most)s
)
"""
_LEFT = "SELECT count(*) FROM leads_lead WHERE owner_id = %s AND status = 'open' AND deleted_at IS NULL"
_SHARES = """
SELECT count(*) FROM leads_lead WHERE status = 'open' AND deleted_at IS NULL AND owner_id <> %s
GROUP BY owner_id
"""


def all_of_one(bench: Bench) -> None:
    """Up to 10,000 open leads of one member go to the others in turn, in the transaction in which the member
    leaves, each with its reason, its timeline entry, its audit and its notice."""
    house = bench.house
    members: list[dict[str, Any]] = house.ask("GET", "/api/v1/members")
    leaver = next(member for member in members if member["role"] == "rep" and member["active"])
    with psycopg.connect(house.database_url(superuser=True), autocommit=True) as plain:
        plain.execute("SET session_replication_role = replica")
        given = plain.execute(_GIVE, {"owner": leaver["id"], "most": _MOST}).rowcount
        began = time.perf_counter()
        house.ask("PATCH", f"/api/v1/members/{leaver['id']}", {"active": False})
        spent = time.perf_counter() - began
        left = (plain.execute(_LEFT, [leaver["id"]]).fetchone() or (0,))[0]
        shares = [int(row[0]) for row in plain.execute(_SHARES, [leaver["id"]])]
    house.ask("PATCH", f"/api/v1/members/{leaver['id']}", {"active": True})
    if left:
        raise RuntimeError(f"assign: {left} leads are still with who left.")
    more = f"{given:,} leads in {spent:.1f} s, shares {min(shares):,} to {max(shares):,}"
    bench.report.per_second(
        "assign in a batch", given / spent, bench.raw(8), bar=0.05, leads=bench.leads, more=more
    )
