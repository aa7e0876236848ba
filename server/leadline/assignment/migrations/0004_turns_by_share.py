from django.db import migrations, models


class Migration(migrations.Migration):
    """Turns remember how far each member has come; those given before count for nobody."""

    dependencies = [
        ("assignment", "0003_availability_and_claims"),
    ]

    operations = [
        migrations.AddField(
            model_name="rotation",
            name="marks",
            field=models.JSONField(db_default={}, default=dict),
        ),
        migrations.AddField(
            model_name="rotation",
            name="reached",
            field=models.BigIntegerField(db_default=0, default=0),
        ),
    ]
