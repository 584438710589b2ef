from __future__ import annotations

from typing import Any

from drf_spectacular.utils import extend_schema_field
from rest_framework import serializers

from active_learning.api.serializers import NeighbourOutput, ShareOutput, release_label
from active_learning.domain.finding_kinds import FindingKind
from active_learning.domain.outcomes import Outcome
from active_learning.domain.stopping import WANTED_PRECISION, AdviceState
from active_learning.domain.suspect_kinds import ALIKE_FROM, EVERY_LOOK, BoxProblem, SuspectKind, TwinBy
from active_learning.models import Scan, Suspect
from active_learning.selectors import (
    FindingView,
    scan_advice,
    scan_findings,
    scan_gold,
    scan_kinds,
    scan_precision,
)
from core.http.serializers import StrictSerializer
from core.jobs.api.serializers import JobOutput

REVIEW_CHOICES = [str(outcome) for outcome in Outcome if outcome != Outcome.PENDING]
OUTCOME_CHOICES = [str(outcome) for outcome in Outcome]
KIND_CHOICES = [str(kind) for kind in SuspectKind]
FINDING_CHOICES = [str(kind) for kind in FindingKind]


class ScanInput(StrictSerializer):
    release_id = serializers.UUIDField()
    clause_keys = serializers.ListField(
        child=serializers.CharField(max_length=64), max_length=200, required=False, default=list
    )
    looks = serializers.ListField(
        child=serializers.ChoiceField(choices=EVERY_LOOK),
        min_length=1,
        required=False,
        default=list(EVERY_LOOK),
        help_text="By what to doubt: each clause alone, a post's clauses together, people's answers, drawn boxes.",
    )
    seed = serializers.IntegerField(min_value=0, max_value=2**31 - 1, required=False, default=0)
    encoder = serializers.CharField(max_length=300, required=False, default="bundled")
    wanted_precision = serializers.FloatField(
        min_value=0.01,
        max_value=1,
        required=False,
        default=WANTED_PRECISION,
        help_text="Reviewers are told to stop once a smaller share of the last suspects was wrong.",
    )
    alike_from = serializers.FloatField(
        min_value=0.5,
        max_value=1,
        required=False,
        default=ALIKE_FROM,
        help_text="Cosine of embeddings from which two posts are near-duplicates.",
    )


class ScanOutput(serializers.ModelSerializer[Scan]):
    project_id = serializers.UUIDField()
    release_id = serializers.UUIDField()
    release_label = serializers.SerializerMethodField()
    looks = serializers.ListField(child=serializers.ChoiceField(choices=EVERY_LOOK))
    job = JobOutput(allow_null=True)
    suspects_count = serializers.IntegerField(default=0, read_only=True)
    pending_count = serializers.IntegerField(default=0, read_only=True)
    confirmed_count = serializers.IntegerField(default=0, read_only=True)
    changed_count = serializers.IntegerField(default=0, read_only=True)
    dismissed_count = serializers.IntegerField(default=0, read_only=True)
    precision = serializers.SerializerMethodField()
    metrics = serializers.DictField()
    requested_by = serializers.CharField(
        source="requested_by.display_name", default=None, allow_null=True, read_only=True
    )

    class Meta:
        model = Scan
        fields = [
            "id",
            "project_id",
            "release_id",
            "release_label",
            "clause_keys",
            "looks",
            "encoder",
            "seed",
            "wanted_precision",
            "alike_from",
            "suspects_count",
            "pending_count",
            "confirmed_count",
            "changed_count",
            "dismissed_count",
            "precision",
            "metrics",
            "job",
            "requested_by",
            "created_at",
            "finished_at",
        ]
        read_only_fields = fields

    def get_release_label(self, scan: Scan) -> str:
        return release_label(scan.release)

    @extend_schema_field(ShareOutput)
    def get_precision(self, scan: Scan) -> Any:
        counts = {name: getattr(scan, f"{name}_count", 0) for name in ("changed", "confirmed")}
        return ShareOutput(scan_precision(**counts)).data


class ExpectedOutput(serializers.Serializer[Any]):
    value = serializers.FloatField()
    low = serializers.FloatField()
    high = serializers.FloatField()


class AdviceOutput(serializers.Serializer[Any]):
    state = serializers.ChoiceField(choices=[str(state) for state in AdviceState])
    wanted_precision = serializers.FloatField()
    window = ShareOutput(help_text="How many of the last reviewed suspects, by rank, were wrong.")
    left = serializers.IntegerField(help_text="Suspects nobody has reviewed.")
    expected = ExpectedOutput(
        allow_null=True,
        help_text="How many of those left are wrong if they are like the window, with a 95 % prediction interval.",
    )
    sentence = serializers.CharField()


