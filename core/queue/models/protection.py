"""What keeps people from harm: what is known about posts, what people and projects set, what is shut, what was seen."""

from __future__ import annotations

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models.functions import Now

from core.db.identifiers import uuid7
from core.db.records import Record
from core.queue.domain.harm import MOST, UNKNOWN
from core.queue.domain.reveals import Mode, Purpose


def _words(length: int = 45) -> ArrayField[list[str], list[str]]:
    return ArrayField(models.CharField(max_length=length), default=list)


class Ward(models.Model):
    """One sort of post, as far as it matters to whom one may be handed: harm and language. Few rows, never changed.

    Number 0, which has no row, is what nothing is known about, in a language nobody named.
    """

    id = models.AutoField(primary_key=True)
    severity = models.SmallIntegerField(default=UNKNOWN)
    keys = _words()
    language = models.CharField(max_length=35, default="")

    class Meta:
        db_table = "queue_ward"
        constraints = [
            models.UniqueConstraint(fields=["severity", "keys", "language"], name="queue_ward_once"),
            models.CheckConstraint(
                condition=models.Q(severity__gte=UNKNOWN, severity__lte=MOST), name="queue_ward_severity"
            ),
        ]


class Harm(models.Model):
    """How harmful a post is: as its import stated, as decisions found, as a model that a project trusts predicts.

    ``severity`` and ``keys`` are the worse of the first two; the third counts while both are silent.
    """

    post = models.OneToOneField("content.Post", on_delete=models.CASCADE, primary_key=True, related_name="+")
    severity = models.SmallIntegerField()
    keys = _words()
    stated_severity = models.SmallIntegerField(null=True)
    stated_categories = _words()
    found_severity = models.SmallIntegerField(null=True)
    found_categories = _words()
    predicted_severity = models.SmallIntegerField(null=True)
    predicted_categories = ArrayField(models.CharField(max_length=45), db_default=[])
    changed_at = models.DateTimeField(db_default=Now())

    class Meta:
        db_table = "queue_harm"
        constraints = [
            models.CheckConstraint(
                condition=models.Q(severity__gte=0, severity__lte=MOST), name="queue_harm_severity"
            )
        ]


class OrganizationProtection(models.Model):
    """What an organization set; see `core.queue.domain.protection.OrganizationSettings`."""

    organization = models.OneToOneField(
        "accounts.Organization", on_delete=models.CASCADE, primary_key=True, related_name="+"
    )
    document = models.JSONField()

    class Meta:
        db_table = "queue_protection_organization"


class ProjectProtection(models.Model):
    """What a project set."""

    project = models.OneToOneField(
        "accounts.Project", on_delete=models.CASCADE, primary_key=True, related_name="+"
    )
    document = models.JSONField()

    class Meta:
        db_table = "queue_protection_project"


class PersonProtection(models.Model):
    """What a person set for themselves."""

    person = models.OneToOneField(
        "accounts.User", on_delete=models.CASCADE, primary_key=True, related_name="+"
    )
    document = models.JSONField()

    class Meta:
        db_table = "queue_protection_person"


class ProjectLimit(models.Model):
    """The settings of a project and its organization, as the claim reads them; no row: those built in."""

    project = models.OneToOneField(
        "accounts.Project", on_delete=models.CASCADE, primary_key=True, related_name="+"
    )
    asks = _words()
    expected_severity = models.SmallIntegerField()
    expected_keys = _words()
    counts_from = models.SmallIntegerField()
    break_after_seconds = models.IntegerField(null=True)
    break_seconds = models.IntegerField()
    severe_in_a_row = models.SmallIntegerField()
    then_benign = models.SmallIntegerField()
    benign_most = models.SmallIntegerField()
    cool_down_seconds = models.IntegerField()

    class Meta:
        db_table = "queue_projectlimit"


