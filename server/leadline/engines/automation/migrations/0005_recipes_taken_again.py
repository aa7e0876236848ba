"""A recipe whose automation was deleted may be taken again."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("automation", "0004_dry_runs_and_pauses")]

    operations = [
        migrations.RemoveConstraint(model_name="automation", name="recipe_once"),
        migrations.AddConstraint(
            model_name="automation",
            constraint=models.UniqueConstraint(
                fields=["workspace_id", "recipe"],
                condition=~models.Q(recipe="") & models.Q(archived_at=None),
                name="recipe_once",
            ),
        ),
    ]
