"""Grow the database by copying the first thousand leads, with all rows that stand around them, inside SQL.

Every row is what the product itself wrote for a lead; a copy has ids, names, phones and mails of its own and
times of its own. Foreign keys are not checked again, the totals of the board are counted by their triggers.
"""

from __future__ import annotations

from dataclasses import dataclass

import psycopg
from psycopg import sql

from bench.house import House
from bench.people import SYLLABLES, TEMPLATE, mark

# Rows of one lead, by the column that says whose they are; ids that are made anew in the copy.
_TABLES = {
    "contacts_contact": "id",
    "contacts_identity": "contact_id",
    "leads_lead": "contact_id",
    "leads_stagevisit": "lead_id",
    "timeline_timelineentry": "about_id",
    "search_searchrow": "object_id",
    "scoring_scoreentry": "lead_id",
    "scoring_fading": "lead_id",
    "assignment_slaclock": "lead_id",
}
_OWN_IDS = {"id", "contact_id", "lead_id", "about_id", "with_id", "object_id"}
_BATCH = 50
_COPIED_ID = """
CREATE OR REPLACE FUNCTION bench_id(old uuid, copy int) RETURNS uuid LANGUAGE sql IMMUTABLE AS $$
SELECT (left(old::text, 15) || substr(h, 1, 3) || '-8' || substr(h, 4, 3) || '-' || substr(h, 7, 12))::uuid
FROM md5(old::text || copy::text) AS h $$;
CREATE OR REPLACE FUNCTION bench_mark(copy int) RETURNS text LANGUAGE sql IMMUTABLE AS $$
SELECT 'qu' || string_agg((%(syllables)s::text[])[d::int + 1], '')
FROM regexp_split_to_table(lpad(copy::text, 3, '0'), '') AS d $$;
CREATE OR REPLACE FUNCTION bench_text(old text, copy int) RETURNS text LANGUAGE sql IMMUTABLE AS $$
SELECT replace(replace(replace(replace(old, %(mark)s, bench_mark(copy)), initcap(%(mark)s),
    initcap(bench_mark(copy))), 'c000x', 'c' || lpad(copy::text, 3, '0') || 'x'),
    '500000', '500' || lpad(copy::text, 3, '0')) $$;
"""
_MARKED = {"name", "first_name", "phone", "email", "value", "shown", "raw", "title", "subtitle", "text"}
# Copies are older leads and have been answered: else their clocks would all run out at once.
_ANSWERED = {
    "first_touch_at": "t.inbound_at - copy * interval '17 minutes' + interval '9 minutes'",
    "stopped_at": "t.started_at - copy * interval '17 minutes' + interval '9 minutes'",
    "next_at": "NULL::timestamptz",
}


@dataclass(frozen=True)
class Growth:
    """How many leads there are, and how many copies of the first thousand that took."""

    leads: int
    copies: int


def grow(house: House, *, to: int, done: int = 0, entries: int = 0) -> Growth:
    """Copy until there are so many thousands; `entries` further timeline entries for each lead."""
    copies = to // TEMPLATE - 1
    with psycopg.connect(house.database_url(superuser=True), autocommit=True) as root:
        root.execute(_sql(_COPIED_ID, root))
        _remember_template(root)
        root.execute("SET session_replication_role = replica")
        root.execute("ALTER TABLE leads_lead ENABLE ALWAYS TRIGGER board_totals_insert")
        for first in range(done + 1, copies + 1, _BATCH):
            for table in _TABLES:
                root.execute(_copy(root, table), {"first": first, "last": min(first + _BATCH - 1, copies)})
        if entries:
            _add_entries(root, entries)
        root.execute("ALTER TABLE leads_lead ENABLE TRIGGER board_totals_insert")
        root.execute("SET session_replication_role = origin")
        root.execute("VACUUM ANALYZE")
        root.execute("CHECKPOINT")
    return Growth(leads=to, copies=copies)


def _remember_template(root: psycopg.Connection) -> None:
    """Which contacts and leads are the first thousand; the rows of others are not copied."""
    if root.execute("SELECT to_regclass('bench_template')").fetchone() != (None,):
        return
    root.execute(
        "CREATE TABLE bench_template AS SELECT l.id AS lead_id, l.contact_id FROM leads_lead l "
        "JOIN contacts_contact c ON c.id = l.contact_id WHERE c.email LIKE '%%c000x%%'"
    )
    (found,) = root.execute("SELECT count(*) FROM bench_template").fetchone() or (0,)
    if found != TEMPLATE:
        raise RuntimeError(f"{found} of {TEMPLATE} template leads are there.")


def _copy(root: psycopg.Connection, table: str) -> sql.Composed:
    columns = root.execute(
        "SELECT column_name, data_type FROM information_schema.columns WHERE table_name = %s "
        "AND is_generated = 'NEVER' ORDER BY ordinal_position",
        [table],
    ).fetchall()
    names = [str(name) for name, _ in columns]
    whose = _TABLES[table]
    key = "contact_id" if table.startswith("contacts_") or whose == "contact_id" else "lead_id"
    return sql.SQL(
        "INSERT INTO {table} ({names}) SELECT {values} FROM {table} AS t "
        "JOIN bench_template AS template ON template.{key} = t.{whose}, "
        "generate_series(%(first)s::int, %(last)s::int) AS copy"
    ).format(
        table=sql.Identifier(table),
        names=sql.SQL(", ").join(map(sql.Identifier, names)),
        values=sql.SQL(", ").join(_value(str(name), str(kind)) for name, kind in columns),
        key=sql.Identifier(key),
        whose=sql.Identifier(whose),
    )


def _value(name: str, kind: str) -> sql.Composed:
    column = sql.SQL("t.{}").format(sql.Identifier(name))
    if name in _ANSWERED:
        return sql.SQL(_ANSWERED[name]).format()
    if kind == "uuid" and name in _OWN_IDS:
        return sql.SQL("bench_id({}, copy)").format(column)
    if kind.startswith("timestamp"):
        return sql.SQL("{} - copy * interval '17 minutes'").format(column)
    if kind in ("text", "character varying") and name in _MARKED:
        return sql.SQL("bench_text({}, copy)").format(column)
    if name == "ref":
        return sql.SQL("CASE WHEN t.ref = '' THEN '' ELSE left(t.ref || ':' || copy, 120) END").format()
    return sql.SQL("{}").format(column)


def _add_entries(root: psycopg.Connection, entries: int) -> None:
    root.execute(
        "INSERT INTO timeline_timelineentry (id, workspace_id, about_id, with_id, kind, direction, "
        "automatic, actor_name, channel, text, payload, at) "
        "SELECT gen_random_uuid(), workspace_id, id, contact_id, 'note', 'none', false, 'Rita', '', "
        "'Called, asked to call again next week.', '{{}}', inbound_at + n * interval '3 hours' "
        "FROM leads_lead, generate_series(1, %s) AS n".replace("{{}}", "{}"),
        [entries],
    )


def _sql(text: str, root: psycopg.Connection) -> sql.Composed:
    syllables = "{" + ",".join(SYLLABLES) + "}"
    filled = text.replace("%(syllables)s", "{syllables}").replace("%(mark)s", "{mark}")
    return sql.SQL(filled).format(syllables=sql.Literal(syllables), mark=sql.Literal(mark(0)))  # type: ignore[arg-type]
