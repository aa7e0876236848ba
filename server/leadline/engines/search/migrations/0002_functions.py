"""The functions search goes through.

Under row-level security PostgreSQL does not hand LIKE to an index, because LIKE is not leakproof. So the
table is read by a function with its owner's rights, whose every statement names the workspace itself.
"""

from django.db import migrations

# The text of the statement depends only on how many patterns there are; the patterns are parameters.
# A common fragment ("com") is answered from the newest rows. A rare one by its trigrams; the inner limit
# keeps a fragment that is common only among older rows from reading the whole table.
STATEMENT = r"""
CREATE FUNCTION leadline_search_statement(words integer, readings integer, newest boolean) RETURNS text
LANGUAGE sql IMMUTABLE PARALLEL SAFE SET search_path = pg_catalog, public AS $body$
WITH matching AS (
    SELECT concat_ws(' OR ',
        (SELECT '(' || string_agg(format('text LIKE $1[%s]', i), ' AND ') || ')'
         FROM generate_series(1, words) i),
        (SELECT string_agg(format('text LIKE $2[%s]', i), ' OR ')
         FROM generate_series(1, readings) i)) AS condition
), pieces AS (
    SELECT condition,
        'workspace_id = nullif(current_setting(''leadline.workspace'', true), '''')::uuid' AS inside,
        '($3 OR shared OR owner_id = $4 OR team_id = ANY ($5))' AS seen
    FROM matching
)
SELECT 'SELECT object_type::text, object_id, title::text, subtitle::text FROM '
    || CASE WHEN newest
        THEN format('(SELECT * FROM search_searchrow WHERE %s ORDER BY rank_at DESC LIMIT 1000) AS found '
                    'WHERE (%s) AND %s', inside, condition, seen)
        ELSE format('(SELECT * FROM search_searchrow WHERE %s AND (%s) AND %s LIMIT 2000) AS found',
                    inside, condition, seen)
       END
    || ' ORDER BY (text LIKE $7) DESC, rank_at DESC, object_id LIMIT $6'
FROM pieces
$body$;
"""

SEARCH = r"""
CREATE FUNCTION leadline_search(
    words text[], readings text[], sees_all boolean, member uuid, teams uuid[], at_most integer,
    first text, newest boolean
) RETURNS TABLE (object_type text, object_id uuid, title text, subtitle text)
LANGUAGE plpgsql STABLE SECURITY DEFINER SET search_path = pg_catalog, public AS $body$
BEGIN
    RETURN QUERY EXECUTE leadline_search_statement(cardinality(words), cardinality(readings), newest)
        USING words, readings, sees_all, member, teams, at_most, first;
END
$body$;
"""

DROP = """
DROP FUNCTION leadline_search(text[], text[], boolean, uuid, uuid[], integer, text, boolean);
DROP FUNCTION leadline_search_statement(integer, integer, boolean);
"""


class Migration(migrations.Migration):
    dependencies = [("search", "0001_initial")]
    operations = [migrations.RunSQL(STATEMENT + SEARCH, DROP)]
