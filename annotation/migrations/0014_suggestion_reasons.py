from __future__ import annotations

from django.db import migrations, models


class Migration(migrations.Migration):
    """What an agent said for its proposal stands with the suggestion that people are shown."""

    dependencies = [("annotation", "0013_unsettled_answers")]

    operations = [
        migrations.AddField(
            model_name="suggestion",
            name="reason",
            field=models.TextField(blank=True, db_default="", default=""),
        ),
    ]
