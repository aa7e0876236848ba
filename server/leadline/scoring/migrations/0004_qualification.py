from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("scoring", "0003_lead_types_and_surges")]
    operations = [
        migrations.AddField(
            model_name="scoresettings",
            name="price_minor",
            field=models.BigIntegerField(db_default=0, default=0),
        ),
        migrations.AddField(
            model_name="scoresettings",
            name="least_budget",
            field=models.PositiveSmallIntegerField(db_default=50, default=50),
        ),
        migrations.AddField(
            model_name="scoresettings",
            name="template",
            field=models.CharField(
                blank=True,
                choices=[("", ""), ("bant", "bant"), ("meddic", "meddic")],
                db_default="",
                default="",
                max_length=8,
            ),
        ),
    ]
