from __future__ import annotations

from django.contrib.postgres.fields import ArrayField
from django.db import models

from core.db.identifiers import uuid7
from core.db.records import Record


class QualityRules(Record):
    """How a project asks: answers a post, one more where people disagree, known answers among the work, pauses.

    ``clauses``: by clause key ``{"overlap": answers, "asks_more": bool}``, where a clause differs from the rest.
    ``again_share``: of the pairs a person judges, how many they have judged before, with at least ``again_after``
    others in between.
    ``onboards_since``: members who joined from then on answer the onboarding set first; None where there is none.
    """

    project = models.OneToOneField("accounts.Project", on_delete=models.CASCADE, related_name="+")
    overlap = models.PositiveSmallIntegerField(default=1)
    clauses = models.JSONField(default=dict)
    answers_most = models.PositiveSmallIntegerField(default=0)
    agree_share = models.FloatField(default=0.6)
    gold_share = models.FloatField(default=0.0)
    again_share = models.FloatField(default=0.0, db_default=0.0)
    again_after = models.PositiveSmallIntegerField(default=30, db_default=30)
    gold_again_days = models.PositiveSmallIntegerField(null=True)
    shows_gold_results = models.BooleanField(default=False)
    pause_below = models.FloatField(null=True)
    pause_window = models.PositiveSmallIntegerField(default=20)
    onboards_since = models.DateTimeField(null=True)
    onboarding_pass = models.FloatField(default=0.8)
    onboarding_tries = models.PositiveSmallIntegerField(null=True)

    class Meta:
        db_table = "queue_rules"
        constraints = [
            models.CheckConstraint(
                condition=models.Q(overlap__gte=1, overlap__lte=50, answers_most__lte=50),
                name="queue_rules_overlap_sane",
            ),
            models.CheckConstraint(
                condition=models.Q(gold_share__gte=0, gold_share__lte=0.5), name="queue_rules_gold_share"
            ),
            models.CheckConstraint(
                condition=models.Q(again_share__gte=0, again_share__lte=0.5), name="queue_rules_again_share"
            ),
            models.CheckConstraint(
                condition=models.Q(agree_share__gt=0.5, agree_share__lte=1), name="queue_rules_agree_share"
            ),
            models.CheckConstraint(
                condition=models.Q(pause_below__isnull=True) | models.Q(pause_below__gt=0, pause_below__lt=1),
                name="queue_rules_pause_below",
            ),
            models.CheckConstraint(
                condition=models.Q(onboarding_pass__gt=0, onboarding_pass__lte=1),
                name="queue_rules_onboarding_pass",
            ),
        ]


class GoldOffer(Record):
    """A post whose answers are known under a release, so that the queue may hand it out among the others.

    ``clause_keys`` is what a task about everything would ask of the post under that release, ``known_keys`` those of
    which the answer is known. Kept by the app that knows answers.
    """

    project = models.ForeignKey("accounts.Project", on_delete=models.CASCADE, related_name="+")
    item_id = models.UUIDField()
    post = models.ForeignKey("content.Post", on_delete=models.CASCADE, related_name="+")
    release_id = models.UUIDField()
    clause_keys = ArrayField(models.CharField(max_length=80))
    known_keys = ArrayField(models.CharField(max_length=80))

    class Meta:
        db_table = "queue_goldoffer"
        constraints = [models.UniqueConstraint(fields=["item_id", "release_id"], name="queue_goldoffer_once")]
        indexes = [models.Index(fields=["project", "release_id"], name="queue_goldoffer_release")]


class PairOffer(Record):
    """A pair of responses whose answers to ``known_keys`` are known under a release; kept by who knows them.

    ``ward_id`` is that of its language, where it is about no post.
    """

    project = models.ForeignKey("accounts.Project", on_delete=models.CASCADE, related_name="+")
    item_id = models.UUIDField()
    comparison_id = models.UUIDField()
    post = models.ForeignKey("content.Post", on_delete=models.CASCADE, null=True, related_name="+")
    release_id = models.UUIDField()
    known_keys = ArrayField(models.CharField(max_length=80))
    ward_id = models.IntegerField(default=0)

    class Meta:
        db_table = "queue_pairoffer"
        constraints = [models.UniqueConstraint(fields=["item_id", "release_id"], name="queue_pairoffer_once")]
        indexes = [models.Index(fields=["project", "release_id"], name="queue_pairoffer_release")]


class SpareId(models.Model):
    """An identifier that was made in line with those of a batch of tasks and given to none of them.

    A gold task takes one, so that its identifier says nothing about when or how it was made.
    """

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    project = models.ForeignKey("accounts.Project", on_delete=models.CASCADE, related_name="+")

    class Meta:
        db_table = "queue_spareid"
        indexes = [models.Index(fields=["project", "id"], name="queue_spareid_project")]


class Pause(Record):
    """A stop of one person's work in one project, with its reason; what became of the appeal stands beside it."""

    project = models.ForeignKey("accounts.Project", on_delete=models.PROTECT, related_name="+")
    person = models.ForeignKey("accounts.User", on_delete=models.PROTECT, related_name="+")
    reason = models.TextField()
    by = models.ForeignKey("accounts.User", on_delete=models.PROTECT, null=True, related_name="+")
    figures = models.JSONField(default=dict)
    appeal = models.TextField(blank=True, default="")
    appealed_at = models.DateTimeField(null=True)
    answer = models.TextField(blank=True, default="")
    answered_by = models.ForeignKey("accounts.User", on_delete=models.PROTECT, null=True, related_name="+")
    answered_at = models.DateTimeField(null=True)
    ended_at = models.DateTimeField(null=True)

    class Meta:
        db_table = "queue_pause"
        constraints = [
            models.UniqueConstraint(
                fields=["project", "person"],
                condition=models.Q(ended_at__isnull=True),
                name="queue_pause_one_open",
            ),
            models.CheckConstraint(condition=~models.Q(reason=""), name="queue_pause_says_why"),
            models.CheckConstraint(
                condition=models.Q(appealed_at__isnull=True) | ~models.Q(appeal=""),
                name="queue_pause_appeal_says_why",
            ),
            models.CheckConstraint(
                condition=models.Q(answered_at__isnull=True) | ~models.Q(answer=""),
                name="queue_pause_answer_says_why",
            ),
        ]
        indexes = [models.Index(fields=["project", "-id"], name="queue_pause_project")]