class KindTallyOutput(serializers.Serializer[Any]):
    kind = serializers.ChoiceField(choices=KIND_CHOICES)
    suspects = serializers.IntegerField()
    pending = serializers.IntegerField()
    dismissed = serializers.IntegerField()
    precision = ShareOutput(help_text="Of those reviewed, how many were wrong.")


class FindingTallyOutput(serializers.Serializer[Any]):
    kind = serializers.ChoiceField(choices=FINDING_CHOICES)
    findings = serializers.IntegerField()


class KnownAnswersOutput(serializers.Serializer[Any]):
    clause_key = serializers.CharField()
    pseudonym = serializers.CharField()
    right = ShareOutput(help_text="Of the gold they answered.")


class ScanDetailOutput(ScanOutput):
    advice = serializers.SerializerMethodField()
    findings = serializers.SerializerMethodField()
    kinds = serializers.SerializerMethodField()
    known_answers = serializers.SerializerMethodField(
        help_text="How people did on gold of these clauses; null for who does not keep gold."
    )

    class Meta(ScanOutput.Meta):
        fields = [*ScanOutput.Meta.fields, "advice", "kinds", "findings", "known_answers"]
        read_only_fields = fields

    @extend_schema_field(AdviceOutput)
    def get_advice(self, scan: Scan) -> Any:
        return AdviceOutput(scan_advice(scan)).data

    @extend_schema_field(FindingTallyOutput(many=True))
    def get_findings(self, scan: Scan) -> Any:
        return FindingTallyOutput(scan_findings(self.context["actor"], scan), many=True).data

    @extend_schema_field(KindTallyOutput(many=True))
    def get_kinds(self, scan: Scan) -> Any:
        return KindTallyOutput(scan_kinds(scan), many=True).data

    @extend_schema_field(KnownAnswersOutput(many=True, allow_null=True))
    def get_known_answers(self, scan: Scan) -> Any:
        rows = scan_gold(self.context["actor"], scan)
        return None if rows is None else KnownAnswersOutput(rows, many=True).data


class VoteOutput(serializers.Serializer[Any]):
    pseudonym = serializers.CharField()
    is_simulated = serializers.BooleanField()
    answer = serializers.CharField()
    reliability = serializers.FloatField()


class TwinOutput(serializers.Serializer[Any]):
    post_id = serializers.UUIDField()
    external_id = serializers.CharField()
    answer = serializers.CharField()
    similarity = serializers.FloatField()
    by = serializers.ChoiceField(choices=[str(by) for by in TwinBy])


class SetClauseOutput(serializers.Serializer[Any]):
    clause_key = serializers.CharField()
    answer = serializers.CharField()
    probability = serializers.FloatField(
        help_text="That the rule is broken, or kept, as decided; out of sample."
    )
    is_doubted = serializers.BooleanField()


class LabelSetOutput(serializers.Serializer[Any]):
    quality = serializers.FloatField(help_text="Of the post's answers as one set, 0 to 1, low is bad.")
    clauses = SetClauseOutput(many=True)


class CrowdOutput(serializers.Serializer[Any]):
    consensus = serializers.CharField(help_text="The likeliest answer by people and heads together.")
    probability = serializers.FloatField(help_text="How likely it is, by CROWDLAB.")
    answered = serializers.IntegerField(help_text="How many people answered.")
    agreeing = serializers.IntegerField(help_text="How many of them gave the consensus.")
    model_probability = serializers.FloatField(help_text="How likely heads alone find it, out of sample.")


class VoteDoubtedOutput(serializers.Serializer[Any]):
    pseudonym = serializers.CharField()
    is_simulated = serializers.BooleanField()
    severity = serializers.IntegerField(allow_null=True)
    decided = serializers.CharField(help_text="What is decided on the post.")


class CornersField(serializers.ListField):
    """Left, top, right and bottom in pixels of the picture."""

    child = serializers.FloatField()


class RegionDoubtedOutput(serializers.Serializer[Any]):
    problem = serializers.ChoiceField(choices=[str(problem) for problem in BoxProblem])
    pseudonym = serializers.CharField(help_text="Who drew it, or did not.")
    is_simulated = serializers.BooleanField()
    part_id = serializers.UUIDField(help_text="The picture.")
    given = CornersField(allow_null=True, help_text="The doubted box in pixels; null where one is missing.")
    likely = CornersField(help_text="Where others see it.")
    likely_clause = serializers.CharField(help_text="For which clause others see it.")
    people = serializers.IntegerField(help_text="How many others drew it; 0 where a model sees it.")
    model = serializers.CharField(allow_blank=True, help_text="The model that sees it; empty for people.")


