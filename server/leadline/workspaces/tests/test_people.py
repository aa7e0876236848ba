"""Members, teams, invitations and keys."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import suppress

import pytest

from leadline.testing import Api
from leadline.workspaces import audit
from leadline.workspaces.actor import Actor
from leadline.workspaces.models import ApiKey, AuditEntry, Invitation, Member, Workspace

Client = Callable[..., Api]

FIRST_RUN = {
    "company": "Acme", "country": "IL", "language": "he", "timezone": "Asia/Jerusalem", "currency": "ILS",
    "phone_region": "IL", "name": "Ola", "email": "ola@acme.example", "password": "a long and good one 7",
}  # fmt: skip


def test_the_first_run_creates_the_company_and_logs_its_owner_in(db: None, api: Client) -> None:
    visitor = api()
    assert visitor.get("/start").json()["first_run"] is True
    answer = visitor.post("/start", FIRST_RUN)
    assert answer.status_code == 201, answer.content
    me = visitor.get("/me").json()
    assert (me["member"]["role"], me["workspace"]["currency"]) == ("owner", "ILS")
    assert visitor.get("/start").json()["first_run"] is False


def test_there_is_no_second_first_run(rita: Actor, api: Client) -> None:
    answer = api().post("/start", FIRST_RUN)
    assert (answer.status_code, answer.json()["code"]) == (409, "already_set_up")
    assert Workspace.objects.count() == 1


def test_a_weak_password_is_refused_with_its_reason_and_nothing_is_kept(db: None, api: Client) -> None:
    answer = api().post("/start", {**FIRST_RUN, "password": "12345678"})
    assert (answer.status_code, answer.json()["field"]) == (422, "password")
    assert Workspace.objects.count() == 0


def test_a_rep_sees_colleagues_but_cannot_change_them(rita: Actor, omer: Actor, api: Client) -> None:
    client = api(rita)
    assert {m["name"] for m in client.get("/members").json()} == {"Rita", "Omer"}
    assert client.patch(f"/members/{omer.member_id}", {"role": "admin"}).status_code == 403
    assert Member.objects.get(id=str(omer.member_id)).role == "rep"


def test_only_an_owner_makes_owners(ada: Actor, rita: Actor, ola: Actor, api: Client) -> None:
    assert api(ada).patch(f"/members/{rita.member_id}", {"role": "owner"}).status_code == 403
    assert api(ola).patch(f"/members/{rita.member_id}", {"role": "owner"}).json()["role"] == "owner"


def test_the_last_owner_cannot_leave(ola: Actor, api: Client) -> None:
    answer = api(ola).patch(f"/members/{ola.member_id}", {"active": False})
    assert answer.json()["code"] == "last_owner"
    assert Member.objects.get(id=str(ola.member_id)).active


def test_two_who_edit_the_same_member_do_not_overwrite_each_other(
    ada: Actor, rita: Actor, api: Client
) -> None:
    client = api(ada)
    assert client.patch(f"/members/{rita.member_id}", {"version": 1, "phone": "050-1"}).status_code == 200
    assert client.patch(f"/members/{rita.member_id}", {"version": 1, "phone": "050-2"}).status_code == 409
    assert Member.objects.get(id=str(rita.member_id)).phone == "050-1"


def test_a_change_is_audited_with_old_and_new_value(ada: Actor, rita: Actor, api: Client) -> None:
    api(ada).patch(f"/members/{rita.member_id}", {"role": "manager"})
    entry = api(ada).get("/audit", object_id=str(rita.member_id)).json()["items"][0]
    assert (entry["actor_name"], entry["changes"]["role"]) == ("Ada", ["rep", "manager"])
    assert entry["object_name"] == "Rita"


def test_an_invited_person_joins_once(ada: Actor, api: Client, drain: Callable[[], int]) -> None:
    invited = api(ada).post("/invitations", {"email": "Nora@Acme.example", "name": "Nora", "role": "rep"})
    assert invited.status_code == 201, invited.content
    token = invited.json()["link"].rsplit("/", 1)[1]
    visitor = api()
    assert visitor.get("/invitation", token=token).json()["workspace"] == "Acme"
    acceptance = {"token": token, "name": "Nora", "password": "a long and good one 7"}
    assert visitor.post("/invitation/acceptances", acceptance).status_code == 201
    assert visitor.get("/me").json()["member"]["name"] == "Nora"
    assert api().post("/invitation/acceptances", acceptance).status_code == 404
    assert Invitation.objects.get().accepted_at is not None


def test_an_api_key_reaches_only_its_scopes_and_stops_when_revoked(ada: Actor, api: Client) -> None:
    made = api(ada).post("/api-keys", {"name": "Zapier", "scopes": ["leads:read"]}).json()
    program = api(key=made["token"])
    assert program.get("/members").status_code == 200
    assert program.get("/audit").status_code == 403
    assert made["token"] not in str(ApiKey.objects.values())
    api(ada).delete(f"/api-keys/{made['id']}")
    assert program.get("/members").status_code == 401


def test_a_repeated_write_is_answered_again_and_done_once(ada: Actor, api: Client) -> None:
    client = api(ada)
    first = client.post("/teams", {"name": "South"}, key="k1")
    again = client.post("/teams", {"name": "South"}, key="k1")
    other = client.post("/teams", {"name": "West"}, key="k1")
    assert (first.status_code, again.status_code, again.json()) == (201, 201, first.json())
    assert again.headers["Idempotent-Replayed"] == "true"
    assert other.json()["code"] == "idempotency_key_reused"
    assert [t["name"] for t in client.get("/teams").json()] == ["South"]


def test_an_unknown_field_is_named(ada: Actor, api: Client) -> None:
    answer = api(ada).post("/teams", {"name": "South", "colour": "red"})
    assert (answer.status_code, answer.json()["code"], answer.json()["field"]) == (
        422,
        "unknown_field",
        "colour",
    )


def test_nobody_gets_a_401_and_a_problem(db: None, api: Client) -> None:
    answer = api().get("/members")
    assert (answer.status_code, answer.headers["Content-Type"]) == (401, "application/problem+json")


@pytest.mark.parametrize("path", ["/members", "/teams", "/api-keys", "/invitations", "/audit", "/logins"])
def test_a_stranger_sees_nothing_of_acme(path: str, ada: Actor, stranger: Actor, api: Client) -> None:
    api(ada).post("/teams", {"name": "Acme secret team"})
    assert "Acme" not in api(stranger).get(path).content.decode()


def test_an_audited_refusal_changes_nothing(rita: Actor, api: Client) -> None:
    before = AuditEntry.objects.count()
    assert api(rita).post("/teams", {"name": "Mine"}).status_code == 403
    assert AuditEntry.objects.count() == before


def test_what_is_written_down_in_one_is_not_written_when_it_fails(ada: Actor) -> None:
    with audit.in_one():
        audit.record(ada, "test.one", "team", None)
        audit.record(ada, "test.two", "team", None)
        assert not AuditEntry.objects.filter(action__startswith="test.").exists()
    with suppress(KeyError), audit.in_one():
        audit.record(ada, "test.three", "team", None)
        raise KeyError
    written = AuditEntry.objects.filter(action__startswith="test.").order_by("id")
    assert [entry.action for entry in written] == ["test.one", "test.two"]
