import django.db.models.deletion
from django.db import migrations, models

# Indexes that are the beginning of another one, or of which nothing is asked. They go by name: Django's own way of
# dropping a column's index takes conditional unique indexes on the same column with it.
GONE = [
    ("annotation_decision_post_id_81150c03", "annotation_decision", "post_id"),
    ("annotation_decision_project_id_98c929f1", "annotation_decision", "project_id"),
    ("annotation_evidence_verdict_id_d92e0092", "annotation_evidence", "verdict_id"),
    ("annotation_verdict_post_id_a6c6d7b2", "annotation_verdict", "post_id"),
    ("annotation_verdict_project_id_10b73bd7", "annotation_verdict", "project_id"),
    ("annotation_verdict_submission_id_4eb8b8a8", "annotation_verdict", "submission_id"),
]


class Migration(migrations.Migration):
    dependencies = [
        ("accounts", "0004_lean_indexes"),
        ("annotation", "0010_precedents_cited"),
        ("content", "0001_posts_and_assets"),
        ("queue", "0011_lean_indexes"),
    ]

    operations = [
        migrations.SeparateDatabaseAndState(
            database_operations=[
                migrations.RunSQL(f"DROP INDEX {name}", f"CREATE INDEX {name} ON {table} ({column})")
                for name, table, column in GONE
            ],
            state_operations=[
                migrations.AlterField(
                    model_name="decision",
                    name="post",
                    field=models.ForeignKey(
                        db_index=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="content.post",
                    ),
                ),
                migrations.AlterField(
                    model_name="decision",
                    name="project",
                    field=models.ForeignKey(
                        db_index=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="accounts.project",
                    ),
                ),
                migrations.AlterField(
                    model_name="evidence",
                    name="verdict",
                    field=models.ForeignKey(
                        db_index=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="evidence",
                        to="annotation.verdict",
                    ),
                ),
                migrations.AlterField(
                    model_name="verdict",
                    name="post",
                    field=models.ForeignKey(
                        db_index=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="content.post",
                    ),
                ),
                migrations.AlterField(
                    model_name="verdict",
                    name="project",
                    field=models.ForeignKey(
                        db_index=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="accounts.project",
                    ),
                ),
                migrations.AlterField(
                    model_name="verdict",
                    name="submission",
                    field=models.ForeignKey(
                        db_index=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="verdicts",
                        to="queue.submission",
                    ),
                ),
            ],
        ),
    ]
