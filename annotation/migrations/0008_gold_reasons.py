from __future__ import annotations

from django.db import migrations, models


class Migration(migrations.Migration):
    """Why a known answer is right, clause by clause."""

    dependencies = [("annotation", "0007_onboarding_results")]

    operations = [
        migrations.AddField(
            model_name="goldanswer",
            name="reason",
            field=models.TextField(blank=True, db_default="", default=""),
        )
    ]
