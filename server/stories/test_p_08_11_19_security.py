"""P-08, P-11, P-19: who did what, what a key may do, and who gets in."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
from allauth.mfa.totp.internal.auth import format_hotp_value, hotp_value, yield_hotp_counters_from_time
from django.core.cache import cache
from django.test import Client

from leadline.app import middleware
from leadline.infra.throttle import Buckets
from leadline.kit import clock
from stories.company import PASSWORD, Acme, ok

LOGIN = "/_allauth/browser/v1"


def knock(client: Client, path: str, body: dict[str, Any]) -> Any:
    return client.post(f"{LOGIN}{path}", body, content_type="application/json")


def log_in(client: Client, password: str = PASSWORD, email: str = "ola@acme.example") -> int:
    status: int = knock(client, "/auth/login", {"email": email, "password": password}).status_code
    return status


def code_of(secret: str) -> str:
    return str(format_hotp_value(hotp_value(secret, next(iter(yield_hotp_counters_from_time())))))


@pytest.fixture(autouse=True)
def _nobody_has_tried_yet(db: None) -> None:
    cache.clear()


def test_three_fields_changed_by_two_people_are_three_entries(acme: Acme) -> None:
    rita = acme.hire("Rita")
    lead = acme.ola.add("Dana", owner_id=rita.id, interest="Roof")
    ok(acme.ola.patch(f"/leads/{lead['id']}", {"interest": "Solar"}))
    ok(rita.patch(f"/leads/{lead['id']}", {"next_step": "Call"}))
    ok(rita.patch(f"/leads/{lead['id']}", {"contact": {"city": "Haifa"}}))

    entries = [
        *acme.ola.audit(lead["id"], "changed"),
        *acme.ola.audit(lead["contact"]["id"], "changed"),
    ]
    assert [(e["actor_name"], e["changes"]) for e in entries] == [
        ("Ola", {"interest": ["Roof", "Solar"]}),
        ("Rita", {"next_step": ["", "Call"]}),
        ("Rita", {"city": ["", "Haifa"]}),
    ]
    assert {e["at"] for e in entries} == {"2026-01-07T10:00:00Z"}
    assert {e["address"] for e in entries} == {"127.0.0.1"}


def test_good_and_failed_logins_are_listed_with_their_address(acme: Acme) -> None:
    clock.move(timedelta(minutes=5))
    browser = Client(REMOTE_ADDR="198.51.100.7")
    assert log_in(browser, "guess") == 400
    clock.move(timedelta(seconds=5))
    assert log_in(browser) == 200
    newest, failed = ok(acme.ola.get("/logins"))[:2]
    assert (newest["email"], newest["succeeded"], newest["address"]) == (
        "ola@acme.example",
        True,
        "198.51.100.7",
    )
    assert (failed["succeeded"], failed["reason"], failed["address"]) == (
        False,
        "wrong_password",
        "198.51.100.7",
    )


def test_a_key_may_do_what_its_scopes_say_and_nothing_after_it_is_withdrawn(acme: Acme) -> None:
    reader = acme.program("leads:read")
    assert ok(reader.get("/leads"))["items"] == []
    assert reader.post("/leads", {"name": "Dana"}).status_code == 403
    assert reader.get("/audit").status_code == 403
    (key,) = ok(acme.ola.get("/api-keys"))
    assert key.get("token") is None
    assert acme.ola.delete(f"/api-keys/{key['id']}").status_code == 204
    assert reader.get("/leads").status_code == 401


def test_a_program_pages_through_a_filter_without_gaps(acme: Acme) -> None:
    shop = acme.program()
    for number in range(7):
        shop.add(f"Person {number}", source=("website", "referral")[number % 2])
    query: dict[str, Any] = {"filter": {"field": "source", "op": "eq", "value": "website"}, "limit": 2}
    names, cursor = [], None
    while True:
        page = ok(shop.get("/leads", **query, **({"cursor": cursor} if cursor else {})))
        names += [row["name"] for row in page["items"]]
        cursor = page["next_cursor"]
        if cursor is None:
            break
    assert ok(shop.get("/leads", **query))["total"] == 4
    assert names == ["Person 6", "Person 4", "Person 2", "Person 0"]
    wrong = shop.get("/leads", filter={"field": "shoe_size", "op": "eq", "value": 38})
    assert wrong.status_code == 422
    assert "shoe_size" in wrong.json()["detail"]


def test_a_key_that_asks_too_much_is_told_when_to_ask_again(
    acme: Acme, monkeypatch: pytest.MonkeyPatch
) -> None:
    shop = acme.program()
    monkeypatch.setattr(middleware, "_buckets", Buckets(per_second=0.5, burst=3))
    left = [shop.get("/leads").headers["RateLimit-Remaining"] for _ in range(3)]
    assert left == ["2", "1", "0"]
    refused = shop.get("/leads")
    assert (refused.status_code, refused.headers["Retry-After"]) == (429, "2")
    assert refused.headers["Content-Type"].startswith("application/problem+json")
    assert acme.ola.get("/leads").status_code == 200


def test_a_second_factor_is_asked_for_and_a_recovery_code_works_once(acme: Acme) -> None:
    browser = Client()
    assert log_in(browser) == 200
    assert knock(browser, "/auth/reauthenticate", {"password": PASSWORD}).status_code == 200
    secret = browser.get(f"{LOGIN}/account/authenticators/totp").json()["meta"]["secret"]
    assert knock(browser, "/account/authenticators/totp", {"code": code_of(secret)}).status_code == 200
    recovery = browser.get(f"{LOGIN}/account/authenticators/recovery-codes").json()["data"]["unused_codes"]

    def second_step(code: str) -> int:
        other = Client()
        assert log_in(other) == 401
        assert other.get("/api/v1/me").status_code == 401
        status: int = knock(other, "/auth/2fa/authenticate", {"code": code}).status_code
        assert (other.get("/api/v1/me").status_code == 200) is (status == 200)
        return status

    cache.clear()  # a code counts once; the next one is half a minute away
    assert second_step(code_of(secret)) == 200
    assert second_step("000000") == 400
    assert second_step(recovery[0]) == 200
    assert second_step(recovery[0]) == 400
    assert acme.ola.get("/me").json()["mfa"] is True


def test_guessing_is_stopped(acme: Acme) -> None:
    answers = {log_in(Client(), f"guess {number}") for number in range(12)}
    assert 429 in answers or log_in(Client()) != 200
