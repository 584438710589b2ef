from __future__ import annotations

from django.contrib.postgres.fields import ArrayField
from django.db import models

from core.db.records import Record
from core.queue.domain.states import LeaseState, SlotState, TaskKind, TaskState
from core.queue.models.protection import Ward


def _one_of(
    field: str, values: type[TaskKind] | type[TaskState] | type[SlotState] | type[LeaseState]
) -> models.Q:
    return models.Q(**{f"{field}__in": [str(value) for value in values]})


class Task(Record):
    """A wish for answers: about one post or one comparison, under one release, to a set of its clauses."""

    project = models.ForeignKey(
        "accounts.Project", on_delete=models.PROTECT, related_name="+", db_index=False
    )
    kind = models.CharField(max_length=10)
    post = models.ForeignKey("content.Post", on_delete=models.PROTECT, null=True, related_name="+")
    comparison_id = models.UUIDField(null=True)
    release_id = models.UUIDField()
    clause_keys = ArrayField(models.CharField(max_length=80))
    slots = models.PositiveSmallIntegerField()
    priority = models.FloatField(default=0.0)
    state = models.CharField(max_length=10, default=TaskState.OPEN.value)
    source = models.CharField(max_length=20, default="manual")
    source_id = models.UUIDField(null=True)
    context = models.JSONField(default=dict)

    class Meta:
        constraints = [
            models.CheckConstraint(condition=_one_of("kind", TaskKind), name="queue_task_kind_known"),
            models.CheckConstraint(condition=_one_of("state", TaskState), name="queue_task_state_known"),
            models.CheckConstraint(
                condition=models.Q(kind="label", post__isnull=False, comparison_id__isnull=True)
                | models.Q(kind="compare", comparison_id__isnull=False),
                name="queue_task_has_its_subject",
            ),
            models.CheckConstraint(
                condition=models.Q(slots__gte=1, slots__lte=50), name="queue_task_slots_sane"
            ),
        ]
        indexes = [
            models.Index(fields=["project", "kind", "state"], name="queue_task_project"),
            models.Index(
                fields=["source_id"], condition=models.Q(source_id__isnull=False), name="queue_task_source"
            ),
            models.Index(fields=["comparison_id"], name="queue_task_comparison"),
        ]


class Slot(Record):
    """Room for one answer; carries what the queue sorts by, so that the next one is found in one index.

    ``clause_keys`` is there where this answer is asked less than the whole task. Kind ``gold``: room in a task with
    a known answer, for the one person to whom the queue gave it.
    """

    task = models.ForeignKey(Task, on_delete=models.PROTECT, related_name="slot_rows", db_index=False)
    ordinal = models.PositiveSmallIntegerField()
    project = models.ForeignKey("accounts.Project", on_delete=models.PROTECT, related_name="+")
    kind = models.CharField(max_length=10)
    priority = models.FloatField(default=0.0)
    state = models.CharField(max_length=10, default=SlotState.OPEN.value)
    clause_keys = ArrayField(models.CharField(max_length=80), null=True)
    ward = models.ForeignKey(
        Ward,
        on_delete=models.DO_NOTHING,
        related_name="+",
        db_index=False,
        db_constraint=False,
        default=0,
        db_default=0,
    )

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["task", "ordinal"], name="queue_slot_once"),
            models.CheckConstraint(condition=_one_of("state", SlotState), name="queue_slot_state_known"),
        ]
        indexes = [
            models.Index(
                "project",
                "kind",
                "ward",
                models.F("priority").desc(),
                "task",
                "ordinal",
                condition=models.Q(state="open"),
                name="queue_slot_next",
            ),
        ]


class HeldSource(models.Model):
    """What ordered tasks and is paused: its slots that nobody holds are handed to nobody while the row is there."""

    source_id = models.UUIDField(primary_key=True)
    project = models.ForeignKey("accounts.Project", on_delete=models.CASCADE, related_name="+")

    class Meta:
        db_table = "queue_heldsource"


class Lease(Record):
    """One person's hold on one slot: the epoch rises each time it is handed out again."""

    task = models.ForeignKey(Task, on_delete=models.PROTECT, related_name="leases", db_index=False)
    slot = models.ForeignKey(Slot, on_delete=models.PROTECT, related_name="leases", db_index=False)
    person = models.ForeignKey("accounts.User", on_delete=models.PROTECT, related_name="+")
    epoch = models.PositiveIntegerField(default=1)
    state = models.CharField(max_length=10, default=LeaseState.HELD.value)
    expires_at = models.DateTimeField()
    reason = models.CharField(max_length=500, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["task", "person"], name="queue_lease_once_per_person"),
            models.UniqueConstraint(
                fields=["slot"],
                condition=models.Q(state__in=["held", "submitted"]),
                name="queue_lease_one_per_slot",
            ),
            models.CheckConstraint(condition=_one_of("state", LeaseState), name="queue_lease_state_known"),
        ]
        indexes = [
            models.Index(fields=["expires_at"], condition=models.Q(state="held"), name="queue_lease_held"),
            models.Index(
                fields=["person", "expires_at"], condition=models.Q(state="held"), name="queue_lease_held_by"
            ),
        ]
