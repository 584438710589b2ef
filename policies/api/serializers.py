from __future__ import annotations

from typing import Any

from drf_spectacular.utils import extend_schema_field
from rest_framework import serializers

from core.http.serializers import StrictSerializer
from policies.api.document_schema import ClauseDocumentInputField, ClauseDocumentOutputField
from policies.domain.clause_documents import KEY_PATTERN, line_normalised
from policies.models import Policy, Release
from policies.models.approval import ApprovalVerdict
from policies.models.clause import ClauseChange
from policies.models.release import ReleaseState
from policies.selectors.listing import release_in_effect
from policies.selectors.review import approvals_missing

STATES = [str(state) for state in ReleaseState.values if state != ReleaseState.DISCARDED]
CHANGES = [str(change) for change in ClauseChange.values]
DECISIONS = [ClauseChange.EDITORIAL.value, ClauseChange.SEMANTIC.value]
REVIEW_VERDICTS = [str(verdict) for verdict in ApprovalVerdict.values]


class LineField(serializers.CharField):
    """One line of text, blanks collapsed."""

    def to_internal_value(self, data: Any) -> str:
        try:
            return line_normalised(super().to_internal_value(data))
        except ValueError as error:
            raise serializers.ValidationError(str(error)) from None


class KeyField(serializers.RegexField):
    """A key: lower-case words joined by hyphens."""

    def __init__(self, **kwargs: Any) -> None:
        kwargs.setdefault("max_length", 64)
        super().__init__(
            KEY_PATTERN,
            error_messages={
                "invalid": "Use lower-case letters and digits, joined by hyphens, such as weapons-sale."
            },
            **kwargs,
        )


class PolicyPersonOutput(serializers.Serializer[Any]):
    id = serializers.UUIDField()
    display_name = serializers.CharField()


class ReleaseReferenceOutput(serializers.Serializer[Any]):
    id = serializers.UUIDField()
    number = serializers.IntegerField(allow_null=True)
    label = serializers.SerializerMethodField()  # type: ignore[assignment]
    title = serializers.CharField()
    state = serializers.ChoiceField(choices=STATES)

    def get_label(self, release: Release) -> str:
        return f"{release.policy.key}@{release.number}" if release.number else f"{release.policy.key} (draft)"


class ReleaseBriefOutput(ReleaseReferenceOutput):
    is_approved = serializers.SerializerMethodField()
    created_by = PolicyPersonOutput()
    submitted_by = PolicyPersonOutput(allow_null=True)
    submitted_at = serializers.DateTimeField(allow_null=True)
    policy_id = serializers.UUIDField()
    notes = serializers.CharField()
    based_on = ReleaseReferenceOutput(allow_null=True)
    created_at = serializers.DateTimeField()
    updated_at = serializers.DateTimeField()
    effective_at = serializers.DateTimeField(allow_null=True)
    published_at = serializers.DateTimeField(allow_null=True)
    retired_at = serializers.DateTimeField(allow_null=True)
    retired_reason = serializers.CharField()
    content_sha256 = serializers.CharField()

    def get_is_approved(self, release: Release) -> bool:
        """Whether enough people who did not write it approved this very text, while it waits to be published."""
        return release.state == ReleaseState.IN_REVIEW and approvals_missing(release) == 0


class PolicyCreateInput(StrictSerializer):
    key = KeyField()
    title = LineField(max_length=500)
    summary = serializers.CharField(max_length=5000, required=False, allow_blank=True)


class PolicyOutput(serializers.ModelSerializer[Policy]):
    project_id = serializers.UUIDField()
    summary = serializers.CharField()
    current = serializers.SerializerMethodField()
    drafts = serializers.SerializerMethodField()
    releases_count = serializers.SerializerMethodField()

    class Meta:
        model = Policy
        fields = [
            "id",
            "project_id",
            "key",
            "title",
            "summary",
            "created_at",
            "current",
            "drafts",
            "releases_count",
            "approvals_required",
        ]

    @extend_schema_field(ReleaseBriefOutput(allow_null=True))
    def get_current(self, policy: Policy) -> Any:
        release = release_in_effect(_visible(policy))
        return ReleaseBriefOutput(release).data if release else None

    @extend_schema_field(ReleaseBriefOutput(many=True))
    def get_drafts(self, policy: Policy) -> Any:
        drafts = [release for release in _visible(policy) if not release.is_published]
        return ReleaseBriefOutput(drafts, many=True).data

    def get_releases_count(self, policy: Policy) -> int:
        return sum(release.is_published for release in _visible(policy))


def _visible(policy: Policy) -> list[Release]:
    releases: list[Release] = getattr(policy, "visible_releases", [])
    return releases


class PolicyDetailOutput(PolicyOutput):
    releases = ReleaseBriefOutput(many=True, source="visible_releases")
    can_edit = serializers.SerializerMethodField()

    class Meta(PolicyOutput.Meta):
        fields = [*PolicyOutput.Meta.fields, "releases", "can_edit"]

    def get_can_edit(self, policy: Policy) -> bool:
        return bool(self.context.get("can_edit"))


class ReleaseDraftInput(StrictSerializer):
    based_on_id = serializers.UUIDField(required=False, allow_null=True)
    title = LineField(max_length=500, required=False, allow_blank=True)


class ReleaseUpdateInput(StrictSerializer):
    version = serializers.IntegerField(min_value=1)
    title = LineField(max_length=500, required=False)
    notes = serializers.CharField(max_length=20_000, required=False, allow_blank=True)


class OutlineRowInput(StrictSerializer):
    key = KeyField()
    parent_key = serializers.CharField(max_length=64, required=False, allow_blank=True)


