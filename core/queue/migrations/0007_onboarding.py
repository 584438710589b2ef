import core.db.identifiers
import django.db.models.deletion
import django.db.models.functions.datetime
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("accounts", "0003_personal_settings"),
        ("queue", "0006_reveals_are_kept"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.AddField("qualityrules", "onboarding_pass", models.FloatField(default=0.8)),
        migrations.AddField("qualityrules", "onboarding_tries", models.PositiveSmallIntegerField(null=True)),
        migrations.AddField("qualityrules", "onboards_since", models.DateTimeField(null=True)),
        migrations.AddConstraint(
            "qualityrules",
            models.CheckConstraint(
                condition=models.Q(("onboarding_pass__gt", 0), ("onboarding_pass__lte", 1)),
                name="queue_rules_onboarding_pass",
            ),
        ),
        migrations.CreateModel(
            name="OnboardingStep",
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
                ("ordinal", models.PositiveSmallIntegerField()),
                ("item_id", models.UUIDField()),
                (
                    "project",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="+", to="accounts.project"
                    ),
                ),
            ],
            options={
                "db_table": "queue_onboardingstep",
                "constraints": [
                    models.UniqueConstraint(fields=("project", "ordinal"), name="queue_onboardingstep_place"),
                    models.UniqueConstraint(fields=("project", "item_id"), name="queue_onboardingstep_once"),
                ],
            },
        ),
        migrations.CreateModel(
            name="OnboardingRun",
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
                ("state", models.CharField(default="open", max_length=10)),
                ("try_number", models.PositiveSmallIntegerField(default=1)),
                ("first_try", models.PositiveSmallIntegerField(default=1)),
                ("passed_at", models.DateTimeField(null=True)),
                ("sentence", models.TextField(blank=True, default="")),
                ("decided_at", models.DateTimeField(null=True)),
                (
                    "project",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="+", to="accounts.project"
                    ),
                ),
                (
                    "person",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "decided_by",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
            ],
            options={
                "db_table": "queue_onboarding",
                "constraints": [
                    models.UniqueConstraint(fields=("project", "person"), name="queue_onboarding_once"),
                    models.CheckConstraint(
                        condition=models.Q(("state__in", ["open", "lesson", "failed", "passed"])),
                        name="queue_onboarding_state",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("decided_at__isnull", True),
                            models.Q(("sentence", ""), _negated=True),
                            _connector="OR",
                        ),
                        name="queue_onboarding_says_why",
                    ),
                ],
            },
        ),
    ]
