import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):
    """A reviewer may decide an axis of a comparison by hand, and says why people disagreed."""

    dependencies = [
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
        ("preferences", "0006_judging_measures"),
    ]

    operations = [
        migrations.AddField(
            model_name="comparisondecision",
            name="decided_by",
            field=models.ForeignKey(
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to=settings.AUTH_USER_MODEL,
            ),
        ),
        migrations.AddField(
            model_name="comparisondecision",
            name="reason_code",
            field=models.CharField(blank=True, db_default="", default="", max_length=20),
        ),
        migrations.AddField(
            model_name="comparisondecision",
            name="reason",
            field=models.TextField(blank=True, db_default="", default=""),
        ),
        migrations.RemoveConstraint(
            model_name="comparisondecision",
            name="preferences_decision_method_known",
        ),
        migrations.AddConstraint(
            model_name="comparisondecision",
            constraint=models.CheckConstraint(
                condition=models.Q(("method__in", ["unanimous", "majority", "undecided", "adjudicated"])),
                name="preferences_decision_method_known",
            ),
        ),
        migrations.AddConstraint(
            model_name="comparisondecision",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    (
                        "reason_code__in",
                        [
                            "",
                            "mistake",
                            "misread_clause",
                            "guideline_gap",
                            "ambiguous_prompt",
                            "missing_context",
                            "other",
                        ],
                    )
                ),
                name="preferences_decision_reason_known",
            ),
        ),
        migrations.AddConstraint(
            model_name="comparisondecision",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("method", "adjudicated"), _negated=True),
                    models.Q(
                        models.Q(("outcome", "none"), _negated=True),
                        models.Q(("reason_code", ""), _negated=True),
                        ("decided_by__isnull", False),
                    ),
                    _connector="OR",
                ),
                name="preferences_decision_has_decider",
            ),
        ),
    ]
