from __future__ import annotations

from django.db import migrations, models


class Migration(migrations.Migration):
    """A suggestion may also come from an agent."""

    dependencies = [("annotation", "0011_lean_indexes")]

    operations = [
        migrations.RemoveConstraint(model_name="suggestion", name="annotation_suggestion_source"),
        migrations.AddConstraint(
            model_name="suggestion",
            constraint=models.CheckConstraint(
                condition=models.Q(source__in=["head", "imported", "agent"]),
                name="annotation_suggestion_source",
            ),
        ),
    ]
