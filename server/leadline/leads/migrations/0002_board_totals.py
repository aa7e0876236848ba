"""Keep the totals of the board by statement triggers, so that no board ever scans all leads."""

from django.db import migrations

_DELTA = """
INSERT INTO leads_boardtotal
    (workspace_id, pipeline_id, stage_id, owner_id, team_id, source, currency, count, value_minor, entered_seconds)
SELECT workspace_id, pipeline_id, stage_id, owner_id, team_id, source, currency,
       sum(n), sum(n * value_minor), sum(n * floor(extract(epoch FROM entered_stage_at))::bigint)
FROM ({rows}) AS changed
WHERE deleted_at IS NULL AND status <> 'spam'
GROUP BY workspace_id, pipeline_id, stage_id, owner_id, team_id, source, currency
HAVING sum(n) <> 0 OR sum(n * value_minor) <> 0
    OR sum(n * floor(extract(epoch FROM entered_stage_at))::bigint) <> 0;
"""
_COLUMNS = (
    "workspace_id, pipeline_id, stage_id, owner_id, team_id, source, currency, value_minor, "
    "entered_stage_at, deleted_at, status"
)
_ADDED = f"SELECT 1 AS n, {_COLUMNS} FROM added"
_GONE = f"SELECT -1 AS n, {_COLUMNS} FROM gone"
_KINDS = {
    "insert": ("REFERENCING NEW TABLE AS added", _ADDED),
    "update": ("REFERENCING OLD TABLE AS gone NEW TABLE AS added", f"{_ADDED} UNION ALL {_GONE}"),
    "delete": ("REFERENCING OLD TABLE AS gone", _GONE),
}


def _create() -> str:
    statements = []
    for kind, (referencing, rows) in _KINDS.items():
        statements.append(
            f"CREATE FUNCTION leads_count_{kind}() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN "
            f"{_DELTA.format(rows=rows)} RETURN NULL; END $$;"
        )
        statements.append(
            f"CREATE TRIGGER board_totals_{kind} AFTER {kind.upper()} ON leads_lead {referencing} "
            f"FOR EACH STATEMENT EXECUTE FUNCTION leads_count_{kind}();"
        )
    return "\n".join(statements)


def _drop() -> str:
    return "\n".join(
        f"DROP TRIGGER board_totals_{kind} ON leads_lead; DROP FUNCTION leads_count_{kind}();"
        for kind in _KINDS
    )


class Migration(migrations.Migration):
    dependencies = [("leads", "0001_initial")]
    operations = [migrations.RunSQL(_create(), _drop())]
