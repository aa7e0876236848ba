"""Every vector of the services' signatures: what is genuine is taken, everything else is not."""

from __future__ import annotations

import json
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest

from leadline.channels.email.providers import provider_for, sns
from leadline.channels.email.providers.delivery import Delivery
from leadline.channels.email.tests.conftest import PAYLOADS
from leadline.infra import http

VECTORS: list[dict[str, Any]] = json.loads((Path(__file__).parent / "signatures.json").read_text())
TOPIC = "arn:aws:sns:eu-west-1:111111111111:crm"
NOW = datetime(2026, 11, 16, 12, 0, tzinfo=UTC)


@pytest.fixture(autouse=True)
def amazon(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """Amazon's certificate, without a network; the addresses that were called."""
    called: list[str] = []
    certificate = (PAYLOADS / "ses/signing-cert.pem").read_bytes()

    def call(method: str, url: str, **rest: Any) -> http.Answer:
        called.append(url)
        return http.Answer(200, {}, certificate)

    monkeypatch.setattr(http, "call", call)
    sns._certificates.clear()
    return called


def is_taken(vector: dict[str, Any]) -> bool:
    key = {"mailgun": "mailgun", "sendgrid": "sendgrid", "aws": "ses"}[vector["scheme"].split("-")[0]]
    provider = provider_for(key)
    assert provider is not None
    headers = {name.lower(): value for name, value in vector.get("headers", {}).items()}
    kind = "application/json" if vector["file"].endswith(".json") else ""
    body = (PAYLOADS / vector["file"]).read_bytes()
    secrets = {"signing_key": vector.get("secret", ""), "public_key": vector.get("public_key", "")}
    delivery = Delivery(body, headers.get("content-type", kind), headers)
    return provider.is_genuine(delivery, secrets, {"topic_arn": vector.get("topic", TOPIC)}, NOW)


def test_every_vector_is_judged_rightly() -> None:
    wrong = [(one["file"], one.get("why")) for one in VECTORS if is_taken(one) is not one["valid"]]
    assert wrong == []
    assert {one["scheme"] for one in VECTORS} >= {"mailgun-form", "mailgun-json", "sendgrid-ecdsa", "aws-sns"}


def test_what_amazon_signs_is_text_by_text_what_it_says() -> None:
    signed = [one for one in VECTORS if one.get("string_to_sign")]
    for one in signed:
        assert sns.signed_text(json.loads((PAYLOADS / one["file"]).read_bytes())) == one["string_to_sign"]
    assert signed


def test_amazon_signing_for_another_topic_or_from_another_address_is_refused(amazon: list[str]) -> None:
    vector = next(one for one in VECTORS if one["scheme"] == "aws-sns" and one["valid"])
    assert not is_taken({**vector, "topic": "arn:aws:sns:eu-west-1:222222222222:crm"})
    body = json.loads((PAYLOADS / vector["file"]).read_bytes())
    for url in (
        "https://sns.eu-west-1.amazonaws.com.evil.example/cert.pem",
        "http://sns.eu-west-1.amazonaws.com/cert.pem",
        "https://sns.eu-west-1.amazonaws.com@evil.example/cert.pem",
        "https://sns.eu-west-1.amazonaws.com:444/cert.pem",
    ):
        assert not sns.is_signed({**body, "SigningCertURL": url})
    assert amazon == []


def test_a_signature_of_yesterday_is_refused() -> None:
    vector = next(one for one in VECTORS if one["scheme"] == "mailgun-form" and one["valid"])
    mailgun = provider_for("mailgun")
    assert mailgun is not None
    body = (PAYLOADS / vector["file"]).read_bytes()
    delivery = Delivery(body, "application/x-www-form-urlencoded")
    secrets = {"signing_key": vector["secret"]}
    assert mailgun.is_genuine(delivery, secrets, {}, NOW)
    assert not mailgun.is_genuine(delivery, secrets, {}, datetime(2026, 11, 18, tzinfo=UTC))
