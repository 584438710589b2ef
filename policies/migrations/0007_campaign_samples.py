from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("policies", "0006_precedents")]

    operations = [
        migrations.AddField("campaign", "margin", models.FloatField(blank=True, null=True)),
        migrations.AddField("campaign", "confidence", models.FloatField(default=0.95)),
        migrations.AddField("campaign", "population", models.PositiveIntegerField(blank=True, null=True)),
        migrations.AddField("campaign", "sample_size", models.PositiveIntegerField(blank=True, null=True)),
        migrations.AlterField(
            "campaign",
            "state",
            models.CharField(
                choices=[
                    ("starting", "Starting"),
                    ("running", "Running"),
                    ("paused", "Paused"),
                    ("cancelled", "Cancelled"),
                ],
                default="starting",
                max_length=16,
            ),
        ),
        migrations.RemoveConstraint(model_name="campaign", name="campaign_state_known"),
        migrations.AddConstraint(
            model_name="campaign",
            constraint=models.CheckConstraint(
                condition=models.Q(("state__in", ["starting", "running", "paused", "cancelled"])),
                name="campaign_state_known",
            ),
        ),
        migrations.AddConstraint(
            model_name="campaign",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("margin__isnull", True),
                    models.Q(("margin__gt", 0), ("margin__lt", 0.5)),
                    _connector="OR",
                ),
                name="campaign_margin_sane",
            ),
        ),
        migrations.AddConstraint(
            model_name="campaign",
            constraint=models.CheckConstraint(
                condition=models.Q(("confidence__gt", 0.5), ("confidence__lt", 1)),
                name="campaign_confidence_sane",
            ),
        ),
    ]
