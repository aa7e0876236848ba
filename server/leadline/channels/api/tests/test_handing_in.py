"""Programs hand in leads through the API, people by the quick-add form."""

from __future__ import annotations

import threading
from collections.abc import Callable
from typing import Any
from uuid import uuid4

import pytest
from django.db import connection as database

from leadline.capture.models import Submission
from leadline.contacts.models import Contact
from leadline.engines.schema import actions as schema
from leadline.engines.schema.actions import Choice, FieldType
from leadline.infra import tenancy
from leadline.kit import signing
from leadline.leads.models import Lead
from leadline.testing import Api, people
from leadline.workspaces.actor import Actor
from leadline.workspaces.models import ApiKey, AuditEntry

DANA = {"name": "Dana Levi", "phone": "050-123-4567", "email": "Dana+x@levi.example"}


def program(actor: Actor, *scopes: str) -> Api:
    token = signing.random_token()
    assert actor.member_id is not None
    ApiKey.objects.create(
        name="Shop",
        prefix=token[:8],
        digest=signing.token_digest(token),
        member_id=actor.member_id,
        scopes=list(scopes or ("leads:read", "leads:write")),
    )
    return Api(key=token)


@pytest.fixture
def shop(ada: Actor) -> Api:
    return program(ada)


@pytest.fixture
def fields(ada: Actor) -> None:
    schema.create_field(ada, object_key="lead", label="Roof", type=FieldType.TEXT)
    schema.create_field(
        ada,
        object_key="lead",
        label="Plan",
        type=FieldType.CHOICE,
        choices=[Choice("small", "Small"), Choice("large", "Large")],
    )
    schema.create_field(ada, object_key="lead", label="Rooms", type=FieldType.NUMBER)


def test_a_lead_comes_back_with_every_value(shop: Api, fields: None) -> None:
    everything = {
        **DANA,
        "company": "Levi Roofs",
        "source": "partner",
        "campaign": "Spring",
        "text": "Call me",
        "interest": "Solar",
        "value_minor": 1_250_000,
        "currency": "eur",
        "city": "Haifa",
        "country": "il",
        "language": "he",
        "custom": {"roof": "flat", "plan": "Large", "rooms": "5"},
        "extra": {"shop": {"cart": [1, 2]}},
        "utm": {"utm_source": "x"},
        "page": "https://shop.example/a",
        "referrer": "https://x.example/",
    }
    answer = shop.post("/leads", everything)

    assert answer.status_code == 201
    lead = answer.json()
    assert (lead["joined"], lead["channel"], lead["source"]) == (False, "api", "partner")
    assert (lead["value_minor"], lead["currency"], lead["campaign"]) == (1_250_000, "EUR", "Spring")
    assert lead["custom"] == {"roof": "flat", "plan": "large", "rooms": 5}
    assert lead["extra"]["shop"] == {"cart": [1, 2]}
    assert (lead["phone"], lead["contact"]["company"]["name"]) == ("+972501234567", "Levi Roofs")
    assert (lead["contact"]["city"], lead["contact"]["country"]) == ("Haifa", "IL")
    assert (lead["utm"], lead["page"]) == ({"utm_source": "x"}, "https://shop.example/a")
    assert answer.headers["ETag"] == f'"{lead["version"]}"'


def test_the_same_key_twice_makes_one_lead(shop: Api) -> None:
    first = shop.post("/leads", DANA, key="order-7")
    again = shop.post("/leads", DANA, key="order-7")
    assert (first.status_code, again.status_code) == (201, 201)
    assert again.json()["id"] == first.json()["id"]
    assert again.headers["Idempotent-Replayed"] == "true"
    assert Lead.objects.count() == 1
    assert shop.post("/leads", {"name": "Other"}, key="order-7").status_code == 422


def test_a_second_inquiry_joins_the_open_lead(shop: Api) -> None:
    first = shop.post("/leads", {**DANA, "source": "facebook"})
    second = shop.post("/leads", {"email": "dana@levi.example", "source": "referral"})
    assert (second.status_code, second.json()["joined"]) == (200, True)
    assert second.json()["id"] == first.json()["id"]
    assert second.json()["first_source"] == "facebook"
    assert Lead.objects.count() == Contact.objects.count() == 1


