"""The rows of the table, printed as Markdown and kept as JSON."""

from __future__ import annotations

import json
import os
import platform
from dataclasses import asdict, dataclass
from datetime import UTC, datetime
from pathlib import Path

OUT = Path(__file__).resolve().parent / "out"


@dataclass(frozen=True)
class Row:
    """One measurement beside its bar."""

    path: str
    leads: int | None
    reached: str
    bar: str = ""
    ratio: float | None = None
    passed: bool | None = None


class Report:
    """What was measured so far; each row is printed as soon as it is known."""

    def __init__(self) -> None:
        self.rows: list[Row] = []

    def add(self, row: Row) -> None:
        """Keep and print a row."""
        self.rows.append(row)
        print(line(row), flush=True)  # noqa: T201 - the purpose of the command

    def per_second(
        self, path: str, rate: float, raw: float, *, bar: float, leads: int, more: str = ""
    ) -> None:
        """A rate beside the baseline."""
        ratio = rate / raw
        reached = f"{rate:,.0f}/s" + (f", {more}" if more else "")
        self.add(Row(path, leads, reached, f"≥ {bar:g} of raw", round(ratio, 4), ratio >= bar))

    def at_most(
        self, path: str, value: float, unit: str, *, bar: float, leads: int | None, more: str = ""
    ) -> None:
        """A value that may not pass its bar."""
        digits = 3 if value < 1 else 1
        reached = f"{value:,.{digits}f} {unit}" + (f" ({more})" if more else "")
        self.add(Row(path, leads, reached, f"≤ {bar:g} {unit}", None, value <= bar))

    def write(self) -> Path:
        """Both files in bench/out; the Markdown one."""
        OUT.mkdir(exist_ok=True)
        made = {"at": datetime.now(UTC).isoformat(timespec="seconds"), "machine": machine()}
        made["rows"] = [asdict(row) for row in self.rows]  # type: ignore[assignment]
        (OUT / "bench.json").write_text(json.dumps(made, indent=2, ensure_ascii=False) + "\n")
        told = [f"{machine()}, {made['at']}", "", HEAD, *map(line, self.rows), "", *growth(self.rows)]
        (OUT / "bench.md").write_text("\n".join(told) + "\n")
        return OUT / "bench.md"


HEAD = "| Path | Leads | Bar | Reached | Ratio | |\n|---|---:|---|---|---:|---|"


def line(row: Row) -> str:
    """The row in Markdown."""
    leads = f"{row.leads:,}" if row.leads is not None else ""
    ratio = f"{row.ratio:.3f}" if row.ratio is not None else ""
    verdict = {True: "pass", False: "**miss**", None: ""}[row.passed]
    return f"| {row.path} | {leads} | {row.bar} | {row.reached} | {ratio} | {verdict} |"


def growth(rows: list[Row]) -> list[str]:
    """How the ratio of each path changes from the smallest to the largest number of leads."""
    told = []
    for path in dict.fromkeys(row.path for row in rows):
        found = sorted(
            (row.leads, row.ratio) for row in rows if row.path == path and row.ratio and row.leads is not None
        )
        if len(found) > 1:
            (few, first), (many, last) = found[0], found[-1]
            told.append(f"| {path} | {few:,} → {many:,} | {first:.3f} → {last:.3f} | × {last / first:.2f} |")
    return ["| Path | Leads | Ratio | Growth |", "|---|---|---|---:|", *told] if told else []


def machine() -> str:
    """What it ran on, in words."""
    load = ", ".join(f"{value:.1f}" for value in os.getloadavg()) if hasattr(os, "getloadavg") else "?"
    return f"{os.cpu_count()} cores, {platform.system()} {platform.machine()}, load {load}"
