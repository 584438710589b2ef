import django.db.models.deletion
from django.db import migrations, models

# What pages told of uncovered material so far counts on, as no harm is known of it.
COUNTED = """
INSERT INTO queue_reveal (
  id, created_at, project_id, person_id, post_id, part_id, lease_id, mode, purpose, severity, seconds, beat_at, is_over)
SELECT id, created_at, project_id, person_id, post_id, part_id, lease_id, 'full', 'unsaid', 1, seconds, created_at, true
FROM queue_viewevent WHERE is_revealed
"""


class Migration(migrations.Migration):
    dependencies = [
        ("content", "0001_posts_and_assets"),
        ("queue", "0004_protection"),
    ]

    operations = [
        migrations.AlterField(
            model_name="reveal",
            name="post",
            field=models.ForeignKey(
                null=True,
                on_delete=django.db.models.deletion.CASCADE,
                related_name="+",
                to="content.post",
            ),
        ),
        migrations.RunSQL(COUNTED, migrations.RunSQL.noop),
    ]
