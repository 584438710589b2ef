from __future__ import annotations

import django.db.models.deletion
import django.db.models.functions.datetime
from django.db import migrations, models


class Migration(migrations.Migration):
    """What an answer leads to is looked at after it was taken in. The table empties itself all day: it is swept often."""

    dependencies = [
        ("annotation", "0012_agents_propose"),
        ("queue", "0011_lean_indexes"),
    ]

    operations = [
        migrations.CreateModel(
            name="UnsettledAnswer",
            fields=[
                (
                    "id",
                    models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID"),
                ),
                ("attempts", models.PositiveSmallIntegerField(db_default=0)),
                ("due_at", models.DateTimeField(db_default=django.db.models.functions.datetime.Now())),
                (
                    "submission",
                    models.ForeignKey(
                        db_constraint=False,
                        db_index=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="queue.submission",
                    ),
                ),
            ],
            options={"db_table": "annotation_unsettledanswer"},
        ),
        migrations.RunSQL(
            "ALTER TABLE annotation_unsettledanswer"
            " SET (autovacuum_vacuum_scale_factor = 0, autovacuum_vacuum_threshold = 2000)",
            migrations.RunSQL.noop,
        ),
    ]