class WhyOutput(serializers.Serializer[Any]):
    given_probability = serializers.FloatField()
    likely_probability = serializers.FloatField()
    votes = VoteOutput(many=True)
    nearest = NeighbourOutput(many=True)
    twin = TwinOutput(
        allow_null=True,
        required=False,
        default=None,
        help_text="Of a duplicate: the near-duplicate that has another answer.",
    )
    together = LabelSetOutput(
        allow_null=True,
        required=False,
        default=None,
        help_text="Of a set: what is decided on every clause of the post.",
    )
    crowd = CrowdOutput(
        allow_null=True,
        required=False,
        default=None,
        help_text="Of a consensus or a vote: what people and heads come to.",
    )
    vote = VoteDoubtedOutput(
        allow_null=True, required=False, default=None, help_text="Of a vote: whose answer is doubted."
    )
    region = RegionDoubtedOutput(
        allow_null=True, required=False, default=None, help_text="Of a region: what was drawn, or not."
    )


class SuspectOutput(serializers.ModelSerializer[Suspect]):
    scan_id = serializers.UUIDField()
    post_id = serializers.UUIDField()
    kind = serializers.ChoiceField(choices=KIND_CHOICES)
    external_id = serializers.CharField(source="post.external_id")
    outcome = serializers.ChoiceField(choices=OUTCOME_CHOICES)
    why = WhyOutput()
    reviewed_by = serializers.CharField(
        source="reviewed_by.display_name", default=None, allow_null=True, read_only=True
    )

    class Meta:
        model = Suspect
        fields = [
            "id",
            "scan_id",
            "kind",
            "post_id",
            "external_id",
            "decision_id",
            "clause_key",
            "rank",
            "given",
            "likely",
            "score",
            "why",
            "outcome",
            "task_id",
            "reviewed_by",
            "reviewed_at",
        ]
        read_only_fields = fields


class SuspectTaskInput(StrictSerializer):
    slots = serializers.IntegerField(
        min_value=1, max_value=10, required=False, default=1, help_text="How many people to ask."
    )


class SuspectReviewInput(StrictSerializer):
    outcome = serializers.ChoiceField(choices=REVIEW_CHOICES)
    answer = serializers.CharField(max_length=200, required=False, allow_null=True, default=None)
    changes_twin = serializers.BooleanField(
        required=False, default=False, help_text="Of a duplicate: change the answer of the twin instead."
    )
    severity = serializers.IntegerField(required=False, allow_null=True, default=None)
    reason = serializers.CharField(max_length=4000, required=False, allow_blank=True, default="")


class LeakageOutput(serializers.Serializer[Any]):
    similarity = serializers.FloatField()
    by = serializers.ChoiceField(choices=[str(by) for by in TwinBy])


class GoldContradictedOutput(serializers.Serializer[Any]):
    item_id = serializers.UUIDField()
    known = serializers.CharField()
    likely = serializers.CharField()
    model_likely = serializers.CharField(
        allow_null=True, help_text="None where the model does not contradict."
    )
    known_probability = serializers.FloatField(allow_null=True)
    likely_probability = serializers.FloatField(allow_null=True)
    people = ShareOutput(allow_null=True, help_text="Who gave the other answer; None where most did not.")


class NearOutput(serializers.Serializer[Any]):
    post_id = serializers.UUIDField()
    similarity = serializers.FloatField()


class OutlierOutput(serializers.Serializer[Any]):
    distance = serializers.FloatField(help_text="Mean cosine distance to the nearest answered posts.")
    is_answered = serializers.BooleanField()
    nearest = NearOutput(many=True)


class FindingOutput(serializers.Serializer[FindingView]):
    id = serializers.UUIDField(source="finding.pk")
    kind = serializers.ChoiceField(source="finding.kind", choices=FINDING_CHOICES)
    rank = serializers.IntegerField(source="finding.rank")
    score = serializers.FloatField(source="finding.score")
    clause_key = serializers.CharField(source="finding.clause_key")
    post_id = serializers.UUIDField(source="finding.post_id")
    external_id = serializers.CharField(source="finding.post.external_id")
    other_post_id = serializers.UUIDField(source="finding.other_post_id", allow_null=True)
    other_external_id = serializers.CharField(
        source="finding.other_post.external_id", default=None, allow_null=True
    )
    leakage = LeakageOutput(source="finding.why.leakage", default=None, allow_null=True)
    gold = GoldContradictedOutput(source="finding.why.gold", default=None, allow_null=True)
    outlier = OutlierOutput(source="finding.why.outlier", default=None, allow_null=True)
    is_retired = serializers.BooleanField(help_text="Of gold: it is no longer in use.")
    task_id = serializers.UUIDField(source="finding.task_id", allow_null=True)
