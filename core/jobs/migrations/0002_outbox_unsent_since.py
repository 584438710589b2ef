import django.db.models.functions.datetime
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('jobs', '0001_jobs_outbox'),
    ]

    operations = [
        migrations.AddField(
            model_name='outboxentry',
            name='unsent_since',
            field=models.DateTimeField(db_default=django.db.models.functions.datetime.Now()),
        ),
    ]