class OutlineInput(StrictSerializer):
    version = serializers.IntegerField(min_value=1)
    outline = OutlineRowInput(many=True)


class ClauseAddInput(StrictSerializer):
    key = KeyField()
    parent_key = serializers.CharField(max_length=64, required=False, allow_blank=True)
    position = serializers.IntegerField(min_value=0, required=False, allow_null=True)
    document = ClauseDocumentInputField()


class ClauseEditInput(StrictSerializer):
    version = serializers.IntegerField(min_value=1)
    document = ClauseDocumentInputField()
    change = serializers.ChoiceField(choices=DECISIONS, required=False, allow_null=True)
    change_reason = serializers.CharField(max_length=2000, required=False, allow_blank=True)


class ApproveInput(StrictSerializer):
    verdict = serializers.ChoiceField(choices=REVIEW_VERDICTS)
    note = serializers.CharField(max_length=5000, required=False, allow_blank=True)


class PublishInput(StrictSerializer):
    effective_at = serializers.DateTimeField(required=False, allow_null=True)


class RetireInput(StrictSerializer):
    reason = serializers.CharField(max_length=2000, required=False, allow_blank=True)


class ChangeReasonOutput(serializers.Serializer[Any]):
    field = serializers.CharField()
    speaks_for = serializers.ChoiceField(choices=[c for c in CHANGES if c != "undecided"])
    sentence = serializers.CharField()


class ProposalOutput(serializers.Serializer[Any]):
    change = serializers.ChoiceField(choices=[c for c in CHANGES if c != "undecided"])
    changed_share = serializers.FloatField()
    reasons = ChangeReasonOutput(many=True)


class ReleaseProblemOutput(serializers.Serializer[Any]):
    clause_key = serializers.CharField()
    field = serializers.CharField()
    sentence = serializers.CharField()


class ClauseOutput(serializers.Serializer[Any]):
    key = serializers.CharField(source="clause.key")
    parent_key = serializers.CharField(source="clause.parent_key")
    position = serializers.IntegerField(source="clause.position")
    version = serializers.IntegerField(source="clause.version")
    meaning_revision = serializers.IntegerField(source="clause.meaning_revision", allow_null=True)
    change = serializers.ChoiceField(source="clause.change", choices=CHANGES)
    change_reason = serializers.CharField(source="clause.change_reason")
    is_decision_current = serializers.BooleanField()
    proposal = ProposalOutput(allow_null=True)
    problems = ReleaseProblemOutput(many=True)
    edited_at = serializers.DateTimeField(source="clause.edited_at")
    edited_by = PolicyPersonOutput(source="clause.edited_by", allow_null=True)
    document = ClauseDocumentOutputField()


class GoneClauseOutput(serializers.Serializer[Any]):
    key = serializers.CharField()
    title = serializers.CharField()
    kind = serializers.ChoiceField(
        choices=["split", "merged", "retired", ""], help_text="Empty where nobody said what became of it."
    )
    to_keys = serializers.ListField(child=serializers.CharField())
    reason = serializers.CharField()


class ApprovalOutput(serializers.Serializer[Any]):
    id = serializers.UUIDField()
    person = PolicyPersonOutput()
    verdict = serializers.ChoiceField(choices=REVIEW_VERDICTS)
    note = serializers.CharField()
    created_at = serializers.DateTimeField()
    counts = serializers.SerializerMethodField()

    def get_counts(self, approval: Any) -> bool:
        return approval.pk in self.context.get("counting", ())


class ReleaseActionsOutput(serializers.Serializer[Any]):
    edit = serializers.BooleanField()
    submit = serializers.BooleanField()
    withdraw = serializers.BooleanField()
    approve = serializers.BooleanField()
    publish = serializers.BooleanField()
    retire = serializers.BooleanField()
    draft = serializers.BooleanField()
    discard = serializers.BooleanField()
    see_impact = serializers.BooleanField()


class PolicyReferenceOutput(serializers.ModelSerializer[Policy]):
    project_id = serializers.UUIDField()

    class Meta:
        model = Policy
        fields = ["id", "project_id", "key", "title"]


class ReleaseOutput(ReleaseBriefOutput):
    """A release with everything it says; built from a `ReleaseDetail` in the view."""

    policy = PolicyReferenceOutput()
    version = serializers.IntegerField()
    published_by = PolicyPersonOutput(allow_null=True)
    clauses = serializers.SerializerMethodField()
    approvals = serializers.SerializerMethodField()
    problems = serializers.SerializerMethodField()
    actions = serializers.SerializerMethodField()
    gone = serializers.SerializerMethodField()

    @extend_schema_field(ClauseOutput(many=True))
    def get_clauses(self, release: Release) -> Any:
        return ClauseOutput(self.context["detail"].clauses, many=True).data

    @extend_schema_field(ApprovalOutput(many=True))
    def get_approvals(self, release: Release) -> Any:
        detail = self.context["detail"]
        context = {"counting": detail.counting_approvals}
        return ApprovalOutput(detail.approvals, many=True, context=context).data

    @extend_schema_field(ReleaseProblemOutput(many=True))
    def get_problems(self, release: Release) -> Any:
        return ReleaseProblemOutput(self.context["detail"].problems, many=True).data

    @extend_schema_field(GoneClauseOutput(many=True))
    def get_gone(self, release: Release) -> Any:
        """Clauses of its base that it no longer asks, and what took their place."""
        return GoneClauseOutput(self.context["detail"].gone, many=True).data

    @extend_schema_field(ReleaseActionsOutput)
    def get_actions(self, release: Release) -> Any:
        return ReleaseActionsOutput(self.context["detail"].actions).data


class GuideOutput(serializers.Serializer[Any]):
    markdown = serializers.CharField()
