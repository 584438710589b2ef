from __future__ import annotations

from django.db import models

from core.db.records import Record


class GoldItem(Record):
    """A post whose answers are known, so that it can be asked among the others to see how well people answer."""

    project = models.ForeignKey("accounts.Project", on_delete=models.PROTECT, related_name="+")
    post = models.ForeignKey("content.Post", on_delete=models.PROTECT, related_name="+")
    release = models.ForeignKey("policies.Release", on_delete=models.PROTECT, related_name="+")
    made_by = models.ForeignKey("accounts.User", on_delete=models.PROTECT, related_name="+")
    explanation = models.TextField(blank=True, default="")
    retired_at = models.DateTimeField(null=True)
    retired_by = models.ForeignKey("accounts.User", on_delete=models.PROTECT, null=True, related_name="+")
    retired_because = models.CharField(max_length=500, blank=True, default="")

    class Meta:
        db_table = "annotation_golditem"
        constraints = [
            models.UniqueConstraint(
                fields=["post"],
                condition=models.Q(retired_at__isnull=True),
                name="annotation_golditem_one_a_post",
            )
        ]
        indexes = [models.Index(fields=["project", "-id"], name="annotation_golditem_project")]


class GoldAnswer(Record):
    """The known answer to one clause, and the meanings of the clause it is known for.

    ``meaning_to`` is None while the newest meaning is the one it was made under; a semantic edit of the clause sets
    it. ``severity_within``: steps of the scale by which a severity may miss; None leaves the severity out of it.
    ``alike_min``: how alike each known region must be to one that was marked (0 to 1); None leaves evidence out.
    ``reason``: why this answer is right, where there is more to say than of the post as a whole.
    """

    item = models.ForeignKey(GoldItem, on_delete=models.PROTECT, related_name="answers")
    clause_key = models.CharField(max_length=64)
    meaning_from = models.PositiveIntegerField()
    meaning_to = models.PositiveIntegerField(null=True)
    answer = models.CharField(max_length=200)
    severity = models.PositiveSmallIntegerField(null=True)
    severity_within = models.PositiveSmallIntegerField(null=True)
    evidence = models.JSONField(default=list)
    alike_min = models.FloatField(null=True)
    reason = models.TextField(blank=True, default="", db_default="")

    class Meta:
        db_table = "annotation_goldanswer"
        constraints = [
            models.UniqueConstraint(fields=["item", "clause_key"], name="annotation_goldanswer_once"),
            models.CheckConstraint(
                condition=models.Q(meaning_to__isnull=True)
                | models.Q(meaning_to__gte=models.F("meaning_from")),
                name="annotation_goldanswer_range",
            ),
            models.CheckConstraint(
                condition=models.Q(alike_min__isnull=True) | models.Q(alike_min__gt=0, alike_min__lte=1),
                name="annotation_goldanswer_alike",
            ),
        ]


class GoldResult(Record):
    """How one answer of one person did against the known one; a fact.

    ``right_severity`` and ``alike`` are None where the known answer says nothing of them.
    ``onboarding_try``: the try in the project's onboarding that it belongs to; None for gold among the work.
    """

    project = models.ForeignKey("accounts.Project", on_delete=models.PROTECT, related_name="+")
    item = models.ForeignKey(GoldItem, on_delete=models.PROTECT, related_name="results")
    submission = models.ForeignKey("queue.Submission", on_delete=models.PROTECT, related_name="+")
    person = models.ForeignKey("accounts.User", on_delete=models.PROTECT, related_name="+")
    clause_key = models.CharField(max_length=64)
    meaning_revision = models.PositiveIntegerField()
    passed = models.BooleanField()
    right_answer = models.BooleanField()
    right_severity = models.BooleanField(null=True)
    alike = models.FloatField(null=True)
    onboarding_try = models.PositiveSmallIntegerField(null=True)

    class Meta:
        db_table = "annotation_goldresult"
        constraints = [
            models.UniqueConstraint(fields=["submission", "clause_key"], name="annotation_goldresult_once")
        ]
        indexes = [
            models.Index(fields=["project", "person", "-id"], name="annotation_goldresult_person"),
            models.Index(fields=["item", "clause_key"], name="annotation_goldresult_item"),
        ]
