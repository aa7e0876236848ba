"""How fast a list comes in: 10,000 rows looked at for duplicates, and taken in by the worker."""

from __future__ import annotations

import csv
import io
import time
import uuid
from typing import Any

from bench.measures import Bench
from bench.report import Row

ROWS = 10_000
BAR = 15.0
_PREVIEW = "list of 10,000 rows: upload and preview with duplicates"


def ten_thousand(bench: Bench) -> None:
    """A list of which every twentieth row names somebody of an earlier row."""
    began = time.perf_counter()
    draft = _bring(bench, _list())
    counts = bench.house.ask("GET", f"/api/v1/imports/{draft['id']}/preview")["counts"]
    seconds = time.perf_counter() - began
    if counts["new"] + counts["duplicate"] + counts["bad"] != ROWS:
        raise RuntimeError(f"preview: {counts}")
    bench.report.at_most(_PREVIEW, seconds, "s", bar=BAR, leads=bench.leads)
    after = _run(bench, draft["id"])
    bench.leads += after["created"]
    bench.report.add(
        Row(
            "list of 10,000 rows taken in by the worker",
            bench.leads,
            f"{after['per_second']:,.0f} rows/s",
        )
    )


def _list() -> bytes:
    out = io.StringIO()
    rows = csv.writer(out)
    rows.writerow(["Full name", "E-mail", "Phone", "City", "Notes"])
    for n in range(ROWS):
        who = n if n % 20 else n // 20
        mail = f"listed{who}@firm{who % 700}.example"
        rows.writerow([f"Listed {n}", mail, f"+49152{who:08d}", "Haifa", "from a fair"])
    return out.getvalue().encode()


def _bring(bench: Bench, content: bytes) -> dict[str, Any]:
    mark = uuid.uuid4().hex
    parts = [
        f'--{mark}\r\nContent-Disposition: form-data; name="object"\r\n\r\nlead\r\n'.encode(),
        f'--{mark}\r\nContent-Disposition: form-data; name="file"; filename="list.csv"\r\n\r\n'.encode(),
        content,
        f"\r\n--{mark}--\r\n".encode(),
    ]
    return bench.house.upload("/api/v1/imports", b"".join(parts), f"multipart/form-data; boundary={mark}")


def _run(bench: Bench, import_id: str) -> dict[str, Any]:
    bench.house.ask("POST", f"/api/v1/imports/{import_id}/runs")
    while True:
        found: dict[str, Any] = bench.house.ask("GET", f"/api/v1/imports/{import_id}")
        if found["state"] != "running":
            break
        time.sleep(0.5)
    if found["position"] != ROWS or found["state"] != "done":
        raise RuntimeError(f"import: {found['state']} at row {found['position']}: {found['error']}")
    return found
