from __future__ import annotations

import django.db.models.deletion
import django.db.models.functions.datetime
from django.db import migrations, models

import core.db.identifiers
from core.db.append_only import AppendOnly


class Migration(migrations.Migration):
    """How people judge, as a worker measured it."""

    dependencies = [
        ("accounts", "0001_users_projects_access_audit"),
        ("preferences", "0005_gold_pairs"),
    ]

    operations = [
        migrations.CreateModel(
            name="JudgingMeasure",
            fields=[
                (
                    "id",
                    models.UUIDField(
                        default=core.db.identifiers.uuid7, editable=False, primary_key=True, serialize=False
                    ),
                ),
                (
                    "created_at",
                    models.DateTimeField(
                        db_default=django.db.models.functions.datetime.Now(), editable=False
                    ),
                ),
                ("clause_key", models.CharField(max_length=64)),
                ("meaning_revision", models.PositiveIntegerField()),
                ("answers", models.PositiveIntegerField()),
                ("found", models.JSONField()),
                ("standing", models.JSONField()),
                (
                    "project",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="accounts.project",
                    ),
                ),
            ],
            options={
                "db_table": "preferences_judging_measure",
                "indexes": [
                    models.Index(
                        fields=["project", "clause_key", "meaning_revision", "-id"],
                        name="preferences_judging_newest",
                    )
                ],
            },
        ),
        AppendOnly("preferences_judging_measure"),
    ]
