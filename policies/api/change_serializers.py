"""Shapes of differences, impact and campaigns."""

from __future__ import annotations

from typing import Any

from drf_spectacular.utils import extend_schema_field
from rest_framework import serializers

from core.http.serializers import StrictSerializer
from policies.api.serializers import KeyField, ProposalOutput, ReleaseReferenceOutput
from policies.models import Campaign
from policies.models.campaign import CampaignState
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
    media_before = serializers.ListField(child=serializers.UUIDField(), help_text="Assets that it showed.")
    media_after = serializers.ListField(child=serializers.UUIDField(), help_text="Assets that it shows.")


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


class SuccessionOutput(serializers.Serializer[Any]):
    key = serializers.CharField()
    kind = serializers.ChoiceField(choices=["split", "merged", "retired"])
    to_keys = serializers.ListField(child=serializers.CharField())
    reason = serializers.CharField()


class ClauseDecisionsOutput(serializers.Serializer[Any]):
    clause_key = serializers.CharField()
    decisions = serializers.IntegerField()
    becomes = serializers.ChoiceField(choices=["holds", "asked_again", "no_longer_asked"])


class DecisionOutcomeTotalsOutput(serializers.Serializer[Any]):
    holds = serializers.IntegerField()
    asked_again = serializers.IntegerField()
    no_longer_asked = serializers.IntegerField()


class DecisionOutcomesOutput(serializers.Serializer[Any]):
    release = ReleaseReferenceOutput()
    against = ReleaseReferenceOutput()
    clauses = ClauseDecisionsOutput(many=True)
    totals = DecisionOutcomeTotalsOutput()


class DifferenceOutput(serializers.Serializer[Any]):
    release = ReleaseReferenceOutput()
    against = ReleaseReferenceOutput()
    gone = SuccessionOutput(many=True)
    counts = serializers.SerializerMethodField()
    clauses = serializers.SerializerMethodField()

    @extend_schema_field(DifferenceCountsOutput)
    def get_counts(self, compared: Any) -> Any:
        return compared.difference.counts()

    @extend_schema_field(ClauseDifferenceOutput(many=True))
    def get_clauses(self, compared: Any) -> Any:
        context = {"assumed": compared.assumed_keys}
        return ClauseDifferenceOutput(compared.difference.clauses, many=True, context=context).data


class TallyTimeOutput(serializers.Serializer[Any]):
    seconds = serializers.FloatField(help_text="The median time of each answer, averaged over the records.")
    timings = serializers.IntegerField(help_text="How many measured answers that rests on.")
    timed = serializers.IntegerField(help_text="How many of the records it is known for.")


class TallyOutput(serializers.Serializer[Any]):
    source = serializers.CharField()  # type: ignore[assignment]
    noun = serializers.CharField()
    count = serializers.IntegerField()
    by_language = serializers.DictField(child=serializers.IntegerField())
    by_severity = serializers.DictField(child=serializers.IntegerField())
    hours = serializers.FloatField()
    time = TallyTimeOutput(allow_null=True)


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
    timings = serializers.IntegerField()
    untimed = serializers.IntegerField()


class MarginField(serializers.FloatField):
    """Half the width of the interval in which a sample's share is known, as a share: 0.05 is five points."""

    def __init__(self, **options: Any) -> None:
        super().__init__(min_value=0.005, max_value=0.25, **options)


class CampaignCreateInput(StrictSerializer):
    release_id = serializers.UUIDField()
    against_id = serializers.UUIDField()
    clause_keys = serializers.ListField(child=KeyField(), required=False, allow_empty=False)
    overlap = serializers.IntegerField(min_value=1, max_value=20, required=False)
    margin = MarginField(required=False, allow_null=True)


class CampaignWidenInput(StrictSerializer):
    margin = MarginField(required=False, allow_null=True)


class CampaignPlanInput(StrictSerializer):
    against = serializers.UUIDField(required=False)
    clauses = serializers.CharField(required=False, allow_blank=True, max_length=4000)


class PlannedSampleOutput(serializers.Serializer[Any]):
    margin = serializers.FloatField()
    size = serializers.IntegerField()


class CampaignPlanOutput(serializers.Serializer[Any]):
    population = serializers.IntegerField(help_text="Posts and comparisons that a full campaign would ask.")
    confidence = serializers.FloatField()
    samples = PlannedSampleOutput(many=True)


class RenewedOutput(serializers.Serializer[Any]):
    clause_key = serializers.CharField()
    language = serializers.CharField()
    asked = serializers.IntegerField()
    renewed = serializers.IntegerField(help_text="Decided under the new meaning.")
    compared = serializers.IntegerField(help_text="Decided under both meanings.")
    changed = serializers.IntegerField(help_text="Of the compared, those with another answer now.")


class ShareBoundOutput(serializers.Serializer[Any]):
    share = serializers.FloatField()
    low = serializers.FloatField()
    high = serializers.FloatField()
    left = serializers.IntegerField(help_text="Stale and not compared.")
    left_most = serializers.IntegerField(help_text="How many of those would have changed at most.")


class ForecastOutput(serializers.Serializer[Any]):
    per_day = serializers.FloatField()
    seen = serializers.IntegerField()
    hours = serializers.FloatField()
    hours_least = serializers.FloatField()
    hours_most = serializers.FloatField()


class CampaignFindingsOutput(serializers.Serializer[Any]):
    items = RenewedOutput()
    clauses = RenewedOutput(many=True)
    population = serializers.IntegerField()
    bound = ShareBoundOutput(allow_null=True)
    confidence = serializers.FloatField()
    forecast = ForecastOutput(allow_null=True)
    pace_since = serializers.DateTimeField(allow_null=True)


class CampaignProgressOutput(serializers.Serializer[Any]):
    state = serializers.ChoiceField(choices=[*CampaignState.values, "finished"])
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
    margin = serializers.FloatField(allow_null=True, help_text="Of a sample; none asks all.")
    confidence = serializers.FloatField()
    population = serializers.IntegerField(allow_null=True)
    sample_size = serializers.IntegerField(allow_null=True)
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
            "margin",
            "confidence",
            "population",
            "sample_size",
            "job_id",
            "created_at",
            "progress",
        ]

    @extend_schema_field(CampaignProgressOutput)
    def get_progress(self, campaign: Campaign) -> Any:
        return CampaignProgressOutput(campaign_progress(campaign)).data
