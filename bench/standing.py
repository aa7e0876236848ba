"""What does not depend on load: start, memory, arithmetic, check for duplicates, what a browser fetches."""

from __future__ import annotations

import gzip
import os
import re
import time
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from datetime import time as clock_time
from pathlib import Path
from uuid import UUID

from bench.house import ROOT, House
from bench.measures import Bench
from bench.report import Report

_WEB = ROOT / "server" / "leadline" / "app" / "web"
# The route and the words that the first screen asks for beside what the page names.
_OF_THE_BOARD = ("pipeline", "en")
_IMPORTED = re.compile(r'(?:from|import)"\./([^"]+\.js)"')


def start(report: Report) -> None:
    """From the command on an empty folder to the first page; then the second start of the same folder."""
    house = House()
    try:
        report.at_most("start, empty folder → first page", house.start(), "s", bar=10, leads=0)
        house.stop()
        report.at_most("start again → first page", house.start(), "s", bar=10, leads=0)
    finally:
        house.remove()


def memory(bench: Bench) -> None:
    """All processes together after a fresh start and a look at every page; shared pages count once."""
    bench.house.stop()
    bench.house.start()
    for path in ("/leads?limit=50", "/board", "/search?q=levi", "/me", "/pipelines"):
        bench.house.ask("GET", f"/api/v1{path}")
    time.sleep(8)
    shares = {pid: _pss(pid) for pid in _family(bench.house.pid)}
    database = sum(size for pid, size in shares.items() if _name(pid).startswith("postgres"))
    total = sum(shares.values())
    more = f"{len(shares)} processes, of it PostgreSQL {database / 1024:.0f}"
    bench.report.at_most("memory at rest (PSS)", total / 1024, "MB", bar=250, leads=bench.leads, more=more)


def _family(pid: int) -> list[int]:
    found, children = [pid], {}
    for entry in Path("/proc").glob("[0-9]*/stat"):
        try:
            fields = entry.read_text().rsplit(")", 1)[1].split()
        except OSError:
            continue
        children.setdefault(int(fields[1]), []).append(int(entry.parent.name))
    for one in found:
        found += children.get(one, [])
    return found


def _pss(pid: int) -> int:
    try:
        text = Path(f"/proc/{pid}/smaps_rollup").read_text()
    except OSError:
        return 0
    return sum(int(size) for size in re.findall(r"^Pss:\s+(\d+) kB", text, re.MULTILINE))


def _name(pid: int) -> str:
    try:
        return Path(f"/proc/{pid}/comm").read_text().strip()
    except OSError:
        return ""


def arithmetic(report: Report) -> None:
    """Working time over 90 days with lunch breaks and holidays."""
    from leadline.kit.business_hours import Calendar, add_working_time, working_time_between

    day = [(clock_time(9), clock_time(13)), (clock_time(14), clock_time(18))]
    begin = datetime(2026, 1, 7, 10, tzinfo=UTC)
    holidays = frozenset((begin + timedelta(days=n)).date() for n in range(5, 90, 11))
    calendar = Calendar("Asia/Jerusalem", dict.fromkeys((6, 0, 1, 2, 3), day), holidays)
    hours = working_time_between(begin, begin + timedelta(days=90), calendar)
    took = _best_of(lambda: add_working_time(begin, hours, calendar))
    report.at_most("SLA arithmetic over 90 days", took * 1000, "ms", bar=1, leads=None)


def duplicates(bench: Bench) -> None:
    """Recognise a person by phone and mail among all contacts, and find that another one is new."""
    os.environ["DATABASE_URL"] = bench.house.database_url()
    os.environ["LEADLINE_HOME"] = str(bench.house.home)
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "leadline.app.settings")
    import django

    django.setup()
    from django.db import connection, transaction
    from leadline.contacts.actions import match_or_make
    from leadline.contacts.ports import IdentityIn, Person
    from leadline.infra import tenancy
    from leadline.workspaces.actor import Actor

    from bench.people import passer_by, person

    workspace_id = UUID(bench.house.workspace["id"])
    actor = Actor.product(workspace_id)

    def check(lead: dict[str, str]) -> None:
        identities = (IdentityIn("phone", lead["phone"]), IdentityIn("email", lead["email"]))
        with tenancy.workspace(workspace_id):
            match_or_make(actor, [Person(name=lead["name"], identities=identities)], "IL")
            transaction.set_rollback(True)

    known = person(17, bench.leads // 1000 - 1)
    for name, lead in (("known", known), ("new", passer_by(1, "9"))):
        took = _best_of(lambda lead=lead: check(lead), times=15)
        bench.report.at_most(f"duplicate check, {name} person", took * 1000, "ms", bar=10, leads=bench.leads)
    connection.close()


def _best_of(work: Callable[[], object], times: int = 30) -> float:
    took = []
    for _ in range(times):
        began = time.perf_counter()
        work()
        took.append(time.perf_counter() - began)
    return sorted(took)[len(took) // 2]


def browser(report: Report) -> None:
    """What the board fetches as the first screen: its scripts and all they import, compressed."""
    page = _WEB / "index.html"
    if not page.exists():
        return
    assets = _WEB / "assets"
    named = re.findall(r'(?:src|href)="/?assets/([^"]+\.js)"', page.read_text())
    board = [path.name for part in _OF_THE_BOARD for path in assets.glob(f"{part}-*.js")]
    needed = _with_imports(assets, {*named, *board})
    size = sum(_packed(assets / name) for name in needed)
    report.at_most("first screen, JavaScript (gzip)", size / 1000, "kB", bar=270, leads=None)
    chunks = [path for path in assets.glob("*.js") if path.name not in needed]
    if chunks:
        largest = max(_packed(path) for path in chunks)
        report.at_most("largest lazy chunk (gzip)", largest / 1000, "kB", bar=150, leads=None)


def _with_imports(assets: Path, names: set[str]) -> set[str]:
    found: set[str] = set()
    while names - found:
        name = (names - found).pop()
        found.add(name)
        names = names | set(_IMPORTED.findall((assets / name).read_text()))
    return found


def _packed(path: Path) -> int:
    return len(gzip.compress(path.read_bytes(), 9))
