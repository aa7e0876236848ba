"""Getting in: password, second factor, reset, sessions, and what stops those who guess."""

from __future__ import annotations

import re
from typing import Any

import pytest
from allauth.mfa.totp.internal.auth import format_hotp_value, hotp_value, yield_hotp_counters_from_time
from django.core import mail
from django.core.cache import cache
from django.test import Client

from leadline.infra import tenancy
from leadline.testing import people
from leadline.workspaces import actions
from leadline.workspaces.actor import Actor
from leadline.workspaces.models import LoginAttempt, Member, User, Workspace

BASE = "/_allauth/browser/v1"


@pytest.fixture
def nora(workspace: Workspace) -> User:
    """A rep with a password."""
    cache.clear()
    user = actions.make_user(email="nora@acme.example", name="Nora", password=people.PASSWORD)
    with tenancy.workspace(workspace.id):
        Member.objects.create(user=user, name="Nora", role="rep")
    return user


def send(client: Client, path: str, body: dict[str, Any], verb: str = "post") -> Any:
    return getattr(client, verb)(BASE + path, body, content_type="application/json")


def log_in(client: Client, password: str = people.PASSWORD) -> Any:
    return send(client, "/auth/login", {"email": "Nora@acme.example", "password": password})


def test_the_right_password_lets_in_and_is_written_down(nora: User, client: Client) -> None:
    assert log_in(client).status_code == 200
    assert client.get("/api/v1/me").json()["member"]["name"] == "Nora"
    attempt = LoginAttempt.objects.get()
    assert (attempt.succeeded, attempt.address) == (True, "127.0.0.1")


def test_a_wrong_password_stays_out_and_is_written_down(nora: User, client: Client) -> None:
    assert log_in(client, "guess").status_code == 400
    assert client.get("/api/v1/me").status_code == 401
    assert LoginAttempt.objects.get().reason == "wrong_password"


def test_who_guesses_is_stopped_even_with_the_right_password(nora: User, client: Client) -> None:
    for _ in range(6):
        log_in(client, "guess")
    assert log_in(client).status_code in (400, 429)
    assert client.get("/api/v1/me").status_code == 401


def test_an_unknown_address_gets_the_same_answer_as_a_wrong_password(nora: User, client: Client) -> None:
    wrong = log_in(client, "guess").json()
    unknown = send(client, "/auth/login", {"email": "no@acme.example", "password": "guess"}).json()
    assert wrong["errors"] == unknown["errors"]


def test_a_second_factor_is_asked_for_and_recovery_codes_help(nora: User, client: Client) -> None:
    log_in(client)
    send(client, "/auth/reauthenticate", {"password": people.PASSWORD})
    secret = client.get(f"{BASE}/account/authenticators/totp").json()["meta"]["secret"]
    assert send(client, "/account/authenticators/totp", {"code": code_of(secret)}).status_code == 200
    codes = client.get(f"{BASE}/account/authenticators/recovery-codes").json()["data"]["unused_codes"]

    other = Client()
    assert log_in(other).status_code == 401
    assert other.get("/api/v1/me").status_code == 401
    assert send(other, "/auth/2fa/authenticate", {"code": codes[0]}).status_code == 200
    assert other.get("/api/v1/me").json()["mfa"] is True


def code_of(secret: str) -> str:
    return str(format_hotp_value(hotp_value(secret, next(iter(yield_hotp_counters_from_time())))))


def test_a_forgotten_password_is_reset_by_a_link_to_the_configured_host(nora: User, client: Client) -> None:
    answer = client.post(
        f"{BASE}/auth/password/request",
        {"email": "nora@acme.example"},
        content_type="application/json",
        headers={"Host": "localhost"},
    )
    assert answer.status_code == 200
    link = re.search(r"http://127\.0\.0\.1:8400/password/reset/(\S+)", str(mail.outbox[0].body))
    assert link is not None
    assert mail.outbox[0].subject == "A new password for Acme"
    assert "Hello Nora,\n\nsomebody asked" in str(mail.outbox[0].body)
    assert "Host" not in mail.outbox[0].subject + str(mail.outbox[0].body)
    body = {"key": link[1], "password": "another long and good one 8"}
    assert send(client, "/auth/password/reset", body).status_code in (200, 401)
    assert log_in(Client(), "another long and good one 8").status_code == 200


def test_a_reset_speaks_the_language_of_its_reader_and_its_link_stands_alone(
    nora: User, client: Client
) -> None:
    User.objects.filter(id=nora.id).update(language="he")
    client.post(f"{BASE}/auth/password/request", {"email": nora.email}, content_type="application/json")
    sent = mail.outbox[0]
    assert sent.subject == "סיסמה חדשה עבור \u2068Acme\u2069"
    assert any(
        re.fullmatch(r"http://127\.0\.0\.1:8400/password/reset/\S+", line) for line in sent.body.split("\n")
    )


def test_a_stranger_is_answered_without_a_host_name(nora: User, client: Client) -> None:
    body = {"email": "stranger@nowhere.example"}
    client.post(f"{BASE}/auth/password/request", body, content_type="application/json")
    for sent in mail.outbox:
        assert "testserver" not in sent.subject + str(sent.body)
        assert "127.0.0.1]" not in sent.subject


def test_a_person_sees_and_ends_the_own_sessions(nora: User, client: Client) -> None:
    log_in(client)
    client.get("/api/v1/me")
    phone = Client()
    log_in(phone)
    phone.get("/api/v1/me")
    sessions = client.get(f"{BASE}/auth/sessions").json()["data"]
    other = [s["id"] for s in sessions if not s["is_current"]]
    assert len(other) == 1
    send(client, "/auth/sessions", {"sessions": other}, verb="delete")
    assert phone.get("/api/v1/me").status_code == 401
    assert client.get("/api/v1/me").status_code == 200


def test_a_deactivated_member_is_out_at_once(nora: User, ada: Actor, client: Client) -> None:
    log_in(client)
    actions.change_member(ada, Member.objects.get(user=nora).id, {"active": False}, None)
    assert client.get("/api/v1/me").status_code == 401


def test_nobody_signs_up_alone(workspace: Workspace, client: Client) -> None:
    body = {"email": "eve@evil.example", "password": "a long and good one 7"}
    assert send(client, "/auth/signup", body).status_code == 403
    assert not User.objects.filter(email="eve@evil.example").exists()
