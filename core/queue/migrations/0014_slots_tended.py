from django.db import migrations


class Migration(migrations.Migration):
    """What was handed out leaves the index of what is open before a claim has to walk past much of it.

    Each answer leaves an entry there that every later claim steps over until the table is vacuumed, which by default is
    done when a fifth of all slots have changed; and a vacuum that finds little to do leaves the indexes as they are.
    """

    dependencies = [("queue", "0013_pairs_mixed_in")]

    operations = [
        migrations.RunSQL(
            "ALTER TABLE queue_slot SET (autovacuum_vacuum_scale_factor = 0.01, autovacuum_vacuum_threshold = 2000,"
            " vacuum_index_cleanup = on)",
            "ALTER TABLE queue_slot RESET (autovacuum_vacuum_scale_factor, autovacuum_vacuum_threshold,"
            " vacuum_index_cleanup)",
        )
    ]