class PersonLimit(models.Model):
    """What a person chose, as the claim reads it, and where they are in their work, over all projects."""

    person = models.OneToOneField(
        "accounts.User", on_delete=models.CASCADE, primary_key=True, related_name="+"
    )
    accepted = ArrayField(models.CharField(max_length=45), db_default=[])
    refused = ArrayField(models.CharField(max_length=45), db_default=[])
    severity_most = models.SmallIntegerField(db_default=MOST)
    languages = ArrayField(models.CharField(max_length=35), null=True)
    counts_from = models.SmallIntegerField(db_default=MOST + 1)
    break_after_seconds = models.IntegerField(null=True)
    break_seconds = models.IntegerField(null=True)
    work_since = models.DateTimeField(null=True)
    last_work_at = models.DateTimeField(null=True)
    severe_run = models.SmallIntegerField(db_default=0)
    benign_due = models.SmallIntegerField(db_default=0)
    severe_next_at = models.DateTimeField(null=True)

    class Meta:
        db_table = "queue_personlimit"


class Closure(Record):
    """What is shut to a person until a time of the database's clock: all work, or what is of a category and severity.

    ``rule`` names what shut it, so that it is written once; without a project it holds in all of them.
    """

    person = models.ForeignKey("accounts.User", on_delete=models.CASCADE, related_name="+", db_index=False)
    project = models.ForeignKey(
        "accounts.Project", on_delete=models.CASCADE, null=True, related_name="+", db_index=False
    )
    rule = models.CharField(max_length=120)
    why = models.CharField(max_length=10)
    severity_from = models.SmallIntegerField(default=0)
    keys = ArrayField(models.CharField(max_length=45), null=True)
    until = models.DateTimeField()
    may_end = models.BooleanField(default=False)

    class Meta:
        db_table = "queue_closure"
        constraints = [
            models.UniqueConstraint(
                fields=["person", "project", "rule"], name="queue_closure_once", nulls_distinct=False
            ),
            models.CheckConstraint(
                condition=models.Q(why__in=["budget", "break", "stopped"]), name="queue_closure_why_known"
            ),
        ]


class Reveal(models.Model):
    """A person uncovered a post or a part of it: written before a byte is sent, and what every exposure is summed from.

    Mode ``handed`` stands for having been handed the post at all, with no seconds. No post: a file that stands in none.
    """

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    created_at = models.DateTimeField(db_default=Now(), editable=False)
    project = models.ForeignKey(
        "accounts.Project", on_delete=models.CASCADE, related_name="+", db_index=False
    )
    person = models.ForeignKey("accounts.User", on_delete=models.CASCADE, related_name="+", db_index=False)
    post = models.ForeignKey("content.Post", on_delete=models.CASCADE, null=True, related_name="+")
    part_id = models.UUIDField(null=True)
    lease_id = models.UUIDField(null=True)
    asset_sha256 = models.CharField(max_length=64, db_default="")
    mode = models.CharField(max_length=8)
    purpose = models.CharField(max_length=8)
    severity = models.SmallIntegerField()
    categories = ArrayField(models.CharField(max_length=40), db_default=[])
    seconds = models.FloatField(db_default=0.0)
    beat_at = models.DateTimeField(db_default=Now())
    is_over = models.BooleanField(db_default=False)
    serves = models.IntegerField(db_default=0)
    bytes_sent = models.BigIntegerField(db_default=0)

    class Meta:
        db_table = "queue_reveal"
        constraints = [
            models.CheckConstraint(
                condition=models.Q(mode__in=[str(mode) for mode in Mode]), name="queue_reveal_mode_known"
            ),
            models.CheckConstraint(
                condition=models.Q(purpose__in=[str(purpose) for purpose in Purpose]),
                name="queue_reveal_purpose_known",
            ),
            models.CheckConstraint(
                condition=models.Q(seconds__gte=0, seconds__lte=86400), name="queue_reveal_seconds_sane"
            ),
        ]
        indexes = [
            models.Index(fields=["person", "-created_at"], name="queue_reveal_person"),
            models.Index(fields=["project", "-created_at"], name="queue_reveal_project"),
            models.Index(
                fields=["person", "post"], condition=models.Q(is_over=False), name="queue_reveal_open"
            ),
        ]


class CheckIn(Record):
    """How a person said they were; theirs alone, kept apart from all work."""

    person = models.ForeignKey("accounts.User", on_delete=models.CASCADE, related_name="+")
    mood = models.SmallIntegerField()
    words = models.TextField(blank=True, default="")

    class Meta:
        db_table = "queue_checkin"
        constraints = [
            models.CheckConstraint(condition=models.Q(mood__gte=1, mood__lte=5), name="queue_checkin_mood")
        ]
