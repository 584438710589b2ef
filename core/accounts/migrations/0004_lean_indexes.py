import django.db.models.deletion
from django.db import migrations, models

# Indexes that are the beginning of another one, or of which nothing is asked. They go by name: Django's own way of
# dropping a column's index takes conditional unique indexes on the same column with it.
GONE = [
    ("accounts_auditevent_project_id_c9e05770", "accounts_auditevent", "project_id"),
]


class Migration(migrations.Migration):
    dependencies = [
        ("accounts", "0003_personal_settings"),
    ]

    operations = [
        migrations.SeparateDatabaseAndState(
            database_operations=[
                migrations.RunSQL(f"DROP INDEX {name}", f"CREATE INDEX {name} ON {table} ({column})")
                for name, table, column in GONE
            ],
            state_operations=[
                migrations.AlterField(
                    model_name="auditevent",
                    name="project",
                    field=models.ForeignKey(
                        db_index=False,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="accounts.project",
                    ),
                ),
            ],
        ),
    ]
