"""Search stays quick when there is much to look through, behind row-level security."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from django.db import connection

from leadline.engines.search import actions, queries
from leadline.engines.search.actions import Row
from leadline.infra import tenancy
from leadline.kit import ids
from leadline.workspaces.actor import Actor

MANY = 20_000
_FILL = """
INSERT INTO search_searchrow
    (id, workspace_id, object_type, object_id, title, subtitle, text, shared, rank_at)
SELECT gen_random_uuid(), %s, 'lead', gen_random_uuid(), 'Person ' || n, '',
    ' person ' || md5(n::text) || ' p' || n || '@gmail.com 50' || lpad(n::text, 7, '0') || ' ', true,
    now() - n * interval '1 minute'
FROM generate_series(1, %s) n
"""


@pytest.fixture
def crowd(mona: Actor) -> None:
    with connection.cursor() as cursor:
        cursor.execute(_FILL, [mona.workspace_id, MANY])
        cursor.execute("RESET ROLE")
        cursor.execute("SELECT gin_clean_pending_list('search_trigrams')")
        cursor.execute("ANALYZE search_searchrow")
        cursor.execute("SET ROLE leadline_app")


def plan(words: list[str], readings: list[str], *, newest: bool) -> str:
    """How PostgreSQL answers, with the rights the search function has."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT leadline_search_statement(%s, %s, %s)", [len(words), len(readings), newest])
        (statement,) = cursor.fetchone()
        for place, value in ((1, words), (2, readings), (5, [])):
            literal = cursor.mogrify("%s::text[]", [value]) if place < 5 else "'{}'::uuid[]"
            statement = statement.replace(f"${place}", f"({literal})")
        statement = statement.replace("$3", "true").replace("$4", "NULL::uuid").replace("$6", "8")
        statement = statement.replace("$7", "'% x%'")
        cursor.execute("RESET ROLE")
        cursor.execute("EXPLAIN " + statement.replace("%", "%%"), [])
        found = "\n".join(line for (line,) in cursor.fetchall())
        cursor.execute("SET ROLE leadline_app")
    return found


def test_rare_fragments_and_numbers_use_the_trigrams(crowd: None) -> None:
    assert "search_trigrams" in plan(["%c4ca4238%"], [], newest=False)
    assert "search_trigrams" in plan([], ["%500012345%"], newest=False)
    assert "search_trigrams" in plan(["%c4ca4238%", "%person%"], ["%500012345%", "%123456%"], newest=False)


def test_common_fragments_are_looked_for_among_the_newest(crowd: None) -> None:
    assert "search_newest" in plan(["%gmail%"], [], newest=True)


def test_the_wall_around_the_table_forbids_the_index_without_the_function(crowd: None) -> None:
    with connection.cursor() as cursor:
        cursor.execute("EXPLAIN SELECT 1 FROM search_searchrow WHERE text LIKE '%c4ca4238%'")
        assert "search_trigrams" not in str(cursor.fetchall())


def test_the_best_hits_come_first(crowd: None, mona: Actor, statements: Any) -> None:
    with statements() as seen:
        hits = queries.search(mona, "gmail")
    assert [hit.title for hit in hits] == [f"Person {n}" for n in range(1, 9)]
    assert len(seen) == 2 + 1  # the newest were enough; leads add their details

    with statements() as seen:
        hits = queries.search(mona, "050-0012345")
    assert [hit.title for hit in hits] == ["Person 12345"]
    assert len(seen) == 2 + 1


def test_what_is_old_and_rare_is_found_too(crowd: None, mona: Actor) -> None:
    actions.put([Row(object_type="old", object_id=ids.new_id(), title="Zoë Quix", shared=True)])
    with connection.cursor() as cursor:
        cursor.execute("UPDATE search_searchrow SET rank_at = '2001-01-01' WHERE object_type = 'old'")
    assert [hit.title for hit in queries.search(mona, "quix")] == ["Zoë Quix"]
    assert [hit.title for hit in queries.search(mona, "zoe q")] == ["Zoë Quix"]


def test_the_api_answers_only_its_own_company(
    crowd: None, mona: Actor, stranger: Actor, api: Callable[[Actor], Any]
) -> None:
    found = api(mona).get("/search", q="p19999@gmail.com").json()["items"]
    assert [(hit["object"], hit["title"]) for hit in found] == [("lead", "Person 19999")]
    assert api(stranger).get("/search", q="p19999@gmail.com").json() == {"items": []}
    assert api(mona).get("/search", q="").json() == {"items": []}
    assert api(mona).get("/search", q="x", limit=51).status_code == 422
    with tenancy.workspace(mona.workspace_id):
        assert queries.search(stranger, "gmail") == queries.search(mona, "gmail")
