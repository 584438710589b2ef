from __future__ import annotations

from django.db import migrations, models

_STATES = ["starting", "running", "pausing", "paused", "resuming", "cancelling", "cancelled"]


class Migration(migrations.Migration):
    """A campaign whose tasks follow what was wanted of it batch by batch says so."""

    dependencies = [("policies", "0008_keys_are_kept")]

    operations = [
        migrations.RemoveConstraint(model_name="campaign", name="campaign_state_known"),
        migrations.AlterField(
            model_name="campaign",
            name="state",
            field=models.CharField(
                choices=[(state, state.title()) for state in _STATES], default="starting", max_length=16
            ),
        ),
        migrations.AddConstraint(
            model_name="campaign",
            constraint=models.CheckConstraint(
                condition=models.Q(("state__in", _STATES)), name="campaign_state_known"
            ),
        ),
    ]
