from __future__ import annotations

from typing import Any

from rest_framework import serializers

from core.http.serializers import StrictSerializer
from core.queue.api.protection_serializers import PostProtectionOutput
from core.queue.api.review_serializers import ReturnedOutput
from preferences.domain.document import POSITIONS
from preferences.domain.forms import Form
from preferences.domain.pair_sampling import Aim
from preferences.services.compare_tasks import MOST_TASKS


class JudgmentDocumentField(serializers.DictField):
    """A judgment document, in shown order; the domain checks it."""


class ImportInput(StrictSerializer):
    file = serializers.FileField(allow_empty_file=False)


class ChoosingInput(StrictSerializer):
    aim = serializers.ChoiceField(
        choices=[str(aim) for aim in Aim],
        default=str(Aim.ORDER),
        help_text="The order of all models, of the best, or responses that break the policy.",
    )
    top = serializers.IntegerField(
        min_value=1, max_value=1_000, default=3, help_text="How many models are the best."
    )
    random_share = serializers.FloatField(
        min_value=0, max_value=1, default=0.1, help_text="Drawn by chance, so that what they say is unbiased."
    )
    seed = serializers.IntegerField(
        min_value=0, max_value=2**31 - 1, default=0, help_text="The same seed chooses the same."
    )


class CompareTasksInput(StrictSerializer):
    release_id = serializers.UUIDField(required=False, allow_null=True, default=None)
    clause_keys = serializers.ListField(
        child=serializers.CharField(max_length=64),
        max_length=50,
        required=False,
        allow_null=True,
        default=None,
    )
    comparison_ids = serializers.ListField(
        child=serializers.UUIDField(), max_length=MOST_TASKS, required=False, allow_null=True, default=None
    )
    overlap = serializers.IntegerField(min_value=1, max_value=50, required=False, default=1)
    priority = serializers.FloatField(min_value=-1e6, max_value=1e6, required=False, default=0.0)
    assessment_is_required = serializers.BooleanField(required=False, default=False)
    limit = serializers.IntegerField(
        min_value=1, max_value=MOST_TASKS, required=False, allow_null=True, default=None
    )
    choosing = ChoosingInput(
        required=False,
        allow_null=True,
        default=None,
        help_text="Choose what tells most instead of what waits longest, at most 500 in one go.",
    )
    form = serializers.ChoiceField(
        choices=[str(form) for form in Form],
        required=False,
        default=str(Form.PAIR),
        help_text="Other than pair: asked of slates, and comparison_ids are theirs.",
    )


class CompareTasksOutput(serializers.Serializer[Any]):
    release_id = serializers.UUIDField()
    created = serializers.IntegerField()
    remaining = serializers.IntegerField(help_text="What still has no task; ask again for it.")


class JudgmentInput(StrictSerializer):
    id = serializers.UUIDField(help_text="Made by the client; sending it again finds the first judgment.")
    document = JudgmentDocumentField()
    active_ms = serializers.IntegerField(min_value=0, max_value=86_400_000)
    supersedes_id = serializers.UUIDField(required=False, allow_null=True, default=None)


class JudgmentStoredOutput(serializers.Serializer[Any]):
    id = serializers.UUIDField()
    created_at = serializers.DateTimeField()
    is_late = serializers.BooleanField()
    late_reason = serializers.CharField()
    counts = serializers.SerializerMethodField()
    supersedes_id = serializers.UUIDField(allow_null=True)

    def get_counts(self, submission: Any) -> bool:
        return submission.slot_id is not None


class MessageOutput(serializers.Serializer[Any]):
    role = serializers.CharField()
    content = serializers.CharField()
    media = serializers.ListField(
        child=serializers.IntegerField(),
        required=False,
        help_text="Places, from 0, among the media of the prompt; only where the message has some.",
    )


class MaterialOutput(serializers.Serializer[Any]):
    """Media of a prompt or a response: the post that holds them, and how it is to be seen."""

    post_id = serializers.UUIDField()
    protection = PostProtectionOutput()


class ShownResponseOutput(serializers.Serializer[Any]):
    position = serializers.ChoiceField(choices=[str(position) for position in POSITIONS])
    text = serializers.CharField()
    material = MaterialOutput(allow_null=True)


