"""What a form tool signed is accepted, everything else is refused."""

from __future__ import annotations

import json
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest

from leadline.channels.webforms.signatures import is_genuine

HERE = Path(__file__).parent
VECTORS: list[dict[str, Any]] = json.loads((HERE / "signatures.json").read_text())
BODY = b'{"event_type":"form_response"}'
NOW = datetime(2026, 11, 16, 9, 12, tzinfo=UTC)


def moment_of(vector: dict[str, Any]) -> datetime:
    milliseconds = vector["headers"].get("x-webflow-timestamp")
    return datetime.fromtimestamp(int(milliseconds) / 1000, UTC) if milliseconds else NOW


def verdict(vector: dict[str, Any], **other: Any) -> bool:
    body = (HERE / "payloads" / vector["file"]).read_bytes()
    given = {"secret": vector["secret"], "headers": vector["headers"], "body": body, "now": moment_of(vector)}
    return is_genuine(vector["scheme"], **{**given, **other})


@pytest.mark.parametrize("vector", VECTORS, ids=[v["file"] for v in VECTORS])
def test_every_vector_has_its_verdict(vector: dict[str, Any]) -> None:
    assert verdict(vector) is vector["valid"]


@pytest.mark.parametrize("vector", VECTORS, ids=[v["file"] for v in VECTORS])
def test_another_secret_another_body_or_a_missing_header_is_refused(vector: dict[str, Any]) -> None:
    body = (HERE / "payloads" / vector["file"]).read_bytes()
    assert not verdict(vector, secret="another")
    assert not verdict(vector, body=json.dumps(json.loads(body), indent=1).encode())
    assert not verdict(vector, headers={})
    assert not verdict(vector, secret="")


@pytest.mark.parametrize(
    ("tool", "secret", "headers"),
    [
        (
            "typeform",
            "tf-secret-7731",
            {"Typeform-Signature": "sha256=F4TMGZduiTMyo949I+cvCkvJOW7hSz+jS3vV9B/J28c="},
        ),
    ],
)
def test_the_worked_example_of_the_documentation(tool: str, secret: str, headers: dict[str, str]) -> None:
    assert is_genuine(tool, secret, headers, BODY, NOW)


def test_webflow_deliveries_grow_old() -> None:
    vector = next(v for v in VECTORS if v["scheme"] == "webflow")
    at = moment_of(vector)
    assert verdict(vector, now=at + timedelta(minutes=5))
    assert not verdict(vector, now=at + timedelta(minutes=6))
    headers = {**vector["headers"], "x-webflow-timestamp": "²"}
    assert not verdict(vector, headers=headers)


def test_a_tool_without_signatures_sends_the_secret_itself() -> None:
    assert is_genuine("generic", "s3cret", {"X-Leadline-Secret": "s3cret"}, BODY, NOW)
    assert is_genuine("generic", "s3cret", {"Authorization": "Bearer s3cret"}, BODY, NOW)
    assert not is_genuine("generic", "s3cret", {"X-Leadline-Secret": "guess\ud800"}, BODY, NOW)
