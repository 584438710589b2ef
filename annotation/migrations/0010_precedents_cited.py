from __future__ import annotations

import django.db.models.deletion
import django.db.models.functions.datetime
from django.conf import settings
from django.db import migrations, models

import core.db.identifiers
from core.db.append_only import AppendOnly

_ID = models.UUIDField(
    default=core.db.identifiers.uuid7, editable=False, primary_key=True, serialize=False
)
_CREATED = models.DateTimeField(db_default=django.db.models.functions.datetime.Now(), editable=False)


def _to(model: str, **options: str) -> models.ForeignKey[object, object]:
    return models.ForeignKey(
        on_delete=django.db.models.deletion.PROTECT, to=model, **{"related_name": "+", **options}
    )


class Migration(migrations.Migration):
    dependencies = [
        ("annotation", "0009_rule_changes_told"),
        ("content", "0001_posts_and_assets"),
        ("policies", "0006_precedents"),
        ("queue", "0001_tasks_leases_submissions"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.AddField(
            model_name="decision", name="ruling_id", field=models.UUIDField(null=True)
        ),
        migrations.CreateModel(
            name="PrecedentShowing",
            fields=[
                ("id", _ID),
                ("created_at", _CREATED),
                ("likeness", models.FloatField(null=True)),
                ("like_by", models.CharField(blank=True, default="", max_length=10)),
                ("lease", _to("queue.lease")),
                ("person", _to(settings.AUTH_USER_MODEL)),
                ("post", _to("content.post")),
                ("precedent", _to("policies.precedent")),
            ],
            options={
                "db_table": "annotation_precedentshowing",
                "indexes": [
                    models.Index(fields=["person", "post", "-id"], name="annotation_precedent_person")
                ],
                "constraints": [
                    models.UniqueConstraint(
                        fields=["lease", "precedent"], name="annotation_precedentshowing_once"
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="Citation",
            fields=[
                ("id", _ID),
                ("created_at", _CREATED),
                ("precedent", _to("policies.precedent")),
                ("verdict", _to("annotation.verdict", related_name="citations")),
            ],
            options={
                "db_table": "annotation_citation",
                "indexes": [models.Index(fields=["precedent"], name="annotation_citation_cited")],
                "constraints": [
                    models.UniqueConstraint(
                        fields=["verdict", "precedent"], name="annotation_citation_once"
                    )
                ],
            },
        ),
        AppendOnly("annotation_precedentshowing"),
        AppendOnly("annotation_citation"),
    ]
