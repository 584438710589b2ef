"""Writing together: saved versions of drafts, comments, suggestions, review requests, who is in a draft."""

from __future__ import annotations

import core.db.identifiers
import django.db.models.deletion
import django.db.models.functions.datetime
from core.db.append_only import AppendOnly, FrozenWhen
from django.conf import settings
from django.db import migrations, models
from django.db.models import Q

_ID = (
    "id",
    models.UUIDField(default=core.db.identifiers.uuid7, editable=False, primary_key=True, serialize=False),
)
_CREATED = (
    "created_at",
    models.DateTimeField(db_default=django.db.models.functions.datetime.Now(), editable=False),
)


def _release(related_name: str, on_delete: object = django.db.models.deletion.PROTECT) -> models.ForeignKey:
    return models.ForeignKey(on_delete=on_delete, related_name=related_name, to="policies.release")


def _person(
    *, optional: bool = False, on_delete: object = django.db.models.deletion.PROTECT
) -> models.ForeignKey:
    return models.ForeignKey(
        blank=optional, null=optional, on_delete=on_delete, related_name="+", to=settings.AUTH_USER_MODEL
    )


# A suggestion says the same from first to last; what may come to it, once, is the decision.
_DECISION = "ARRAY['state', 'decided_at', 'decided_by_id', 'decided_note']"
_SUGGESTION_FINAL = (
    f"OLD.state <> 'open' OR coalesce((to_jsonb(OLD) - {_DECISION}) <> (to_jsonb(NEW) - {_DECISION}), true)"
)


class Migration(migrations.Migration):
    dependencies = [
        ("policies", "0004_wordings_media_lineage"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.AddField("policy", "approvals_required", models.PositiveSmallIntegerField(default=1)),
        migrations.AddConstraint(
            "policy",
            models.CheckConstraint(
                condition=Q(("approvals_required__gte", 1), ("approvals_required__lte", 10)),
                name="policy_approvals_1_to_10",
            ),
        ),
        migrations.CreateModel(
            name="DraftVersion",
            fields=[
                _ID,
                _CREATED,
                ("clause_key", models.CharField(blank=True, default="", max_length=64)),
                ("version", models.PositiveIntegerField()),
                (
                    "action",
                    models.CharField(
                        choices=[
                            ("written", "Written"),
                            ("added", "Added"),
                            ("split", "Split"),
                            ("merged", "Merged"),
                            ("suggested", "Suggested"),
                            ("restored", "Restored"),
                            ("taken_out", "Taken Out"),
                        ],
                        default="written",
                        max_length=16,
                    ),
                ),
                ("document", models.JSONField()),
                ("release", _release("versions")),
                ("saved_by", _person()),
            ],
            options={
                "constraints": [
                    models.UniqueConstraint(
                        fields=("release", "clause_key", "version"), name="draft_version_saved_once"
                    ),
                    models.CheckConstraint(
                        condition=Q(
                            (
                                "action__in",
                                ["written", "added", "split", "merged", "suggested", "restored", "taken_out"],
                            )
                        ),
                        name="draft_version_action_known",
                    ),
                ]
            },
        ),
        migrations.CreateModel(
            name="Comment",
            fields=[
                _ID,
                _CREATED,
                ("clause_key", models.CharField(max_length=64)),
                ("at", models.CharField(blank=True, default="", max_length=80)),
                ("clause_version", models.PositiveIntegerField()),
                ("quote", models.TextField(blank=True, default="")),
                ("text", models.TextField()),
                ("resolved_at", models.DateTimeField(blank=True, null=True)),
                (
                    "answers",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="replies",
                        to="policies.comment",
                    ),
                ),
                ("author", _person()),
                ("release", _release("comments")),
                ("resolved_by", _person(optional=True)),
            ],
            options={
                "constraints": [
                    models.CheckConstraint(
                        condition=Q(("text", ""), _negated=True), name="comment_says_something"
                    ),
                    models.CheckConstraint(
                        condition=Q(
                            Q(("resolved_at__isnull", True), ("resolved_by__isnull", True)),
                            Q(
                                ("answers__isnull", True),
                                ("resolved_at__isnull", False),
                                ("resolved_by__isnull", False),
                            ),
                            _connector="OR",
                        ),
                        name="comment_resolved_says_when_and_who",
                    ),
                ]
            },
        ),
        migrations.CreateModel(
            name="Suggestion",
            fields=[
                _ID,
                _CREATED,
                ("clause_key", models.CharField(max_length=64)),
                ("at", models.CharField(max_length=80)),
                ("clause_version", models.PositiveIntegerField()),
                ("before", models.TextField(blank=True, default="")),
                ("proposed", models.TextField(blank=True, default="")),
                ("why", models.TextField(blank=True, default="")),
                (
                    "state",
                    models.CharField(
                        choices=[
                            ("open", "Open"),
                            ("accepted", "Accepted"),
                            ("rejected", "Rejected"),
                            ("withdrawn", "Withdrawn"),
                        ],
                        default="open",
                        max_length=16,
                    ),
                ),
                ("decided_at", models.DateTimeField(blank=True, null=True)),
                ("decided_note", models.TextField(blank=True, default="")),
                ("author", _person()),
                ("decided_by", _person(optional=True)),
                ("release", _release("suggestions")),
            ],
            options={
                "constraints": [
                    models.CheckConstraint(
                        condition=Q(("state__in", ["open", "accepted", "rejected", "withdrawn"])),
                        name="suggestion_state_known",
                    ),
                    models.CheckConstraint(
                        condition=Q(
                            Q(("decided_at__isnull", True), ("decided_by__isnull", True), ("state", "open")),
                            Q(
                                Q(("state", "open"), _negated=True),
                                ("decided_at__isnull", False),
                                ("decided_by__isnull", False),
                            ),
                            _connector="OR",
                        ),
                        name="suggestion_decided_says_when_and_who",
                    ),
                ]
            },
        ),
        migrations.CreateModel(
            name="ReviewRequest",
            fields=[
                _ID,
                _CREATED,
                ("withdrawn_at", models.DateTimeField(blank=True, null=True)),
                ("asked_by", _person()),
                ("person", _person()),
                ("release", _release("review_requests")),
            ],
            options={
                "constraints": [
                    models.UniqueConstraint(
                        condition=Q(("withdrawn_at__isnull", True)),
                        fields=("release", "person"),
                        name="review_asked_once_per_person",
                    )
                ]
            },
        ),
        migrations.CreateModel(
            name="DraftPresence",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("clause_key", models.CharField(blank=True, default="", max_length=64)),
                ("seen_at", models.DateTimeField()),
                ("person", _person(on_delete=django.db.models.deletion.CASCADE)),
                ("release", _release("presences", django.db.models.deletion.CASCADE)),
            ],
            options={
                "constraints": [
                    models.UniqueConstraint(
                        fields=("release", "person"), name="draft_presence_once_per_person"
                    )
                ]
            },
        ),
        AppendOnly("policies_draftversion"),
        FrozenWhen("policies_comment", "true", ("resolved_at", "resolved_by_id")),
        FrozenWhen("policies_suggestion", _SUGGESTION_FINAL),
        FrozenWhen("policies_reviewrequest", "true", ("withdrawn_at",)),
    ]
