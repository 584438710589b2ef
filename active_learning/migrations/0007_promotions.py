from __future__ import annotations

import django.contrib.postgres.fields
import django.db.models.deletion
import django.db.models.functions.datetime
from django.conf import settings
from django.db import migrations, models

import core.db.identifiers
from core.db.append_only import AppendOnly

# Until now the newest model of a clause suggested: it goes on doing so.
_NEWEST_PROMOTED = """
INSERT INTO active_learning_promotion (id, project_id, clause_key, ordinal, kind, model_id, stated, reason)
SELECT DISTINCT ON (project_id, clause_key) gen_random_uuid(), project_id, clause_key, 1, 'by_round', id, '{}', ''
FROM active_learning_modelversion ORDER BY project_id, clause_key, number DESC
"""


class Migration(migrations.Migration):
    """Which model of a clause suggests, as people decide it, and what held-out posts say of each."""

    dependencies = [
        ("accounts", "0004_lean_indexes"),
        ("active_learning", "0006_encoding_shards"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.AddField("modelversion", "evaluation", models.JSONField(default=dict)),
        migrations.CreateModel(
            name="Promotion",
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
                ("ordinal", models.PositiveIntegerField()),
                ("kind", models.CharField(max_length=12)),
                ("threshold", models.FloatField(null=True)),
                ("stated", models.JSONField(default=dict)),
                ("reason", models.CharField(blank=True, default="", max_length=2000)),
                (
                    "decided_by",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "model",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="promotions",
                        to="active_learning.modelversion",
                    ),
                ),
                (
                    "project",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="accounts.project"
                    ),
                ),
            ],
            options={
                "constraints": [
                    models.UniqueConstraint(
                        fields=("project", "clause_key", "ordinal"), name="active_learning_promotion_in_turn"
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            kind__in=["by_round", "promoted", "threshold", "rolled_back", "withdrawn"]
                        ),
                        name="active_learning_promotion_kind",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(kind="withdrawn", model__isnull=True)
                        | (~models.Q(kind="withdrawn") & models.Q(model__isnull=False)),
                        name="active_learning_promotion_model",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(kind="by_round", decided_by__isnull=True)
                        | (~models.Q(kind="by_round") & models.Q(decided_by__isnull=False) & ~models.Q(reason="")),
                        name="active_learning_promotion_decided",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(threshold__isnull=True)
                        | (models.Q(threshold__gte=0, threshold__lte=1) & models.Q(model__isnull=False)),
                        name="active_learning_promotion_threshold",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(ordinal__gte=1), name="active_learning_promotion_ordinal"
                    ),
                ]
            },
        ),
        migrations.CreateModel(
            name="InputMeasure",
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
                (
                    "bins",
                    django.contrib.postgres.fields.ArrayField(
                        base_field=models.PositiveIntegerField(), size=None
                    ),
                ),
                ("apart_hits", models.PositiveIntegerField(default=0)),
                ("apart_total", models.PositiveIntegerField(default=0)),
                (
                    "model",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="active_learning.modelversion",
                    ),
                ),
            ],
            options={
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("apart_hits__lte", models.F("apart_total"))),
                        name="active_learning_inputmeasure_apart",
                    )
                ]
            },
        ),
        migrations.RunSQL(_NEWEST_PROMOTED, migrations.RunSQL.noop),
        AppendOnly("active_learning_promotion"),
        AppendOnly("active_learning_inputmeasure"),
    ]
