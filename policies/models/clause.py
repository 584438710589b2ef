from __future__ import annotations

from django.conf import settings
from django.db import models
from django.db.models import Q

from core.db.records import Record
from policies.models.policy import KEY_PATTERN


class ClauseIdentity(Record):
    """A clause key taken by one policy of a project, for ever, and the newest meaning released under it.

    Within a project (key, meaning revision) names one meaning, whatever release an answer was given under.
    """

    project = models.ForeignKey("accounts.Project", on_delete=models.PROTECT, related_name="+")
    policy = models.ForeignKey("policies.Policy", on_delete=models.PROTECT, related_name="identities")
    key = models.CharField(max_length=64)
    latest_revision = models.PositiveIntegerField(default=0)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["project", "key"], name="clause_key_once_per_project"),
            models.CheckConstraint(condition=Q(key__regex=KEY_PATTERN), name="clause_identity_key_is_slug"),
        ]

    def __str__(self) -> str:
        return self.key


class ClauseChange(models.TextChoices):
    """How a clause of a draft differs in meaning from the release the draft is based on."""

    NEW = "new"
    NONE = "none"
    EDITORIAL = "editorial"
    SEMANTIC = "semantic"
    UNDECIDED = "undecided"


class Clause(Record):
    """One clause as one release says it; its text is validated as a `ClauseDocument`."""

    release = models.ForeignKey("policies.Release", on_delete=models.CASCADE, related_name="clauses")
    key = models.CharField(max_length=64)
    parent_key = models.CharField(max_length=64, blank=True, default="")
    position = models.PositiveIntegerField()
    version = models.PositiveIntegerField(default=1)
    kind = models.CharField(max_length=16)
    title = models.CharField(max_length=500)
    question = models.CharField(max_length=500, blank=True, default="")
    blocks = models.JSONField(default=list)
    answers = models.JSONField(default=list)
    severities = models.JSONField(default=list)
    modalities = models.JSONField(default=list)
    evidence_kinds = models.JSONField(default=list)
    requires = models.JSONField(default=dict)
    relations = models.JSONField(default=list)
    codes = models.JSONField(default=list)
    language = models.CharField(max_length=35, blank=True, default="")
    translations = models.JSONField(default=list, blank=True)
    meaning_revision = models.PositiveIntegerField(null=True, blank=True)
    change = models.CharField(max_length=16, choices=ClauseChange, default=ClauseChange.NEW)
    change_reason = models.TextField(blank=True, default="")
    decided_sha256 = models.CharField(max_length=64, blank=True, default="")
    edited_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    edited_at = models.DateTimeField(auto_now=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["release", "key"], name="clause_key_once_per_release"),
            models.CheckConstraint(condition=Q(key__regex=KEY_PATTERN), name="clause_key_is_slug"),
            models.CheckConstraint(condition=Q(kind__in=["verdict", "axis"]), name="clause_kind_known"),
            models.CheckConstraint(condition=Q(change__in=ClauseChange.values), name="clause_change_known"),
            models.CheckConstraint(
                condition=Q(meaning_revision__isnull=True) | Q(meaning_revision__gte=1),
                name="clause_meaning_from_1",
            ),
            models.CheckConstraint(
                condition=~Q(parent_key=models.F("key")), name="clause_is_not_its_own_parent"
            ),
        ]

    def __str__(self) -> str:
        return self.key
