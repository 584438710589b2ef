from __future__ import annotations

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("policies", "0003_discarded_drafts")]

    operations = [
        migrations.AddField("clause", "language", models.CharField(blank=True, default="", max_length=35)),
        migrations.AddField("clause", "translations", models.JSONField(blank=True, default=list)),
        migrations.AddField("release", "lineage", models.JSONField(blank=True, default=list)),
    ]
