from __future__ import annotations

from django.db import migrations


class Migration(migrations.Migration):
    """Counts what was there anew: ratings, and what was held of responses of slates. People go on judging meanwhile."""

    dependencies = [
        ("preferences", "0015_tallies_of_slates"),
    ]

    operations = [
        migrations.RunSQL(
            "SET LOCAL statement_timeout = 0; SET LOCAL work_mem = '96MB';"
            " SELECT preferences_tallies_renew(); SET LOCAL work_mem TO DEFAULT",
            migrations.RunSQL.noop,
        ),
    ]
