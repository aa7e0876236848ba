"""The database refuses to rewrite what happened.

Entries may change hands when records are merged (and back when that is undone), and go when a person is
erased; nothing else.
"""

from django.db import migrations

GUARD = r"""
CREATE FUNCTION leadline_timeline_is_append_only() RETURNS trigger
LANGUAGE plpgsql SET search_path = pg_catalog, public AS $body$
BEGIN
    IF TG_OP = 'DELETE' THEN
        IF current_setting('leadline.erasing', true) = 'on' THEN
            RETURN OLD;
        END IF;
    ELSIF to_jsonb(NEW) - 'about_id' - 'with_id' = to_jsonb(OLD) - 'about_id' - 'with_id' THEN
        RETURN NEW;
    END IF;
    RAISE EXCEPTION 'The timeline is append-only.' USING ERRCODE = 'restrict_violation';
END
$body$;
CREATE TRIGGER timeline_append_only BEFORE UPDATE OR DELETE ON timeline_timelineentry
    FOR EACH ROW EXECUTE FUNCTION leadline_timeline_is_append_only();
"""

DROP = """
DROP TRIGGER timeline_append_only ON timeline_timelineentry;
DROP FUNCTION leadline_timeline_is_append_only();
"""


class Migration(migrations.Migration):
    dependencies = [("timeline", "0001_initial")]
    operations = [migrations.RunSQL(GUARD, DROP)]
