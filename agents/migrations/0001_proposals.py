from __future__ import annotations

import django.contrib.postgres.fields
import django.db.models.deletion
import django.db.models.functions.datetime
from django.conf import settings
from django.db import migrations, models

import core.db.identifiers
from core.db.append_only import AppendOnly


class Migration(migrations.Migration):
    """What agents proposed."""

    initial = True

    dependencies = [
        ("accounts", "0004_lean_indexes"),
        ("annotation", "0012_agents_propose"),
        ("content", "0001_posts_and_assets"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name="Proposal",
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
                ("token_id", models.UUIDField(null=True)),
                ("proposer", models.CharField(max_length=120)),
                ("idempotency_key", models.CharField(max_length=120)),
                ("digest", models.CharField(max_length=64)),
                (
                    "release_ids",
                    django.contrib.postgres.fields.ArrayField(base_field=models.UUIDField(), size=None),
                ),
                (
                    "clause_keys",
                    django.contrib.postgres.fields.ArrayField(
                        base_field=models.CharField(max_length=64), size=None
                    ),
                ),
                ("answer", models.CharField(max_length=200)),
                ("severity", models.PositiveSmallIntegerField(null=True)),
                ("confidence", models.FloatField()),
                ("rationale", models.TextField()),
                (
                    "person",
                    models.ForeignKey(
                        db_index=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "post",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="content.post"
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
                "db_table": "agents_proposal",
                "indexes": [models.Index(fields=["post", "-id"], name="agents_proposal_post")],
                "constraints": [
                    models.UniqueConstraint(fields=("person", "idempotency_key"), name="agents_proposal_once"),
                    models.CheckConstraint(
                        condition=models.Q(("confidence__gte", 0), ("confidence__lte", 1)),
                        name="agents_proposal_confidence",
                    ),
                ],
            },
        ),
        AppendOnly("agents_proposal"),
    ]
