"""Database roles and row-level security, kept true after every migration."""

from __future__ import annotations

from typing import Any

from django.db import connections

from leadline.infra.locks import Lock
from leadline.infra.tenancy import APP_ROLE, ENGINE_ROLE

# Tables of the engines below the workspaces: claimed and read across workspaces by design.
SHARED_TABLES = frozenset({"infra_job"})

_ROLE = """
DO $$ BEGIN
    CREATE ROLE {role} NOLOGIN NOSUPERUSER NOBYPASSRLS;
EXCEPTION WHEN duplicate_object OR unique_violation THEN NULL; END $$;
DO $$ BEGIN
    EXECUTE format('GRANT {role} TO %I', session_user);
EXCEPTION WHEN OTHERS THEN
    IF NOT pg_has_role(session_user, '{role}', 'MEMBER') THEN RAISE; END IF;
END $$;
"""

_GRANTS = f"""
GRANT USAGE ON SCHEMA public TO {APP_ROLE}, {ENGINE_ROLE};
GRANT SELECT, INSERT, UPDATE, DELETE ON ALL TABLES IN SCHEMA public TO {APP_ROLE};
GRANT USAGE, SELECT ON ALL SEQUENCES IN SCHEMA public TO {APP_ROLE};
GRANT SELECT ON ALL TABLES IN SCHEMA public TO {ENGINE_ROLE};
"""

_TENANT_TABLES = """
SELECT c.oid::regclass::text FROM pg_class c
JOIN pg_namespace n ON n.oid = c.relnamespace AND n.nspname = 'public'
JOIN pg_attribute a ON a.attrelid = c.oid AND a.attname = 'workspace_id' AND NOT a.attisdropped
WHERE c.relkind IN ('r', 'p') ORDER BY 1
"""

_PROTECT = f"""
ALTER TABLE {{table}} ENABLE ROW LEVEL SECURITY;
ALTER TABLE {{table}} FORCE ROW LEVEL SECURITY;
DROP POLICY IF EXISTS own_workspace ON {{table}};
CREATE POLICY own_workspace ON {{table}} TO {APP_ROLE}
    USING (workspace_id = nullif(current_setting('leadline.workspace', true), '')::uuid)
    WITH CHECK (workspace_id = nullif(current_setting('leadline.workspace', true), '')::uuid);
DROP POLICY IF EXISTS front_doors_and_sweeps ON {{table}};
CREATE POLICY front_doors_and_sweeps ON {{table}} FOR SELECT TO {ENGINE_ROLE} USING (true);
DROP POLICY IF EXISTS upkeep ON {{table}};
CREATE POLICY upkeep ON {{table}} TO CURRENT_USER USING (true) WITH CHECK (true);
"""


def tenant_tables(using: str = "default") -> list[str]:
    """Every table with a workspace column, apart from the engines' shared ones."""
    with connections[using].cursor() as cursor:
        cursor.execute(_TENANT_TABLES)
        return [name for (name,) in cursor.fetchall() if name not in SHARED_TABLES]


def protect(using: str = "default", **_: Any) -> None:
    """Create the roles, grant, and force row-level security on every tenant table. Safe to repeat.

    The application role may not do this; when it empties the tables between tests there is nothing to do.
    """
    with connections[using].cursor() as cursor:
        cursor.execute("SELECT current_user")
        if cursor.fetchone()[0] == APP_ROLE:
            return
        cursor.execute("SELECT pg_advisory_xact_lock(%s)", [Lock.ROLES])
        for role in (APP_ROLE, ENGINE_ROLE):
            cursor.execute(_ROLE.format(role=role))
        cursor.execute(_GRANTS)
        for table in tenant_tables(using):
            cursor.execute(_PROTECT.format(table=table))
