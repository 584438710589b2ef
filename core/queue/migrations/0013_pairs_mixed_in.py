import django.contrib.postgres.fields
import django.db.models.deletion
import django.db.models.functions.datetime
from django.db import migrations, models

import core.db.identifiers


class Migration(migrations.Migration):
    """Pairs with known answers are offered as posts are, and a share of pairs is asked of the same person again."""

    dependencies = [
        ("accounts", "0004_lean_indexes"),
        ("content", "0001_posts_and_assets"),
        ("queue", "0012_held_sources"),
    ]

    operations = [
        migrations.AddField(
            model_name="qualityrules",
            name="again_share",
            field=models.FloatField(db_default=0.0, default=0.0),
        ),
        migrations.AddField(
            model_name="qualityrules",
            name="again_after",
            field=models.PositiveSmallIntegerField(db_default=30, default=30),
        ),
        migrations.AddConstraint(
            model_name="qualityrules",
            constraint=models.CheckConstraint(
                condition=models.Q(("again_share__gte", 0), ("again_share__lte", 0.5)),
                name="queue_rules_again_share",
            ),
        ),
        migrations.CreateModel(
            name="PairOffer",
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
                ("item_id", models.UUIDField()),
                ("comparison_id", models.UUIDField()),
                ("release_id", models.UUIDField()),
                (
                    "known_keys",
                    django.contrib.postgres.fields.ArrayField(
                        base_field=models.CharField(max_length=80), size=None
                    ),
                ),
                (
                    "post",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="+",
                        to="content.post",
                    ),
                ),
                (
                    "project",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="+", to="accounts.project"
                    ),
                ),
            ],
            options={
                "db_table": "queue_pairoffer",
                "indexes": [models.Index(fields=["project", "release_id"], name="queue_pairoffer_release")],
                "constraints": [
                    models.UniqueConstraint(fields=("item_id", "release_id"), name="queue_pairoffer_once")
                ],
            },
        ),
    ]
