"""Shapes of differences, impact and campaigns."""

from __future__ import annotations

from typing import Any

from drf_spectacular.utils import extend_schema_field
from rest_framework import serializers

from core.http.serializers import StrictSerializer
from policies.api.serializers import KeyField, ProposalOutput, ReleaseReferenceOutput
from policies.models import Campaign
from policies.selectors.campaigns import campaign_progress

STATUSES = ["added", "removed", "changed", "unchanged"]


class SegmentOutput(serializers.Serializer[Any]):
    operation = serializers.ChoiceField(choices=["equal", "insert", "delete"])
    text = serializers.CharField()


class FieldDifferenceOutput(serializers.Serializer[Any]):
    field = serializers.CharField()
    segments = SegmentOutput(many=True)


class ItemDifferenceOutput(serializers.Serializer[Any]):
    status = serializers.ChoiceField(choices=STATUSES)
    text = SegmentOutput(many=True)
    why = SegmentOutput(many=True)
    ruling_before = serializers.CharField()
    ruling_after = serializers.CharField()


class BlockDifferenceOutput(serializers.Serializer[Any]):
    id = serializers.CharField()
    type = serializers.CharField()
    status = serializers.ChoiceField(choices=STATUSES)
    segments = SegmentOutput(many=True)
    items = ItemDifferenceOutput(many=True)


class ClauseDifferenceOutput(serializers.Serializer[Any]):
    key = serializers.CharField()
    title = serializers.CharField()
    kind = serializers.ChoiceField(choices=["verdict", "axis"])
    status = serializers.ChoiceField(choices=STATUSES)
    is_moved = serializers.BooleanField()
    meaning_before = serializers.IntegerField(allow_null=True)
    meaning_after = serializers.IntegerField(allow_null=True)
    is_held = serializers.BooleanField()
    is_assumed = serializers.SerializerMethodField()
    proposal = ProposalOutput(allow_null=True)
    fields_changed = FieldDifferenceOutput(many=True, source="fields")
    blocks = BlockDifferenceOutput(many=True)

    def get_is_assumed(self, clause: Any) -> bool:
        return clause.key in self.context.get("assumed", ())


class DifferenceCountsOutput(serializers.Serializer[Any]):
    added = serializers.IntegerField()
    removed = serializers.IntegerField()
    changed = serializers.IntegerField()
    unchanged = serializers.IntegerField()
    moved = serializers.IntegerField()
    meaning = serializers.IntegerField()


class DifferenceOutput(serializers.Serializer[Any]):
    release = ReleaseReferenceOutput()
    against = ReleaseReferenceOutput()
    counts = serializers.SerializerMethodField()
    clauses = serializers.SerializerMethodField()

    @extend_schema_field(DifferenceCountsOutput)
    def get_counts(self, compared: Any) -> Any:
        return compared.difference.counts()

    @extend_schema_field(ClauseDifferenceOutput(many=True))
    def get_clauses(self, compared: Any) -> Any:
        context = {"assumed": compared.assumed_keys}
        return ClauseDifferenceOutput(compared.difference.clauses, many=True, context=context).data


class TallyOutput(serializers.Serializer[Any]):
    source = serializers.CharField()  # type: ignore[assignment]
    noun = serializers.CharField()
    count = serializers.IntegerField()
    by_language = serializers.DictField(child=serializers.IntegerField())
    by_severity = serializers.DictField(child=serializers.IntegerField())
    hours = serializers.FloatField()


class ClauseImpactOutput(serializers.Serializer[Any]):
    clause_key = serializers.CharField()
    title = serializers.CharField()
    before = serializers.IntegerField()
    after = serializers.IntegerField(allow_null=True)
    is_assumed = serializers.BooleanField()
    tallies = TallyOutput(many=True)
    hours = serializers.FloatField()


class ImpactOutput(serializers.Serializer[Any]):
    release = ReleaseReferenceOutput()
    against = ReleaseReferenceOutput()
    clauses = ClauseImpactOutput(many=True)
    totals = serializers.DictField(child=serializers.IntegerField())
    hours = serializers.FloatField()


class CampaignCreateInput(StrictSerializer):
    release_id = serializers.UUIDField()
    against_id = serializers.UUIDField()
    clause_keys = serializers.ListField(child=KeyField(), required=False, allow_empty=False)
    overlap = serializers.IntegerField(min_value=1, max_value=20, required=False)


class CampaignProgressOutput(serializers.Serializer[Any]):
    state = serializers.ChoiceField(choices=["starting", "running", "finished"])
    tasks = serializers.IntegerField()
    tasks_closed = serializers.IntegerField()
    answers_wanted = serializers.IntegerField()
    answers_given = serializers.IntegerField()


class CampaignOutput(serializers.ModelSerializer[Campaign]):
    project_id = serializers.UUIDField()
    release = ReleaseReferenceOutput()
    against = ReleaseReferenceOutput()
    clause_keys = serializers.ListField(child=serializers.CharField())
    overlap = serializers.IntegerField()
    job_id = serializers.UUIDField(allow_null=True)
    progress = serializers.SerializerMethodField()

    class Meta:
        model = Campaign
        fields = [
            "id",
            "project_id",
            "release",
            "against",
            "clause_keys",
            "overlap",
            "job_id",
            "created_at",
            "progress",
        ]

    @extend_schema_field(CampaignProgressOutput)
    def get_progress(self, campaign: Campaign) -> Any:
        return CampaignProgressOutput(campaign_progress(campaign)).data