@pytest.mark.parametrize(
    ("wrong", "code", "field"),
    [
        ({"favourite_colour": "red"}, "unknown_field", "favourite_colour"),
        ({"custom": {"unknown": 1}}, "unknown_field", "custom.unknown"),
        ({"custom": {"plan": "huge"}}, "invalid_field", "custom.plan"),
        ({"custom": {"rooms": "many"}}, "invalid_field", "custom.rooms"),
        ({"email": "dana@"}, "invalid_field", "email"),
        ({"phone": "none"}, "invalid_field", "phone"),
        ({"phone": "12"}, "invalid", "phone"),
        ({"currency": "XXQ"}, "invalid_field", "currency"),
        ({"country": "Israel"}, "invalid_field", "country"),
        ({"value_minor": -1}, "invalid_field", "value_minor"),
        ({"value_minor": 10**19}, "invalid_field", "value_minor"),
        ({"owner_id": str(uuid4())}, "invalid", "owner_id"),
        ({"id": "7"}, "invalid_field", "id"),
        ({"name": ["Dana"]}, "invalid_field", "name"),
        ({"name": "x" * 201}, "invalid_field", "name"),
    ],
)
def test_a_wrong_field_is_named_and_nothing_is_kept(
    shop: Api, fields: None, wrong: dict[str, Any], code: str, field: str
) -> None:
    body = {**DANA, **wrong}
    single = shop.post("/leads", body)
    assert (single.status_code, single.json()["code"], single.json()["field"]) == (422, code, field)
    assert field.split(".")[-1] in single.json()["detail"] or single.json()["detail"]

    (result,) = shop.post("/leads/batch", {"leads": [body]}).json()["results"]
    assert (result["status"], result["code"], result["field"]) == ("error", code, field)
    assert Lead.objects.count() == Contact.objects.count() == Submission.objects.count() == 0


def test_a_lead_of_nobody_is_refused(shop: Api) -> None:
    assert shop.post("/leads", {"source": "partner"}).status_code == 422


HOSTILE: list[tuple[bytes, str, int]] = [
    (b'{"name":"a\\u0000b"}', "application/json", 201),
    (b'{"name":"a\\ud800b"}', "application/json", 201),
    (b'{"name":"Dana","extra":{"id":1234567890123456789,"t":"\\udfff\\u0000"}}', "application/json", 201),
    (b'{"name":"Dana","utm":{"a\\u0000":"b\\ud800"}}', "application/json", 201),
    (b'{"name":"Dana","page":"\\u0000","referrer":"\\ud800","language":"\\u0000"}', "application/json", 201),
    (b'{"name":"Dana","phone":"\\u0000\\ud800050-123-4567"}', "application/json", 201),
    (b'{"name":', "application/json", 400),
    (b"\xff\xfe", "application/json", 400),
    (b"", "application/json", 422),
    (b"[]", "application/json", 422),
    (b"null", "application/json", 422),
    (b'{"extra":' + b'{"a":' * 70 + b"1" + b"}" * 70 + b"}", "application/json", 400),
    (b'{"extra":' + b'{"a":' * 3000 + b"1" + b"}" * 3000 + b"}", "application/json", 400),
    (b"name=Dana", "application/x-www-form-urlencoded", 400),
    (b'{"name":"Dana","value_minor":NaN}', "application/json", 400),
    (b"x" * (13 * 1024 * 1024), "application/json", 413),
]


@pytest.mark.parametrize(("body", "kind", "code"), HOSTILE, ids=[str(n) for n in range(len(HOSTILE))])
def test_hostile_bodies_get_a_clear_answer(shop: Api, body: bytes, kind: str, code: int) -> None:
    for path in ("/leads", "/leads/batch"):
        raw = b'{"leads":[' + body + b"]}" if path.endswith("batch") and code == 201 else body
        answer = shop.client.generic("POST", f"/api/v1{path}", raw, content_type=kind, headers=shop.headers)
        assert answer.status_code < 500
        if path == "/leads":
            assert answer.status_code == code


def test_a_nineteen_digit_id_keeps_every_digit(shop: Api) -> None:
    shop.post("/leads", {**DANA, "extra": {"ad": 1234567890123456789}})
    assert Lead.objects.get().extra["ad"] == 1234567890123456789


def test_a_batch_tells_each_lead_what_became_of_it(shop: Api, fields: None) -> None:
    leads = [
        DANA,
        {"name": "Omri", "phone": "052 765 4321", "custom": {"rooms": 3}},
        {"email": "dana@levi.example", "text": "It is me again"},
        {"name": "Noa", "colour": "red"},
        {"name": "Gil", "custom": {"plan": "huge"}},
        "nonsense",
    ]
    answer = shop.post("/leads/batch", {"leads": leads[:5]})

    results = answer.json()["results"]
    assert [r["status"] for r in results] == ["created", "created", "joined", "error", "error"]
    assert results[2]["id"] == results[0]["id"]
    assert [(r["index"], r["field"]) for r in results[3:]] == [(3, "colour"), (4, "custom.plan")]
    assert {lead.name for lead in Lead.objects.all()} == {"Dana Levi", "Omri"}
    assert shop.post("/leads/batch", {"leads": leads}).status_code == 422
    assert shop.post("/leads/batch", {"leads": []}).status_code == 422
    assert shop.post("/leads/batch", {"leads": [DANA] * 1001}).status_code == 422


