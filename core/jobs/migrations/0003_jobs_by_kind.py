from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('jobs', '0002_outbox_unsent_since'),
    ]

    operations = [
        migrations.AddIndex(
            model_name='job',
            index=models.Index(fields=['project', 'kind', 'state'], name='jobs_job_kind'),
        ),
    ]
