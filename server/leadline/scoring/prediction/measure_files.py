"""Measure the prediction on CSV files: `python -m leadline.scoring.prediction.measure_files --help`."""

from __future__ import annotations

import argparse
import csv
import gzip
import json
import sys
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

from leadline.scoring.prediction.learning import Learned, Lesson, learn
from leadline.scoring.prediction.measuring import measure


def read(
    path: Path, outcome: str, won: str, lost: str = "", left_out: Sequence[str] = ()
) -> tuple[list[dict[str, Any]], list[bool]]:
    """The rows of a CSV file, plain or gzipped, and what came out; rows without an outcome are left out."""
    rows: list[dict[str, Any]] = []
    outcomes: list[bool] = []
    opener = gzip.open if path.suffix == ".gz" else open
    with opener(path, "rt", encoding="utf-8-sig") as lines:
        for row in csv.DictReader(lines):
            said = row.pop(outcome)
            if said != won and lost and said != lost:
                continue
            outcomes.append(said == won)
            rows.append({key: value for key, value in row.items() if key and key not in left_out})
    return rows, outcomes


def without_twins(
    rows: list[dict[str, Any]], outcomes: list[bool], key: str
) -> tuple[list[dict[str, Any]], list[bool]]:
    """The first row of every value of `key`; without a key all rows that differ."""
    seen: set[object] = set()
    kept = []
    for row, outcome in zip(rows, outcomes, strict=True):
        name: object = row.get(key) if key else tuple(sorted(row.items()))
        if name not in seen:
            seen.add(name)
            kept.append((row, outcome))
    return [row for row, _ in kept], [outcome for _, outcome in kept]


def on_unseen(
    learned: Learned, rows: Sequence[Mapping[str, Any]], outcomes: Sequence[bool]
) -> dict[str, Any]:
    """The measures of what was learned on other rows."""
    assert learned.model is not None
    return measure([learned.model.judge(row)[0] for row in rows], outcomes).as_json()


def main(arguments: Sequence[str] | None = None) -> None:
    """Learn from one file; print the measures on leads not seen, and those on a second file."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("train", type=Path)
    parser.add_argument("--test", type=Path, help="another file with leads to measure on")
    parser.add_argument("--outcome", required=True, help="the column that says what came out")
    parser.add_argument("--won", default="1", help="its value when the lead was won")
    parser.add_argument("--lost", default="", help="its value when it was lost (default: any other)")
    parser.add_argument("--key", default="", help="a column that is the same for the same lead")
    parser.add_argument("--leave-out", nargs="*", default=[], help="columns that are no inputs")
    parser.add_argument("--newest-first", action="store_true", help="the file begins with the newest lead")
    parser.add_argument("--trees", type=int, default=300)
    given = parser.parse_args(arguments)
    reading = (given.outcome, given.won, given.lost, given.leave_out)
    rows, outcomes = without_twins(*read(given.train, *reading), given.key)
    if given.newest_first:
        rows.reverse()
        outcomes.reverse()
    learned = learn(Lesson(rows=rows, outcomes=outcomes, trees=given.trees))
    shown = {key: value for key, value in learned.as_json().items() if key not in ("model", "typical")}
    if given.test and learned.model:
        shown["unseen_file"] = on_unseen(learned, *read(given.test, *reading))
    sys.stdout.write(json.dumps(shown, indent=1, ensure_ascii=False) + "\n")


if __name__ == "__main__":
    main()
