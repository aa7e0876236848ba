from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("scoring", "0004_qualification")]
    operations = [
        migrations.AddField(
            model_name="scoreedition",
            name="parts_left",
            field=models.PositiveSmallIntegerField(db_default=0, default=0),
        ),
    ]
