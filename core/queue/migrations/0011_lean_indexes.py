import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models

# Indexes that are the beginning of another one, or of which nothing is asked. They go by name: Django's own way of
# dropping a column's index takes conditional unique indexes on the same column with it.
GONE = [
    ("queue_draft_task_id_09d5d1e4", "queue_draft", "task_id"),
    ("queue_lease_slot_id_b24704a8", "queue_lease", "slot_id"),
    ("queue_lease_task_id_23df5f80", "queue_lease", "task_id"),
    ("queue_slot_task_id_e680411f", "queue_slot", "task_id"),
    ("queue_submission_lease_id_a3ccd060", "queue_submission", "lease_id"),
    ("queue_submission_person_id_4efd18d8", "queue_submission", "person_id"),
    ("queue_submission_slot_id_57429529", "queue_submission", "slot_id"),
    ("queue_task_project_id_8178f88e", "queue_task", "project_id"),
]


class Migration(migrations.Migration):
    dependencies = [
        ("accounts", "0004_lean_indexes"),
        ("queue", "0010_predicted_harm"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.SeparateDatabaseAndState(
            database_operations=[
                migrations.RunSQL(f"DROP INDEX {name}", f"CREATE INDEX {name} ON {table} ({column})")
                for name, table, column in GONE
            ],
            state_operations=[
                migrations.AlterField(
                    model_name="draft",
                    name="task",
                    field=models.ForeignKey(
                        db_index=False,
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="drafts",
                        to="queue.task",
                    ),
                ),
                migrations.AlterField(
                    model_name="lease",
                    name="slot",
                    field=models.ForeignKey(
                        db_index=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="leases",
                        to="queue.slot",
                    ),
                ),
                migrations.AlterField(
                    model_name="lease",
                    name="task",
                    field=models.ForeignKey(
                        db_index=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="leases",
                        to="queue.task",
                    ),
                ),
                migrations.AlterField(
                    model_name="slot",
                    name="task",
                    field=models.ForeignKey(
                        db_index=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="slot_rows",
                        to="queue.task",
                    ),
                ),
                migrations.AlterField(
                    model_name="submission",
                    name="lease",
                    field=models.ForeignKey(
                        db_index=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="queue.lease",
                    ),
                ),
                migrations.AlterField(
                    model_name="submission",
                    name="person",
                    field=models.ForeignKey(
                        db_index=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                migrations.AlterField(
                    model_name="submission",
                    name="slot",
                    field=models.ForeignKey(
                        db_index=False,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="queue.slot",
                    ),
                ),
                migrations.AlterField(
                    model_name="task",
                    name="project",
                    field=models.ForeignKey(
                        db_index=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="accounts.project",
                    ),
                ),
            ],
        ),
        migrations.RemoveIndex(
            model_name="lease",
            name="queue_lease_person",
        ),
        migrations.AddIndex(
            model_name="lease",
            index=models.Index(
                condition=models.Q(("state", "held")),
                fields=["person", "expires_at"],
                name="queue_lease_held_by",
            ),
        ),
    ]
