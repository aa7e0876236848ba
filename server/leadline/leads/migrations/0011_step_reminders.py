from django.db import migrations, models
from django.db.models import F, Q


class Migration(migrations.Migration):
    """Owners are reminded of next steps; the index holds those they were not reminded of."""

    dependencies = [
        ("contacts", "0001_initial"),
        ("leads", "0010_qualification"),
        ("workspaces", "0001_initial"),
    ]

    operations = [
        migrations.AddField(
            model_name="lead",
            name="step_reminded_at",
            field=models.DateTimeField(null=True),
        ),
        migrations.AddIndex(
            model_name="lead",
            index=models.Index(
                condition=Q(
                    Q(
                        ("step_reminded_at", None),
                        ("step_reminded_at__lt", F("next_step_at")),
                        _connector="OR",
                    ),
                    ("deleted_at", None),
                    ("next_step_at__isnull", False),
                    ("status", "open"),
                ),
                fields=["next_step_at"],
                name="lead_step_due",
            ),
        ),
    ]
