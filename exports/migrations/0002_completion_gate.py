from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("exports", "0001_datasets_versions")]

    operations = [migrations.AddField("version", "gate", models.JSONField(default=dict))]
