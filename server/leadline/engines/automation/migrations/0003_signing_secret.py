import leadline.infra.tenancy
import leadline.kit.clock
import leadline.kit.ids
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('automation', '0002_outcomes_of_errands'),
    ]

    operations = [
        migrations.CreateModel(
            name='SigningSecret',
            fields=[
                ('id', models.UUIDField(default=leadline.kit.ids.new_id, editable=False, primary_key=True, serialize=False)),
                ('created_at', models.DateTimeField(default=leadline.kit.clock.now, editable=False)),
                ('updated_at', models.DateTimeField(default=leadline.kit.clock.now, editable=False)),
                ('version', models.PositiveIntegerField(default=1)),
                ('workspace_id', models.UUIDField(default=leadline.infra.tenancy.require_current, editable=False)),
                ('sealed', models.TextField()),
            ],
            options={
                'verbose_name': 'signing secret',
                'constraints': [models.UniqueConstraint(fields=('workspace_id',), name='signing_secret_once')],
            },
        ),
    ]
