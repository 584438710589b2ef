import django.contrib.postgres.fields
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("queue", "0007_onboarding"),
    ]

    operations = [
        migrations.AddField(
            model_name="harm",
            name="predicted_severity",
            field=models.SmallIntegerField(null=True),
        ),
        migrations.AddField(
            model_name="harm",
            name="predicted_categories",
            field=django.contrib.postgres.fields.ArrayField(
                base_field=models.CharField(max_length=45), db_default=[], size=None
            ),
        ),
    ]
