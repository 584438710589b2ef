from __future__ import annotations

from django.db import migrations


class Migration(migrations.Migration):
    """Counts what was there before the database counted by itself. People go on answering meanwhile."""

    dependencies = [
        ("annotation", "0015_tallies"),
    ]

    operations = [
        migrations.RunSQL(
            "SET LOCAL statement_timeout = 0; SET LOCAL work_mem = '96MB';"
            " SELECT annotation_tallies_renew(); SET LOCAL work_mem TO DEFAULT",
            migrations.RunSQL.noop,
        ),
    ]
