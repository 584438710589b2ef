from __future__ import annotations

from django.contrib.postgres.fields import ArrayField
from django.db import models

from active_learning.domain.finding_kinds import FindingKind
from active_learning.domain.outcomes import Outcome
from active_learning.domain.stopping import WANTED_PRECISION
from active_learning.domain.suspect_kinds import ALIKE_FROM, EVERY_LOOK, SuspectKind
from core.db.records import Record


class Scan(Record):
    """One search for decisions that are likely wrong."""

    project = models.ForeignKey("accounts.Project", on_delete=models.PROTECT, related_name="+")
    release = models.ForeignKey("policies.Release", on_delete=models.PROTECT, related_name="+")
    clause_keys = ArrayField(models.CharField(max_length=64))
    looks = ArrayField(models.CharField(max_length=10))
    encoder = models.CharField(max_length=300, default="bundled")
    seed = models.BigIntegerField()
    wanted_precision = models.FloatField(default=WANTED_PRECISION)
    alike_from = models.FloatField(default=ALIKE_FROM)
    metrics = models.JSONField(default=dict)
    job = models.ForeignKey("jobs.Job", on_delete=models.PROTECT, null=True, related_name="+")
    requested_by = models.ForeignKey("accounts.User", on_delete=models.PROTECT, null=True, related_name="+")
    finished_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=models.Q(wanted_precision__gt=0, wanted_precision__lte=1),
                name="active_learning_scan_wants_a_share",
            ),
            models.CheckConstraint(
                condition=models.Q(alike_from__gt=0, alike_from__lte=1),
                name="active_learning_scan_twins_are_alike",
            ),
            models.CheckConstraint(
                condition=models.Q(looks__contained_by=list(EVERY_LOOK), looks__len__gte=1),
                name="active_learning_scan_looks_known",
            ),
        ]
        indexes = [models.Index(fields=["project", "-id"], name="active_learning_scan_newest")]


class Suspect(Record):
    """An answer that is likely wrong, why, and what a person made of it; ranks count within a scan and kind.

    ``subject``: which of a post's answers it is, where one decision rests on several that can be doubted; else empty.
    """

    scan = models.ForeignKey(Scan, on_delete=models.CASCADE, related_name="suspects")
    kind = models.CharField(max_length=10, default=SuspectKind.ANSWER.value)
    post = models.ForeignKey("content.Post", on_delete=models.PROTECT, related_name="+")
    decision_id = models.UUIDField()
    clause_key = models.CharField(max_length=64)
    subject = models.CharField(max_length=80, blank=True, default="")
    rank = models.PositiveIntegerField()
    given = models.CharField(max_length=200)
    likely = models.CharField(max_length=200)
    score = models.FloatField()
    why = models.JSONField(default=dict)
    task_id = models.UUIDField(null=True)
    outcome = models.CharField(max_length=10, default=Outcome.PENDING.value)
    reviewed_by = models.ForeignKey("accounts.User", on_delete=models.PROTECT, null=True, related_name="+")
    reviewed_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["scan", "kind", "post", "clause_key", "subject"],
                name="active_learning_suspect_once",
            ),
            models.CheckConstraint(
                condition=models.Q(outcome__in=[str(outcome) for outcome in Outcome]),
                name="active_learning_suspect_outcome_known",
            ),
            models.CheckConstraint(
                condition=models.Q(kind__in=[str(kind) for kind in SuspectKind]),
                name="active_learning_suspect_kind_known",
            ),
        ]
        indexes = [
            models.Index(fields=["scan", "outcome", "rank"], name="active_learning_suspect_rank"),
            models.Index(fields=["post", "clause_key"], name="active_learning_suspect_post"),
        ]


class ScanFinding(Record):
    """What a scan tells of a post that is no doubted answer; ranks count within a scan and kind."""

    scan = models.ForeignKey(Scan, on_delete=models.CASCADE, related_name="findings")
    kind = models.CharField(max_length=10)
    post = models.ForeignKey("content.Post", on_delete=models.PROTECT, related_name="+")
    other_post = models.ForeignKey("content.Post", on_delete=models.PROTECT, null=True, related_name="+")
    clause_key = models.CharField(max_length=64, blank=True, default="")
    rank = models.PositiveIntegerField()
    score = models.FloatField()
    why = models.JSONField(default=dict)
    task_id = models.UUIDField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["scan", "kind", "post", "clause_key"], name="active_learning_finding_once"
            ),
            models.CheckConstraint(
                condition=models.Q(kind__in=[str(kind) for kind in FindingKind]),
                name="active_learning_finding_kind_known",
            ),
        ]
        indexes = [models.Index(fields=["scan", "kind", "rank"], name="active_learning_finding_rank")]
