"""What every measurement needs: the house, the baselines of this run, the report."""

from __future__ import annotations

from dataclasses import dataclass, field

from bench import baselines
from bench.house import House
from bench.report import Report, Row


@dataclass
class Bench:
    """A run of the benchmarks."""

    house: House
    report: Report
    seconds: float
    leads: int = 0
    _raw: dict[int, list[float]] = field(default_factory=dict)

    def measure_baselines(self) -> None:
        """Measure the machine now; called before and between the paths, for it is not always equally fast."""
        for at_once in (8, 16):
            rate = baselines.raw(self.house, at_once=at_once, seconds=min(2.0, self.seconds))
            self._raw.setdefault(at_once, []).append(rate)
            self.report.add(Row(f"raw: INSERT + COMMIT, concurrency {at_once}", self.leads, f"{rate:,.0f}/s"))

    def raw(self, at_once: int) -> float:
        """Commits of one row a second at this concurrency, as measured last."""
        return self._raw[at_once][-1]
