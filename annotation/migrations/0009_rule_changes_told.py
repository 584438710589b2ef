import django.db.models.deletion
import django.db.models.functions.datetime
from django.conf import settings
from django.db import migrations, models

import core.db.identifiers
from core.db.append_only import AppendOnly


class Migration(migrations.Migration):
    """Under which releases a person works and knows it."""

    dependencies = [
        ("accounts", "0003_personal_settings"),
        ("annotation", "0008_gold_reasons"),
        ("policies", "0003_discarded_drafts"),
    ]

    operations = [
        migrations.CreateModel(
            name="RuleChangeTold",
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
                    "release",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="policies.release"
                    ),
                ),
            ],
            options={
                "db_table": "annotation_rulechangetold",
            },
        ),
        migrations.AddConstraint(
            model_name="rulechangetold",
            constraint=models.UniqueConstraint(
                fields=("person", "release"), name="annotation_rulechangetold_once"
            ),
        ),
        AppendOnly("annotation_rulechangetold"),
    ]
