import django.db.models.deletion
import django.db.models.functions.datetime
from django.db import migrations, models

import core.db.identifiers


class Migration(migrations.Migration):
    dependencies = [("exports", "0002_completion_gate")]

    operations = [
        migrations.CreateModel(
            "VersionPiece",
            fields=[
                (
                    "id",
                    models.UUIDField(
                        default=core.db.identifiers.uuid7,
                        editable=False,
                        primary_key=True,
                        serialize=False,
                    ),
                ),
                (
                    "created_at",
                    models.DateTimeField(
                        db_default=django.db.models.functions.datetime.Now(), editable=False
                    ),
                ),
                ("place", models.PositiveIntegerField()),
                ("after", models.UUIDField(null=True)),
                ("until", models.UUIDField(null=True)),
                ("sha256", models.CharField(max_length=64, null=True)),
                (
                    "version",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="pieces",
                        to="exports.version",
                    ),
                ),
            ],
            options={
                "constraints": [
                    models.UniqueConstraint(fields=["version", "place"], name="exports_version_piece_once"),
                    models.CheckConstraint(
                        condition=models.Q(sha256__isnull=True) | models.Q(sha256__regex=r"^[0-9a-f]{64}$"),
                        name="exports_version_piece_sha256_is_hex",
                    ),
                ],
            },
        ),
    ]
