from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('capture', '0001_initial'),
    ]

    operations = [
        migrations.AddField(
            model_name='submission',
            name='fetched',
            field=models.BinaryField(null=True),
        ),
        migrations.AddField(
            model_name='connection',
            name='rests_until',
            field=models.DateTimeField(null=True),
        ),
    ]
