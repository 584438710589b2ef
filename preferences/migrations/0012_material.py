from __future__ import annotations

import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):
    """Media of prompts and responses; the asset of a response was never filled."""

    dependencies = [
        ("content", "0002_material_posts"),
        ("preferences", "0011_judges"),
    ]

    operations = [
        migrations.RemoveField(model_name="response", name="asset"),
        *(
            migrations.AddField(
                model_name=name,
                name="material",
                field=models.ForeignKey(
                    null=True,
                    on_delete=django.db.models.deletion.PROTECT,
                    related_name="+",
                    to="content.post",
                ),
            )
            for name in ("prompt", "response")
        ),
    ]
