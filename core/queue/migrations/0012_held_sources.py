import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("accounts", "0004_lean_indexes"),
        ("queue", "0011_lean_indexes"),
    ]

    operations = [
        migrations.CreateModel(
            name="HeldSource",
            fields=[
                ("source_id", models.UUIDField(primary_key=True, serialize=False)),
                (
                    "project",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="+", to="accounts.project"
                    ),
                ),
            ],
            options={"db_table": "queue_heldsource"},
        ),
        migrations.RemoveConstraint(model_name="slot", name="queue_slot_state_known"),
        migrations.AddConstraint(
            model_name="slot",
            constraint=models.CheckConstraint(
                condition=models.Q(("state__in", ["open", "paused", "leased", "filled", "withdrawn"])),
                name="queue_slot_state_known",
            ),
        ),
    ]
