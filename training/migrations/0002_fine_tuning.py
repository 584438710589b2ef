from __future__ import annotations

from django.db import migrations, models

KNOWN = ["reward", "dpo", "grpo", "sft", "sft_pc", "guard", "sft_vlm", "encoder"]


class Migration(migrations.Migration):
    dependencies = [("training", "0001_runs_files_scores")]

    operations = [
        migrations.RemoveConstraint("trainingrun", "training_run_recipe_known"),
        migrations.AddConstraint(
            "trainingrun",
            models.CheckConstraint(
                condition=models.Q(recipe__in=KNOWN), name="training_run_recipe_known"
            ),
        ),
    ]