class ChoiceOutput(serializers.Serializer[Any]):
    value = serializers.IntegerField()
    label = serializers.CharField()  # type: ignore[assignment]


class StepOutput(serializers.Serializer[Any]):
    value = serializers.CharField()
    label = serializers.CharField()  # type: ignore[assignment]


class AxisOutput(serializers.Serializer[Any]):
    key = serializers.CharField()
    title = serializers.CharField()
    question = serializers.CharField()
    blocks = serializers.ListField(child=serializers.DictField())
    meaning_revision = serializers.IntegerField()
    answers = StepOutput(
        many=True,
        required=False,
        help_text="Steps by which single responses are rated, the worst first; without any, 0 to 4.",
    )


class CitableClauseOutput(serializers.Serializer[Any]):
    key = serializers.CharField()
    title = serializers.CharField()
    severities = ChoiceOutput(many=True)


class OldJudgmentOutput(serializers.Serializer[Any]):
    clause_key = serializers.CharField()
    choice = serializers.CharField()
    value = serializers.IntegerField()


class OldRatingOutput(serializers.Serializer[Any]):
    clause_key = serializers.CharField()
    position = serializers.ChoiceField(choices=[str(position) for position in POSITIONS])
    value = serializers.FloatField()


class OldCitationOutput(serializers.Serializer[Any]):
    clause_key = serializers.CharField()
    position = serializers.ChoiceField(choices=[str(position) for position in POSITIONS])
    severity = serializers.IntegerField(allow_null=True)
    cited_by = serializers.IntegerField(help_text="How many people held the response to break the clause.")


class BundleLeaseOutput(serializers.Serializer[Any]):
    id = serializers.UUIDField()
    epoch = serializers.IntegerField()
    state = serializers.CharField()
    expires_at = serializers.DateTimeField()


class BundleTaskOutput(serializers.Serializer[Any]):
    id = serializers.UUIDField()
    project_id = serializers.UUIDField()
    project_state = serializers.CharField(source="project.state")


class BundleReleaseOutput(serializers.Serializer[Any]):
    id = serializers.UUIDField()
    label = serializers.CharField()  # type: ignore[assignment]
    title = serializers.CharField()
    state = serializers.CharField()


class BundleDraftOutput(serializers.Serializer[Any]):
    document = serializers.DictField()
    version = serializers.IntegerField()


class BundleSubmissionOutput(serializers.Serializer[Any]):
    id = serializers.UUIDField()
    document = serializers.DictField()


class ComparisonCampaignOutput(serializers.Serializer[Any]):
    campaign_id = serializers.UUIDField()
    against_id = serializers.UUIDField(help_text="The release whose answers are asked again.")


class ComparisonBundleOutput(serializers.Serializer[Any]):
    form = serializers.ChoiceField(
        choices=[str(form) for form in Form], help_text="What is asked of the responses."
    )
    lease = BundleLeaseOutput()
    task = BundleTaskOutput(source="lease.task")
    release = BundleReleaseOutput()
    axes = AxisOutput(many=True)
    assessed = AxisOutput(
        many=True, help_text="Clauses that changed: whether the responses break them is asked again."
    )
    clauses = CitableClauseOutput(many=True)
    messages = MessageOutput(many=True)
    language = serializers.CharField(allow_blank=True)
    post_id = serializers.UUIDField(allow_null=True)
    material = MaterialOutput(allow_null=True, help_text="Media that stand in the messages.")
    responses = ShownResponseOutput(many=True)
    assessment_is_required = serializers.BooleanField()
    campaign = ComparisonCampaignOutput(allow_null=True, help_text="Why it is asked again, if it is.")
    old_answers = OldJudgmentOutput(many=True)
    old_ratings = OldRatingOutput(many=True)
    old_citations = OldCitationOutput(many=True)
    protection = PostProtectionOutput()
    draft = BundleDraftOutput(allow_null=True)
    submission = BundleSubmissionOutput(
        allow_null=True, help_text="This person's own newest judgment, which the next one would correct."
    )
    returned = ReturnedOutput(allow_null=True, help_text="Why a reviewer gave it back, if one did.")
