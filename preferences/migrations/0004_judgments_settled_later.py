from __future__ import annotations

import django.db.models.deletion
import django.db.models.functions.datetime
from django.db import migrations, models


class Migration(migrations.Migration):
    """What a judgment leads to is looked at after it was taken in; why it was asked for stands beside it."""

    dependencies = [
        ("preferences", "0003_posts_of_compare_tasks"),
        ("queue", "0011_lean_indexes"),
    ]

    operations = [
        migrations.AddField(
            model_name="judgment",
            name="asked",
            field=models.CharField(db_default="work", default="work", max_length=8),
        ),
        migrations.AddConstraint(
            model_name="judgment",
            constraint=models.CheckConstraint(
                condition=models.Q(("asked__in", ["work", "again", "gold"])),
                name="preferences_judgment_asked_known",
            ),
        ),
        migrations.CreateModel(
            name="UnsettledJudgment",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
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
            options={"db_table": "preferences_unsettledjudgment"},
        ),
        migrations.RunSQL(
            "ALTER TABLE preferences_unsettledjudgment"
            " SET (autovacuum_vacuum_scale_factor = 0, autovacuum_vacuum_threshold = 2000)",
            migrations.RunSQL.noop,
        ),
    ]
