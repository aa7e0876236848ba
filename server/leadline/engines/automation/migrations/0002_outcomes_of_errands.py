from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('automation', '0001_initial'),
    ]

    operations = [
        migrations.AlterField(
            model_name='steplog',
            name='outcome',
            field=models.CharField(choices=[('begun', 'begun'), ('done', 'done'), ('refused', 'refused'), ('failed', 'failed'), ('uncertain', 'uncertain')], max_length=10),
        ),
    ]
