from __future__ import annotations

from typing import Any

from rest_framework import serializers

from core.http.serializers import StrictSerializer
from core.queue.domain.notes import LONGEST_NOTE
from core.queue.domain.states import TaskKind, TaskState

KIND_CHOICES = [str(kind) for kind in TaskKind]
_MOST_HOLDING = 5
_MOST_VIEWS = 200


class PersonOutput(serializers.Serializer[Any]):
    pseudonym = serializers.CharField()
    is_simulated = serializers.BooleanField()


class NextInput(StrictSerializer):
    kind = serializers.ChoiceField(choices=KIND_CHOICES)
    holding = serializers.ListField(
        child=serializers.UUIDField(), max_length=_MOST_HOLDING, required=False, default=list
    )


class LeaseOutput(serializers.Serializer[Any]):
    id = serializers.UUIDField()
    epoch = serializers.IntegerField()
    expires_at = serializers.DateTimeField()


class TaskOutput(serializers.Serializer[Any]):
    id = serializers.UUIDField()
    project_id = serializers.UUIDField()
    kind = serializers.ChoiceField(choices=KIND_CHOICES)
    post_id = serializers.UUIDField(allow_null=True)
    comparison_id = serializers.UUIDField(allow_null=True)
    release_id = serializers.UUIDField()
    clause_keys = serializers.ListField(child=serializers.CharField())


class DraftOutput(serializers.Serializer[Any]):
    document = serializers.DictField()
    version = serializers.IntegerField()


class NextOutput(serializers.Serializer[Any]):
    lease = LeaseOutput()
    task = TaskOutput()
    draft = DraftOutput(allow_null=True)


class WaitingOutput(serializers.Serializer[Any]):
    kind = serializers.ChoiceField(choices=KIND_CHOICES)
    waiting = serializers.IntegerField(help_text="Open tasks for this person, counted to 1,000.")
    more = serializers.BooleanField()
    is_rounded = serializers.BooleanField(help_text="The count is the next higher ten.")
    held = serializers.IntegerField()


class WaitingListOutput(serializers.Serializer[Any]):
    results = WaitingOutput(many=True)
    exposure_seconds = serializers.FloatField(help_text="Uncovered material in view here, all days together.")


class ReleaseLeaseInput(StrictSerializer):
    outcome = serializers.ChoiceField(choices=["skipped", "declined"])
    reason = serializers.CharField(max_length=500, allow_blank=True, required=False, default="")


class DraftInput(StrictSerializer):
    document = serializers.DictField()
    version = serializers.IntegerField(min_value=0)


class DraftSavedOutput(serializers.Serializer[Any]):
    version = serializers.IntegerField()


class ViewInput(StrictSerializer):
    post_id = serializers.UUIDField()
    part_id = serializers.UUIDField(required=False, allow_null=True, default=None)
    lease_id = serializers.UUIDField(required=False, allow_null=True, default=None)
    is_revealed = serializers.BooleanField()
    seconds = serializers.FloatField(min_value=0, max_value=86400)


class ViewsInput(StrictSerializer):
    views = serializers.ListField(child=ViewInput(), min_length=1, max_length=_MOST_VIEWS)


class SubmissionOutput(serializers.Serializer[Any]):
    id = serializers.UUIDField()
    created_at = serializers.DateTimeField()
    task = TaskOutput()
    lease_id = serializers.UUIDField()
    active_ms = serializers.IntegerField()
    is_late = serializers.BooleanField()
    late_reason = serializers.CharField()
    counts = serializers.SerializerMethodField()
    supersedes_id = serializers.UUIDField(allow_null=True)
    document = serializers.DictField()

    def get_counts(self, submission: Any) -> bool:
        return submission.slot_id is not None


class RecentWorkOutput(serializers.Serializer[Any]):
    id = serializers.UUIDField()
    created_at = serializers.DateTimeField()
    kind = serializers.ChoiceField(choices=KIND_CHOICES, source="task.kind")
    subject = serializers.CharField(allow_null=True, help_text="The post's own name where the task has one.")
    task_id = serializers.UUIDField()
    lease_id = serializers.UUIDField(help_text="Opens the task in the workspace again.")
    active_ms = serializers.IntegerField()
    is_late = serializers.BooleanField()
    is_correction = serializers.SerializerMethodField()

    returned = serializers.CharField(
        allow_null=True, help_text="Why a reviewer gave it back, until it is answered anew."
    )

    def get_is_correction(self, submission: Any) -> bool:
        return submission.supersedes_id is not None


class NoteInput(StrictSerializer):
    kind = serializers.ChoiceField(choices=["comment", "question"])
    text = serializers.CharField(max_length=LONGEST_NOTE)
    clause_key = serializers.CharField(max_length=64, allow_blank=True, required=False, default="")


class NoteAnswerInput(StrictSerializer):
    text = serializers.CharField(max_length=LONGEST_NOTE)


class NoteAnswerOutput(serializers.Serializer[Any]):
    id = serializers.UUIDField()
    created_at = serializers.DateTimeField()
    text = serializers.CharField()
    pseudonym = serializers.SerializerMethodField()

    def get_pseudonym(self, note: Any) -> str:
        view = self.context["names"].get(note.project_id, {}).get(note.person_id)
        return view.pseudonym if view is not None else "former member"


class NoteOutput(NoteAnswerOutput):
    kind = serializers.ChoiceField(choices=["comment", "question"])
    subject = serializers.CharField(allow_null=True)
    post_id = serializers.UUIDField(allow_null=True)
    task_id = serializers.UUIDField()
    clause_key = serializers.CharField(allow_blank=True)
    answers = NoteAnswerOutput(many=True)


class OwnNoteOutput(NoteOutput):
    project_id = serializers.UUIDField()
    lease_id = serializers.UUIDField(allow_null=True)


class NoteWrittenOutput(serializers.Serializer[Any]):
    id = serializers.UUIDField()


class DayOutput(serializers.Serializer[Any]):
    answers = serializers.IntegerField()
    active_ms = serializers.IntegerField()
    stretch_ms = serializers.IntegerField(help_text="At work since the last break; 0 on a break.")
    breaks = serializers.IntegerField(
        help_text="Stretches of at least five minutes without work, between two."
    )
    break_ms = serializers.IntegerField()


class TaskCountOutput(serializers.Serializer[Any]):
    kind = serializers.ChoiceField(choices=KIND_CHOICES)
    state = serializers.ChoiceField(choices=[str(state) for state in TaskState])
    count = serializers.IntegerField()


class SubmissionCountsOutput(serializers.Serializer[Any]):
    total = serializers.IntegerField()
    last_day = serializers.IntegerField()
    late = serializers.IntegerField()
    simulated = serializers.IntegerField()
    people = serializers.IntegerField()
    active_ms = serializers.IntegerField()


class OverviewOutput(serializers.Serializer[Any]):
    posts = serializers.IntegerField()
    members = serializers.IntegerField()
    tasks = TaskCountOutput(many=True)
    submissions = SubmissionCountsOutput()
    seconds_in_view = serializers.FloatField()
    seconds_revealed = serializers.FloatField()
