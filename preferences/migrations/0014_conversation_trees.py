from __future__ import annotations

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models
from django.db.models.functions import Now

import core.db.identifiers
from core.db.append_only import AppendOnly


class Migration(migrations.Migration):
    """Prompts that go on from a response, and who went on."""

    dependencies = [
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
        ("accounts", "0004_lean_indexes"),
        ("preferences", "0013_sampling"),
        ("queue", "0015_reviews"),
    ]

    operations = [
        migrations.AddField(
            model_name="prompt",
            name="stands_on",
            field=models.ForeignKey(
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="next_prompts",
                to="preferences.response",
            ),
        ),
        migrations.AddField(
            model_name="prompt",
            name="root",
            field=models.ForeignKey(
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="branches",
                to="preferences.prompt",
            ),
        ),
        migrations.AddConstraint(
            model_name="prompt",
            constraint=models.CheckConstraint(
                condition=models.Q(("root__isnull", True), ("stands_on__isnull", True))
                | models.Q(("root__isnull", False), ("stands_on__isnull", False)),
                name="preferences_prompt_branch_has_root",
            ),
        ),
        migrations.AddConstraint(
            model_name="prompt",
            constraint=models.CheckConstraint(
                condition=models.Q(("root", models.F("id")), _negated=True),
                name="preferences_prompt_not_its_own_root",
            ),
        ),
        migrations.CreateModel(
            name="NextTurn",
            fields=[
                (
                    "id",
                    models.UUIDField(
                        default=core.db.identifiers.uuid7, editable=False, primary_key=True, serialize=False
                    ),
                ),
                ("created_at", models.DateTimeField(db_default=Now(), editable=False)),
                (
                    "person",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "project",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="accounts.project"
                    ),
                ),
                (
                    "prompt",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="turns_leading_to_it",
                        to="preferences.prompt",
                    ),
                ),
                (
                    "reply",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="turns_writing_it",
                        to="preferences.response",
                    ),
                ),
                (
                    "response",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="turns_picking_it",
                        to="preferences.response",
                    ),
                ),
                (
                    "submission",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="queue.submission",
                    ),
                ),
            ],
            options={
                "db_table": "preferences_next_turn",
                "indexes": [models.Index(fields=["project", "id"], name="preferences_next_turn_project")],
                "constraints": [
                    models.UniqueConstraint(
                        fields=("person", "response", "prompt", "reply"),
                        name="preferences_next_turn_once",
                        nulls_distinct=False,
                    )
                ],
            },
        ),
        AppendOnly("preferences_next_turn"),
    ]
