"""People find a record by any part of its name, by mail, and by its number in any notation."""

from __future__ import annotations

from typing import Any
from uuid import UUID

import pytest

from leadline.engines.search import actions, queries
from leadline.engines.search.actions import Row
from leadline.engines.search.models import SearchRow
from leadline.infra import tenancy
from leadline.kit import ids
from leadline.workspaces.actor import Actor

DANA = ids.new_id()


def dana(**changes: Any) -> Row:
    return Row(
        **{
            "object_type": "lead",
            "object_id": DANA,
            "title": "Dana Lévy-Cohen",
            "subtitle": "Gal Ltd",
            "words": ["dana.levy@gal.example", "דנה לוי"],
            "phones": ["+972501234567"],
            "shared": True,
            **changes,
        }
    )


def titles(actor: Actor, text: str) -> list[str]:
    return [hit.title for hit in queries.search(actor, text)]


@pytest.mark.parametrize(
    "typed",
    ["0501234567", "+972-50-123-4567", "501234567", "050-1234567", "972501234567", "050 123", "1234567"],
)
def test_a_number_is_found_in_any_notation(mona: Actor, typed: str) -> None:
    actions.put([dana()])
    assert titles(mona, typed) == ["Dana Lévy-Cohen"]


@pytest.mark.parametrize(
    "typed",
    [
        "dana",
        "DANA",
        "levy",
        "Lévy",
        "cohen dana",
        "ohe",
        "d",
        "ga",
        "dana.levy@gal.example",
        "@gal",
        "דנה",
        "לוי",
        "דנ",
    ],
)
def test_a_name_a_mail_or_a_part_of_them_is_found(mona: Actor, typed: str) -> None:
    actions.put([dana()])
    assert titles(mona, typed) == ["Dana Lévy-Cohen"]


@pytest.mark.parametrize(
    "typed", ["", "   ", "%", "_", "%%%", "dana%", "danx", "dana smith", "0509999999", "\x00", "\ud800"]
)
def test_what_is_not_there_is_not_found(mona: Actor, typed: str) -> None:
    actions.put([dana(title="Dana Levy")])
    assert titles(mona, typed) == [] or typed == "dana%"


def test_a_record_is_found_as_it_was_described_last(mona: Actor, statements: Any) -> None:
    actions.put([dana()])
    with statements() as seen:
        actions.put([dana(title="Dana Gold"), dana(title="Dana Silver")])
    assert len(seen) == 1
    assert titles(mona, "silver") == ["Dana Silver"]
    assert titles(mona, "cohen") == []
    assert actions.remove("lead", [DANA]) == 1
    assert titles(mona, "dana") == []


def test_a_rep_finds_the_own_the_teams_and_the_shared_records_only(
    rita: Actor, omer: Actor, sam: Actor
) -> None:
    (north,) = rita.team_ids
    rows = [
        dana(object_id=ids.new_id(), title=f"Dana {title}", owner_id=owner, team_id=team, shared=shared)
        for title, owner, team, shared in [
            ("of Rita", rita.member_id, None, False),
            ("of North", sam.member_id, north, False),
            ("of Sam", sam.member_id, None, False),
            ("of nobody", None, None, False),
            ("of all", None, None, True),
        ]
    ]
    actions.put(rows)
    assert sorted(titles(rita, "dana")) == ["Dana of North", "Dana of Rita", "Dana of all"]
    assert sorted(titles(omer, "dana")) == ["Dana of North", "Dana of all"]

    changed = actions.change_scope("lead", {rows[0].object_id: (sam.member_id, None)})
    assert changed == 1
    assert sorted(titles(rita, "dana")) == ["Dana of North", "Dana of all"]


def test_another_company_finds_nothing(rita: Actor, stranger: Actor) -> None:
    actions.put([dana()])
    with tenancy.workspace(stranger.workspace_id):
        assert titles(stranger, "dana") == []
        assert titles(stranger, "0501234567") == []
        assert SearchRow.objects.count() == 0
    assert titles(rita, "dana") == ["Dana Lévy-Cohen"]


def test_a_room_adds_what_only_it_knows(mona: Actor, statements: Any) -> None:
    def about(found: Any) -> dict[UUID, dict[str, Any]]:
        return {object_id: {"band": "hot"} for object_id in found}

    actions.offer_details("test_lead", about)
    actions.put([dana(object_type="test_lead")])
    with statements() as seen:
        (hit,) = queries.search(mona, "dana")
    assert hit.more == {"band": "hot"}
    assert len(seen) == 3
