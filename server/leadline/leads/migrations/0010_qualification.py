from django.db import migrations, models
from django.db.models import F, OrderBy, Q


class Migration(migrations.Migration):
    dependencies = [("leads", "0009_deals")]
    operations = [
        migrations.AddField(
            model_name="lead",
            name="qualification",
            field=models.JSONField(blank=True, db_default={}, default=dict),
        ),
        migrations.AddField(
            model_name="lead", name="budget_minor", field=models.BigIntegerField(null=True)
        ),
        migrations.AddField(
            model_name="lead",
            name="poor_fit",
            field=models.BooleanField(db_default=False, default=False),
        ),
        migrations.AddField(
            model_name="lead", name="chance", field=models.SmallIntegerField(null=True)
        ),
        migrations.AddIndex(
            model_name="lead",
            index=models.Index(
                "workspace_id",
                OrderBy(F("chance"), descending=True, nulls_last=True),
                OrderBy(F("id"), descending=True),
                condition=Q(deleted_at=None) & ~Q(status="spam"),
                name="lead_likeliest",
            ),
        ),
    ]
