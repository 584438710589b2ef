"""Tasks about comparisons carry the post they are about, so that who is handed a pair may see it."""

from __future__ import annotations

from django.db import migrations

_FILL = """
UPDATE queue_task AS task SET post_id = prompt.post_id
FROM preferences_comparison AS comparison
JOIN preferences_prompt AS prompt ON prompt.id = comparison.prompt_id
WHERE task.kind = 'compare' AND task.comparison_id = comparison.id
  AND task.post_id IS NULL AND prompt.post_id IS NOT NULL
"""


class Migration(migrations.Migration):
    dependencies = [
        ("preferences", "0002_judgments_append_only"),
        ("queue", "0001_tasks_leases_submissions"),
    ]

    operations = [migrations.RunSQL(_FILL, migrations.RunSQL.noop)]
