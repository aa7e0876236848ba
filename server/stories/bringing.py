"""Bring files and have them made, as people do in the browser."""

from __future__ import annotations

import csv
import io
from collections.abc import Callable, Sequence
from typing import Any

from leadline.testing import Api

Drain = Callable[[], int]


def csv_of(*rows: Sequence[str]) -> bytes:
    """A file as spreadsheets write it."""
    out = io.StringIO()
    csv.writer(out).writerows(rows)
    return out.getvalue().encode("utf-8-sig")


def rows_of(content: bytes) -> list[list[str]]:
    """The rows of a file."""
    return list(csv.reader(io.StringIO(content.decode("utf-8-sig"))))


def brought(api: Api, name: str, content: bytes, object: str = "lead", **options: Any) -> dict[str, Any]:
    """The draft after bringing a file, with these options."""
    answer = api.upload("/imports", name, content, object=object)
    assert answer.status_code == 201, answer.content
    draft = dict(answer.json())
    if options:
        answer = api.patch(f"/imports/{draft['id']}", {"options": options})
        assert answer.status_code == 200, answer.content
    return draft


def mapped(api: Api, draft: dict[str, Any], *to: str, **same: Any) -> dict[str, Any]:
    """The draft with its columns going there."""
    mapping = [{**place, "to": key, **same} for place, key in zip(draft["mapping"], to, strict=True)]
    answer = api.patch(f"/imports/{draft['id']}", {"mapping": mapping})
    assert answer.status_code == 200, answer.content
    return dict(answer.json())


def run(api: Api, draft: dict[str, Any], drain: Drain) -> dict[str, Any]:
    """The import after everything was taken in; every row is accounted for."""
    answer = api.post(f"/imports/{draft['id']}/runs")
    assert answer.status_code == 200, answer.content
    drain()
    after = dict(api.get(f"/imports/{draft['id']}").json())
    assert after["created"] + after["updated"] + after["skipped"] + after["bad"] == after["rows"]
    return after


def counts(after: dict[str, Any]) -> tuple[int, int, int, int]:
    """Created, updated, skipped, bad."""
    return after["created"], after["updated"], after["skipped"], after["bad"]


def undone(api: Api, draft: dict[str, Any], drain: Drain) -> dict[str, Any]:
    """What taking the import back did."""
    answer = api.post(f"/imports/{draft['id']}/undos")
    assert answer.status_code == 200, answer.content
    drain()
    after = api.get(f"/imports/{draft['id']}").json()
    assert after["state"] == "undone"
    return dict(after["undone"])


def given(api: Api, drain: Drain, **wanted: Any) -> bytes:
    """The content of a file that was made."""
    answer = api.post("/exports", wanted)
    assert answer.status_code == 201, answer.content
    drain()
    export = api.get(f"/exports/{answer.json()['id']}").json()
    assert (export["state"], export["done"]) == ("done", export["total"])
    return b"".join(api.get(f"/exports/{export['id']}/file").streaming_content)
