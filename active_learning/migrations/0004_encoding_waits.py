from __future__ import annotations

import django.db.models.functions.datetime
from django.db import migrations, models

import core.db.identifiers


class Migration(migrations.Migration):
    """What waits for a worker to encode it: ruled posts, texts of clauses, questions of agents."""

    dependencies = [("active_learning", "0003_judging_runs")]

    operations = [
        migrations.CreateModel(
            name="EncodingWait",
            fields=[
                (
                    "id",
                    models.UUIDField(
                        default=core.db.identifiers.uuid7, editable=False, primary_key=True, serialize=False
                    ),
                ),
                (
                    "created_at",
                    models.DateTimeField(
                        db_default=django.db.models.functions.datetime.Now(), editable=False
                    ),
                ),
                ("subject", models.CharField(max_length=80, unique=True)),
                ("text", models.TextField(blank=True)),
                ("attempts", models.PositiveSmallIntegerField(db_default=0, default=0)),
                ("due_at", models.DateTimeField(db_default=django.db.models.functions.datetime.Now())),
            ],
            options={
                "db_table": "active_learning_encodingwait",
                "indexes": [models.Index(fields=["due_at"], name="active_learning_encoding_due")],
            },
        ),
    ]
