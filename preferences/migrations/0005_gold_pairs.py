import django.contrib.postgres.fields
import django.db.models.deletion
import django.db.models.functions.datetime
from django.conf import settings
from django.db import migrations, models

import core.db.identifiers
from core.db.append_only import AppendOnly

_RECORD = [
    (
        "id",
        models.UUIDField(default=core.db.identifiers.uuid7, editable=False, primary_key=True, serialize=False),
    ),
    (
        "created_at",
        models.DateTimeField(db_default=django.db.models.functions.datetime.Now(), editable=False),
    ),
]


def _to(model: str, name: str = "+", **more: bool) -> models.ForeignKey:
    return models.ForeignKey(
        on_delete=django.db.models.deletion.PROTECT, related_name=name, to=model, **more
    )


class Migration(migrations.Migration):
    """Comparisons whose answers are known, and how people did on them."""

    dependencies = [
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
        ("accounts", "0004_lean_indexes"),
        ("policies", "0001_policies_releases_clauses_campaigns"),
        ("preferences", "0004_judgments_settled_later"),
        ("queue", "0013_pairs_mixed_in"),
    ]

    operations = [
        migrations.CreateModel(
            name="GoldPair",
            fields=[
                *_RECORD,
                ("kind", models.CharField(max_length=10)),
                ("explanation", models.TextField(blank=True, default="")),
                ("retired_at", models.DateTimeField(null=True)),
                ("retired_because", models.CharField(blank=True, default="", max_length=500)),
                ("comparison", _to("preferences.comparison", "gold")),
                ("made_by", _to(settings.AUTH_USER_MODEL)),
                ("project", _to("accounts.project")),
                ("release", _to("policies.release")),
                ("retired_by", _to(settings.AUTH_USER_MODEL, null=True)),
            ],
            options={
                "db_table": "preferences_goldpair",
                "indexes": [models.Index(fields=["project", "-id"], name="preferences_goldpair_project")],
                "constraints": [
                    models.UniqueConstraint(
                        condition=models.Q(("retired_at__isnull", True)),
                        fields=("comparison",),
                        name="preferences_goldpair_one_a_comparison",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("kind__in", ["gold", "attention"])),
                        name="preferences_goldpair_kind_known",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="GoldPairAnswer",
            fields=[
                *_RECORD,
                ("clause_key", models.CharField(max_length=64)),
                ("meaning_from", models.PositiveIntegerField()),
                ("meaning_to", models.PositiveIntegerField(null=True)),
                (
                    "outcomes",
                    django.contrib.postgres.fields.ArrayField(
                        base_field=models.CharField(max_length=20), size=None
                    ),
                ),
                ("item", _to("preferences.goldpair", "answers")),
            ],
            options={
                "db_table": "preferences_goldpairanswer",
                "constraints": [
                    models.UniqueConstraint(
                        fields=("item", "clause_key"), name="preferences_goldpairanswer_once"
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("meaning_to__isnull", True),
                            ("meaning_to__gte", models.F("meaning_from")),
                            _connector="OR",
                        ),
                        name="preferences_goldpairanswer_range",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="GoldPairResult",
            fields=[
                *_RECORD,
                ("clause_key", models.CharField(max_length=64)),
                ("meaning_revision", models.PositiveIntegerField()),
                ("outcome", models.CharField(max_length=20)),
                ("passed", models.BooleanField()),
                ("item", _to("preferences.goldpair", "results")),
                ("person", _to(settings.AUTH_USER_MODEL)),
                ("project", _to("accounts.project")),
                ("submission", _to("queue.submission")),
            ],
            options={
                "db_table": "preferences_goldpairresult",
                "indexes": [
                    models.Index(
                        fields=["project", "person", "-id"], name="preferences_goldresult_person"
                    ),
                    models.Index(
                        fields=["item", "clause_key"], name="preferences_goldresult_item"
                    ),
                ],
                "constraints": [
                    models.UniqueConstraint(
                        fields=("submission", "clause_key"), name="preferences_goldpairresult_once"
                    )
                ],
            },
        ),
        AppendOnly("preferences_goldpairresult"),
    ]
