
import django.db.models.deletion
import leadline.infra.tenancy
import leadline.kit.clock
import leadline.kit.ids
from django.db import migrations, models


class Migration(migrations.Migration):

    initial = True

    dependencies = [
        ('capture', '0002_fetched_and_resting'),
    ]

    operations = [
        migrations.CreateModel(
            name='SandboxAccount',
            fields=[
                ('id', models.UUIDField(default=leadline.kit.ids.new_id, editable=False, primary_key=True, serialize=False)),
                ('created_at', models.DateTimeField(default=leadline.kit.clock.now, editable=False)),
                ('updated_at', models.DateTimeField(default=leadline.kit.clock.now, editable=False)),
                ('version', models.PositiveIntegerField(default=1)),
                ('workspace_id', models.UUIDField(default=leadline.infra.tenancy.require_current, editable=False)),
                ('token_digest', models.CharField(max_length=64, unique=True)),
                ('fault', models.CharField(blank=True, max_length=20)),
                ('switches', models.JSONField(default=list)),
                ('connection', models.OneToOneField(on_delete=django.db.models.deletion.CASCADE, related_name='sandbox_account', to='capture.connection')),
            ],
            options={
                'abstract': False,
            },
        ),
        migrations.CreateModel(
            name='AdForm',
            fields=[
                ('id', models.UUIDField(default=leadline.kit.ids.new_id, editable=False, primary_key=True, serialize=False)),
                ('created_at', models.DateTimeField(default=leadline.kit.clock.now, editable=False)),
                ('updated_at', models.DateTimeField(default=leadline.kit.clock.now, editable=False)),
                ('version', models.PositiveIntegerField(default=1)),
                ('workspace_id', models.UUIDField(default=leadline.infra.tenancy.require_current, editable=False)),
                ('form_id', models.CharField(max_length=100)),
                ('name', models.CharField(max_length=300)),
                ('content', models.JSONField(default=dict)),
                ('read_at', models.DateTimeField(default=leadline.kit.clock.now)),
                ('connection', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='ad_forms', to='capture.connection')),
            ],
            options={
                'constraints': [models.UniqueConstraint(fields=('connection', 'form_id'), name='ad_form_once')],
            },
        ),
        migrations.CreateModel(
            name='CatchUp',
            fields=[
                ('id', models.UUIDField(default=leadline.kit.ids.new_id, editable=False, primary_key=True, serialize=False)),
                ('created_at', models.DateTimeField(default=leadline.kit.clock.now, editable=False)),
                ('updated_at', models.DateTimeField(default=leadline.kit.clock.now, editable=False)),
                ('version', models.PositiveIntegerField(default=1)),
                ('workspace_id', models.UUIDField(default=leadline.infra.tenancy.require_current, editable=False)),
                ('subject', models.CharField(max_length=200)),
                ('since', models.DateTimeField()),
                ('began_at', models.DateTimeField(null=True)),
                ('cursor', models.TextField(blank=True)),
                ('connection', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='catch_ups', to='capture.connection')),
            ],
            options={
                'constraints': [models.UniqueConstraint(fields=('connection', 'subject'), name='catch_up_once')],
            },
        ),
        migrations.CreateModel(
            name='SandboxLead',
            fields=[
                ('id', models.UUIDField(default=leadline.kit.ids.new_id, editable=False, primary_key=True, serialize=False)),
                ('created_at', models.DateTimeField(default=leadline.kit.clock.now, editable=False)),
                ('updated_at', models.DateTimeField(default=leadline.kit.clock.now, editable=False)),
                ('version', models.PositiveIntegerField(default=1)),
                ('workspace_id', models.UUIDField(default=leadline.infra.tenancy.require_current, editable=False)),
                ('lead_id', models.CharField(max_length=100)),
                ('natural_key', models.CharField(max_length=300)),
                ('name', models.CharField(max_length=200)),
                ('body', models.JSONField()),
                ('at', models.DateTimeField(default=leadline.kit.clock.now)),
                ('account', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='leads', to='ads.sandboxaccount')),
            ],
            options={
                'indexes': [models.Index(fields=['account', '-at', '-id'], name='sandbox_lead_newest')],
                'constraints': [models.UniqueConstraint(fields=('account', 'lead_id'), name='sandbox_lead_once')],
            },
        ),
    ]
