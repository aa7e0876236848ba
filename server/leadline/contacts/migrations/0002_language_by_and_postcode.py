from django.db import migrations, models


class Migration(migrations.Migration):
    """How the language of a contact is known, and where in the country they live."""

    dependencies = [
        ("contacts", "0001_initial"),
    ]

    operations = [
        migrations.AddField(
            model_name="contact",
            name="language_by",
            field=models.CharField(blank=True, db_default="", default="", max_length=8),
        ),
        migrations.AddField(
            model_name="contact",
            name="postcode",
            field=models.CharField(blank=True, db_default="", default="", max_length=20),
        ),
        migrations.AddField(
            model_name="contact",
            name="postcode_number",
            field=models.BigIntegerField(null=True),
        ),
    ]
