from __future__ import annotations

from django.db import migrations, models


class Migration(migrations.Migration):
    """Posts that hold the media of something else."""

    dependencies = [
        ("content", "0001_posts_and_assets"),
    ]

    operations = [
        migrations.AddField(
            model_name="post",
            name="is_material",
            field=models.BooleanField(db_default=False, default=False),
        ),
    ]
