"""A small object with a field of every type, in columns and in JSON, for the tests of the filter language."""

from __future__ import annotations

from typing import ClassVar

from django.contrib.postgres.fields import ArrayField
from django.db import connection, models

from leadline.engines.schema import actions as schema
from leadline.engines.schema.models import CustomField
from leadline.engines.schema.ports import Choice, Field, FieldType, ObjectType
from leadline.kit import ids

KINDS = ("house", "flat", "Flat")


class Sample(models.Model):
    """One thing to look for."""

    id = models.UUIDField(primary_key=True, default=ids.new_id)
    name = models.CharField(max_length=100)
    note = models.TextField(null=True)
    phone = models.CharField(max_length=40, blank=True)
    size = models.IntegerField(null=True)
    rate = models.DecimalField(max_digits=20, decimal_places=6, null=True)
    price = models.BigIntegerField(default=0)
    day = models.DateField(null=True)
    moment = models.DateTimeField(null=True)
    ready = models.BooleanField(null=True)
    kind = models.CharField(max_length=20, null=True)
    tags = ArrayField(models.CharField(max_length=50), null=True)
    owner_id = models.UUIDField(null=True)
    team_id = models.UUIDField(null=True)
    parent = models.ForeignKey("self", models.DO_NOTHING, null=True, related_name="children")
    custom = models.JSONField(default=dict)
    objects: ClassVar[models.Manager[Sample]] = models.Manager()

    class Meta:
        app_label = "views"


def _field(key: str, kind: str, path: str = "", *, sortable: bool = False) -> Field:
    choices = tuple(Choice(k, k.title()) for k in KINDS) if kind in {"choice", "multi_choice"} else None
    return Field(
        key=key, type=FieldType(kind), label=key.title(), path=path, sortable=sortable, choices=choices
    )


SAMPLE = ObjectType(
    key="sample",
    label="Sample",
    model=Sample,
    fields=[
        _field("name", "text", sortable=True),
        _field("note", "long_text", sortable=True),
        _field("phone", "phone"),
        _field("size", "number", sortable=True),
        _field("rate", "number", sortable=True),
        _field("price", "money", sortable=True),
        _field("day", "date", sortable=True),
        _field("moment", "datetime", sortable=True),
        _field("ready", "bool"),
        _field("kind", "choice"),
        _field("tags", "tags"),
        _field("owner", "member", "owner_id"),
        _field("team", "team", "team_id"),
        _field("parent", "stage", "parent"),
        _field("parent_name", "text", "parent__name", sortable=True),
        _field("parent_size", "number", "parent__size"),
        _field("child_name", "text", "children__name"),
        _field("child_size", "number", "children__size"),
        _field("child_custom", "text", "children__custom__c_text"),
        Field(key="secret", type=FieldType.TEXT, label="Secret", filterable=False, path="note"),
    ],
)
CUSTOM_TYPES = {f"c_{kind.value}": kind for kind in FieldType}


def offer_samples() -> None:
    """Make the table and the custom fields; inside a workspace, in the test's transaction."""
    schema.offer(SAMPLE)
    with connection.cursor() as cursor:
        cursor.execute("RESET ROLE")
        # A database that was migrated without these tests in sight, or with them, is both fine.
        cursor.execute("DROP TABLE IF EXISTS views_sample")
        with connection.schema_editor() as editor:
            editor.create_model(Sample)
        cursor.execute("GRANT ALL ON views_sample TO leadline_app")
        cursor.execute("SET ROLE leadline_app")
    CustomField.objects.bulk_create(
        CustomField(
            object_type="sample",
            key=key,
            type=kind.value,
            label=key,
            choices=[{"value": k, "label": k.title()} for k in KINDS],
        )
        for key, kind in CUSTOM_TYPES.items()
    )
