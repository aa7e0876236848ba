"""A workspace adds fields; they are there at once, checked when written, and never lost."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import UTC, datetime
from decimal import Decimal
from typing import Any

import pytest

from leadline.engines.schema import actions as schema
from leadline.engines.schema.actions import Choice, Field, FieldType, ObjectType, ValueCheck
from leadline.engines.schema.models import CustomField
from leadline.engines.schema.ports import objects
from leadline.infra import tenancy
from leadline.infra.models import EventRow
from leadline.kit.errors import Conflict, Forbidden, Invalid, NotFound
from leadline.workspaces.actor import Actor
from leadline.workspaces.models import AuditEntry, Member

THING = ObjectType(
    key="thing",
    label="Thing",
    model=Member,
    keeps_files=True,
    fields=[
        Field(key="name", type=FieldType.TEXT, label="Name", sortable=True, required=True),
        Field(key="since", type=FieldType.DATETIME, label="Since", path="created_at"),
        Field(key="score", type=FieldType.NUMBER, label="Score", writable=False),
    ],
)


@pytest.fixture(autouse=True)
def things() -> Iterator[None]:
    schema.offer(THING)
    yield
    objects.pop("thing")


def add(actor: Actor, kind: FieldType, key: str = "extra", **changes: Any) -> CustomField:
    choices = [Choice("s", "Small"), Choice("l", "Large")] if kind.value.endswith("choice") else []
    given = {"label": "Extra", "choices": choices, **changes}
    return schema.create_field(actor, object_key="thing", type=kind, key=key, **given)


def test_a_new_field_is_there_at_once_and_written_down(ada: Actor, api: Callable[[Actor], Any]) -> None:
    client = api(ada)
    body = {
        "object": "thing",
        "label": "Roof size",
        "type": "choice",
        "choices": [{"value": "s", "label": "Small", "colour": "#0f0"}, {"value": "l"}],
    }
    made = client.post("/fields", body)
    assert made.status_code == 201
    listed = client.get("/fields", object="thing").json()
    assert [f["key"] for f in listed] == ["name", "since", "score", "custom.roof_size"]
    field = listed[-1]
    assert field == made.json()
    assert field["choices"] == [
        {"value": "s", "label": "Small", "colour": "#0f0"},
        {"value": "l", "label": "l", "colour": ""},
    ]
    assert (field["custom"], field["version"], field["required"]) == (True, 1, False)
    assert field["ops"] == ["eq", "ne", "in", "not_in", "is_empty", "is_not_empty"]
    assert listed[0]["id"] is None
    assert AuditEntry.objects.get(object_type="field").action == "field_created"
    assert EventRow.objects.filter(name="FieldsChanged").count() == 1


def test_all_fields_of_an_object_are_one_statement(ada: Actor, statements: Any) -> None:
    for n in range(3):
        add(ada, FieldType.TEXT, f"extra_{n}")
    with statements() as seen:
        assert len(schema.fields("thing")) == 6
    assert len(seen) == 1
    with statements() as seen:
        assert set(schema.fields_named("thing", ["name", "colour"])) == {"name"}
    assert len(seen) == 0


def test_a_field_is_changed_on_the_version_it_was_read(ada: Actor, api: Callable[[Actor], Any]) -> None:
    row = add(ada, FieldType.CHOICE)
    client = api(ada)
    changed = client.patch(f"/fields/{row.id}", {"version": 1, "label": "More", "required": True})
    assert (changed.json()["label"], changed.json()["version"]) == ("More", 2)
    late = client.patch(f"/fields/{row.id}", {"version": 1, "label": "Less"})
    assert late.status_code == 409
    assert late.json()["current"]["label"] == "More"
    assert client.patch(f"/fields/{row.id}", {"version": 2, "type": "number"}).status_code == 422
    again = client.patch(f"/fields/{row.id}", {"version": 2, "label": "More"})
    assert again.json()["version"] == 2
    entry = AuditEntry.objects.get(action="field_changed")
    assert entry.changes == {"label": ["Extra", "More"], "required": [False, True]}


def test_a_removed_field_comes_back_with_its_key(ada: Actor, api: Callable[[Actor], Any]) -> None:
    row = add(ada, FieldType.NUMBER)
    assert api(ada).delete(f"/fields/{row.id}").status_code == 204
    assert "custom.extra" not in schema.fields("thing")
    with pytest.raises(Invalid):
        schema.check_values("thing", {"custom.extra": 5})
    with pytest.raises(Conflict):
        add(ada, FieldType.TEXT)
    assert add(ada, FieldType.NUMBER, label="Again").id == row.id
    with pytest.raises(Conflict):
        add(ada, FieldType.NUMBER)
    assert schema.fields("thing")["custom.extra"].label == "Again"


@pytest.mark.parametrize("key", ["1a", "a__b", "a_", "A", "a.b", "a b", "x" * 41, "é"])
def test_a_key_is_plain(ada: Actor, key: str) -> None:
    with pytest.raises(Invalid) as refused:
        add(ada, FieldType.TEXT, key)
    assert refused.value.field == "key"


def test_a_label_without_latin_letters_gets_a_key_too(ada: Actor) -> None:
    row = schema.create_field(ada, object_key="thing", label="גודל", type=FieldType.NUMBER)
    assert row.key.startswith("field_")


@pytest.mark.parametrize(
    ("kind", "choices", "label"),
    [
        (FieldType.CHOICE, [], "Extra"),
        (FieldType.TEXT, [Choice("a", "A")], "Extra"),
        (FieldType.CHOICE, [Choice("a", "A"), Choice("a", "B")], "Extra"),
        (FieldType.CHOICE, [Choice("", "A")], "Extra"),
        (FieldType.TEXT, [], "  "),
    ],
)
def test_a_field_that_makes_no_sense_is_refused(
    ada: Actor, kind: FieldType, choices: list[Choice], label: str
) -> None:
    with pytest.raises(Invalid):
        add(ada, kind, choices=choices, label=label)
    assert CustomField.objects.count() == 0


def test_only_who_changes_settings_changes_fields(
    ada: Actor, rita: Actor, stranger: Actor, api: Callable[[Actor], Any]
) -> None:
    row = add(ada, FieldType.TEXT)
    with pytest.raises(Forbidden):
        add(rita, FieldType.TEXT, "other")
    assert len(api(rita).get("/fields", object="thing").json()) == 4
    foreign = api(stranger)
    assert len(foreign.get("/fields", object="thing").json()) == 3
    assert foreign.patch(f"/fields/{row.id}", {"label": "Mine"}).status_code == 404
    assert foreign.delete(f"/fields/{row.id}").status_code == 404
    with tenancy.workspace(stranger.workspace_id):
        assert CustomField.objects.count() == 0
        with pytest.raises(Invalid):
            schema.check_values("thing", {"custom.extra": "x"})


def test_an_unknown_object_is_not_found(ada: Actor, api: Callable[[Actor], Any]) -> None:
    assert api(ada).get("/fields", object="spaceship").status_code == 404
    with pytest.raises(NotFound):
        schema.fields("spaceship")


def kept(kind: FieldType, value: Any) -> Any:
    return schema.check_values("thing", {f"custom.{kind.value}": value})[f"custom.{kind.value}"]


@pytest.fixture
def every_type(ada: Actor) -> None:
    for kind in FieldType:
        add(ada, kind, kind.value)


@pytest.mark.parametrize(
    ("kind", "written", "is_kept"),
    [
        (FieldType.TEXT, "  Dana ", "Dana"),
        (FieldType.TEXT, "a\x00b", "a\ufffdb"),
        (FieldType.TEXT, 5, "5"),
        (FieldType.TEXT, "", None),
        (FieldType.NUMBER, "5000", 5000),
        (FieldType.NUMBER, "12.50", 12.5),
        (FieldType.NUMBER, 12.0, 12),
        (FieldType.NUMBER, None, None),
        (FieldType.MONEY, 1999, 1999),
        (FieldType.DATE, "2026-01-31", "2026-01-31"),
        (FieldType.DATETIME, "2026-01-31T10:00:00+02:00", "2026-01-31T08:00:00.000000+00:00"),
        (FieldType.BOOL, "on", True),
        (FieldType.BOOL, False, False),
        (FieldType.CHOICE, "s", "s"),
        (FieldType.CHOICE, "LARGE", "l"),
        (FieldType.MULTI_CHOICE, ["l", "Small", "s"], ["l", "s"]),
        (FieldType.MULTI_CHOICE, "s", ["s"]),
        (FieldType.MULTI_CHOICE, [], None),
        (FieldType.TAGS, "vip, new,vip", ["vip", "new"]),
        (FieldType.PHONE, "050-1234567", "+972501234567"),
        (FieldType.PHONE, "call reception", "call reception"),
        (FieldType.EMAIL, "Dana@GAL.example", "dana@gal.example"),
        (FieldType.URL, "https://gal.example/x?y=1", "https://gal.example/x?y=1"),
    ],
)
def test_a_value_is_kept_as_its_type_keeps_it(
    every_type: None, kind: FieldType, written: Any, is_kept: Any
) -> None:
    assert kept(kind, written) == is_kept
    assert type(kept(kind, written)) is type(is_kept)


@pytest.mark.parametrize(
    ("kind", "written"),
    [
        (FieldType.TEXT, "x" * 1001),
        (FieldType.TEXT, ["a"]),
        (FieldType.TEXT, True),
        (FieldType.NUMBER, "five"),
        (FieldType.NUMBER, True),
        (FieldType.NUMBER, float("nan")),
        (FieldType.NUMBER, "1e400"),
        (FieldType.NUMBER, "9" * 50),
        (FieldType.MONEY, 19.99),
        (FieldType.DATE, "31.01.2026"),
        (FieldType.DATETIME, "2026-01-31T10:00:00"),
        (FieldType.DATETIME, "0001-01-01T00:00:00+14:00"),
        (FieldType.BOOL, "perhaps"),
        (FieldType.CHOICE, "medium"),
        (FieldType.CHOICE, {"a": 1}),
        (FieldType.MULTI_CHOICE, ["s", "medium"]),
        (FieldType.TAGS, [["a"]]),
        (FieldType.TAGS, [str(n) for n in range(101)]),
        (FieldType.MEMBER, "Rita"),
        (FieldType.MEMBER, "00000000-0000-0000-0000-000000000001"),
        (FieldType.TEAM, "00000000-0000-0000-0000-000000000001"),
        (FieldType.EMAIL, "dana at gal"),
        (FieldType.URL, "javascript:alert(1)"),
        (FieldType.URL, "https://[bad"),
    ],
)
def test_a_value_of_the_wrong_type_is_refused_by_its_field(
    every_type: None, kind: FieldType, written: Any
) -> None:
    with pytest.raises(Invalid) as refused:
        kept(kind, written)
    assert refused.value.field == f"custom.{kind.value}"


def test_a_colleague_is_a_value_and_a_foreigner_is_not(
    every_type: None, rita: Actor, stranger: Actor
) -> None:
    assert kept(FieldType.MEMBER, str(rita.member_id)) == str(rita.member_id)
    with pytest.raises(Invalid):
        kept(FieldType.MEMBER, str(stranger.member_id))


def test_own_fields_keep_their_types_and_unknown_ones_are_named(ada: Actor) -> None:
    moment = datetime(2026, 1, 31, 8, 0, tzinfo=UTC)
    checked = schema.check_values("thing", {"name": " Dana ", "since": "2026-01-31T10:00:00+02:00"})
    assert checked == {"name": "Dana", "since": moment}
    for key, value, code in [
        ("colour", "red", "unknown_field"),
        ("custom.colour", "red", "unknown_field"),
        ("score", Decimal(5), "field_not_writable"),
        ("name", " ", "invalid_field"),
    ]:
        with pytest.raises(Invalid) as refused:
            schema.check_values("thing", {key: value})
        assert (refused.value.code, refused.value.field) == (code, key)


def test_a_thousand_records_are_checked_with_a_fixed_number_of_statements(
    every_type: None, rita: Actor, statements: Any
) -> None:
    values = {"custom.member": str(rita.member_id), "custom.phone": "050-1234567", "custom.number": "5"}
    with statements() as seen:
        check = ValueCheck("thing", values)
        for _ in range(1000):
            check(values)
    assert len(seen) == 3