def test_a_thousand_take_as_many_statements_as_ten(
    shop: Api, fields: None, statements: Callable[[], Any]
) -> None:
    def taken(count: int, digit: int) -> int:
        leads = [
            {
                "name": f"P{n}",
                "phone": f"+9725{digit}{n:07d}",
                "email": f"p{digit}{n}@firm{digit}{n % 7}.example",
                "custom": {"rooms": n},
            }
            for n in range(count)
        ]
        with statements() as seen:
            answer = shop.post("/leads/batch", {"leads": leads})
        assert {r["status"] for r in answer.json()["results"]} == {"created"}
        return len(seen)

    taken(1, 1)
    few = taken(10, 2)
    many = taken(1000, 3)
    assert many == few


def test_a_single_lead_takes_a_known_number_of_statements(shop: Api, statements: Callable[[], Any]) -> None:
    shop.post("/leads", {"name": "First", "phone": "052 111 1111"})
    with statements() as seen:
        shop.post("/leads", DANA)
    # All rooms together: matching, score, owner, clock, automations, log, and the page of the answer.
    assert len(seen) <= 50, "\n".join(q["sql"][:120] for q in seen.captured_queries)


def test_what_a_program_sent_is_in_the_integration_log(shop: Api, ada: Actor) -> None:
    lead = shop.post("/leads", DANA).json()
    (row,) = Api(ada).get("/submissions").json()["items"]
    assert (row["channel"], row["state"], row["lead_id"]) == ("api", "understood", lead["id"])
    shown = Api(ada).get(f"/submissions/{row['id']}").json()
    assert "Dana Levi" in shown["body"]


def test_who_adds_by_hand_owns_the_lead(rita: Actor) -> None:
    answer = Api(rita).post("/leads", {"name": "Dana", "phone": "050-123-4567"})
    lead = answer.json()
    assert (answer.status_code, lead["channel"], lead["source"]) == (201, "manual", "manual")
    assert lead["owner"]["name"] == "Rita"
    assert AuditEntry.objects.get(action="created", object_type="lead").member_id == rita.member_id
    assert Submission.objects.count() == 0


def test_an_owner_may_be_named(ada: Actor, rita: Actor) -> None:
    lead = Api(ada).post("/leads", {"name": "Dana", "owner_id": str(rita.member_id)}).json()
    assert lead["owner"]["name"] == "Rita"


def test_the_clients_own_id_makes_it_safe_to_send_again(rita: Actor) -> None:
    own = str(uuid4())
    body = {"id": own, "name": "Dana", "phone": "050-123-4567"}
    assert Api(rita).post("/leads", body).json()["id"] == own
    again = Api(rita).post("/leads", body)
    assert (again.status_code, again.json()["id"]) == (200, own)
    assert Lead.objects.count() == 1


def test_no_lead_is_without_a_source(shop: Api, rita: Actor) -> None:
    shop.post("/leads", {"name": "A"})
    shop.post("/leads", {"name": "B", "source": "\u0000 "})
    Api(rita).post("/leads", {"name": "C"})
    assert {lead.source for lead in Lead.objects.all()} == {"api", "manual"}
    assert all(lead.source == lead.first_source for lead in Lead.objects.all())


def test_only_those_who_may_hand_in(ada: Actor, inside: object) -> None:
    reader = people.member(inside, "Ron", "read_only")  # type: ignore[arg-type]
    assert Api(reader).post("/leads", DANA).status_code == 403
    assert Api().post("/leads", DANA).status_code == 401
    assert program(ada, "leads:read").post("/leads", DANA).status_code == 403
    assert Lead.objects.count() == 0


def test_the_api_document_describes_custom_fields(shop: Api) -> None:
    document = shop.client.get("/api/v1/openapi.json").json()
    described = document["components"]["schemas"]["NewLead"]["properties"]
    assert "custom" in described
    assert "custom fields" in described["custom"]["description"]
    assert "/api/v1/leads/batch" in document["paths"]


@pytest.mark.django_db(transaction=True)
def test_five_simultaneous_posts_with_one_key_make_one_lead() -> None:
    workspace = people.acme()
    with tenancy.workspace(workspace.id):
        shop = program(people.member(workspace, "Ada", "admin"))
    answers: list[tuple[int, str]] = []

    def post() -> None:
        answer = Api(key=shop.headers["Authorization"].removeprefix("Bearer ")).post("/leads", DANA, key="k")
        answers.append((answer.status_code, answer.json().get("id")))
        database.close()

    threads = [threading.Thread(target=post) for _ in range(5)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    with tenancy.workspace(workspace.id):
        assert len(set(answers)) == 1
        assert answers[0][0] == 201
        assert Lead.objects.count() == Submission.objects.count() == 1
