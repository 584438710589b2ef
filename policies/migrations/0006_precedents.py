from __future__ import annotations

import django.db.models.deletion
import django.db.models.functions.datetime
from django.conf import settings
from django.db import migrations, models
from django.db.models import Q

import core.db.identifiers
from core.db.append_only import FrozenWhen

_STEPS = ["state", "approved_by_id", "approved_at", "retired_by_id", "retired_at", "retired_reason"]


class Migration(migrations.Migration):
    dependencies = [
        ("accounts", "0001_users_projects_access_audit"),
        ("content", "0001_posts_and_assets"),
        ("policies", "0005_writing_together"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name="Precedent",
            fields=[
                (
                    "id",
                    models.UUIDField(
                        default=core.db.identifiers.uuid7,
                        editable=False,
                        primary_key=True,
                        serialize=False,
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
                ("answer", models.CharField(max_length=200)),
                ("severity", models.PositiveSmallIntegerField(null=True)),
                ("reason", models.TextField()),
                ("decision_id", models.UUIDField(unique=True)),
                ("ruling_id", models.UUIDField()),
                (
                    "state",
                    models.CharField(
                        choices=[
                            ("proposed", "Proposed"),
                            ("approved", "Approved"),
                            ("retired", "Retired"),
                        ],
                        default="proposed",
                        max_length=10,
                    ),
                ),
                ("approved_at", models.DateTimeField(null=True)),
                ("retired_at", models.DateTimeField(null=True)),
                ("retired_reason", models.TextField(blank=True, default="")),
                (
                    "approved_by",
                    models.ForeignKey(
                        null=True,
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
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="accounts.project",
                    ),
                ),
                (
                    "release",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="policies.release",
                    ),
                ),
                (
                    "retired_by",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "ruled_by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
            ],
            options={
                "indexes": [
                    models.Index(
                        fields=["project", "clause_key", "meaning_revision", "state"],
                        name="precedent_of_a_meaning",
                    ),
                    models.Index(fields=["project", "-id"], name="precedent_newest"),
                    models.Index(fields=["ruling_id"], name="precedent_ruling"),
                ],
                "constraints": [
                    models.CheckConstraint(
                        condition=Q(state__in=["proposed", "approved", "retired"]),
                        name="precedent_state_known",
                    ),
                    models.CheckConstraint(condition=~Q(reason=""), name="precedent_says_why"),
                    models.CheckConstraint(
                        condition=Q(approved_at__isnull=True, approved_by__isnull=True)
                        | Q(approved_at__isnull=False, approved_by__isnull=False),
                        name="precedent_approved_by_somebody",
                    ),
                    models.CheckConstraint(
                        condition=~Q(state="approved") | Q(approved_at__isnull=False),
                        name="precedent_approved_says_when",
                    ),
                    models.CheckConstraint(
                        condition=Q(state="retired", retired_at__isnull=False)
                        & Q(retired_by__isnull=False)
                        & ~Q(retired_reason="")
                        | ~Q(state="retired")
                        & Q(retired_at__isnull=True, retired_by__isnull=True, retired_reason=""),
                        name="precedent_retired_says_why",
                    ),
                    models.UniqueConstraint(
                        fields=["post", "clause_key", "meaning_revision"],
                        condition=~Q(state="retired"),
                        name="precedent_one_a_meaning",
                    ),
                ],
            },
        ),
        # Only the steps of its life may change; what was ruled, and that it was, never.
        FrozenWhen("policies_precedent", "true", allow=_STEPS),
    ]
