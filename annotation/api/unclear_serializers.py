from __future__ import annotations

from typing import Any

from drf_spectacular.utils import extend_schema_field
from rest_framework import serializers

from annotation.api.agreement_serializers import MeasuredOutput
from annotation.domain.ambiguity import WEIGHTS, Sign
from core.http.serializers import StrictSerializer
from policies.selectors import LikeBy

SIGNS = [str(sign) for sign in Sign]


class UnclearQuery(StrictSerializer):
    release_id = serializers.UUIDField(required=False, default=None, allow_null=True)
    language = serializers.RegexField(r"^[A-Za-z0-9-]{1,35}$", required=False, default="", allow_blank=True)


class UnclearListQuery(UnclearQuery):
    current = serializers.BooleanField(required=False, default=True)


class UnclearPartOutput(serializers.Serializer[Any]):
    """One share with its 95 % interval; `points` of 100 times `weight` it adds: its lower end counts."""

    sign = serializers.ChoiceField(choices=SIGNS)
    count = serializers.IntegerField()
    of = serializers.IntegerField()
    share = serializers.FloatField(allow_null=True)
    low = serializers.FloatField()
    high = serializers.FloatField()
    weight = serializers.SerializerMethodField()
    points = serializers.FloatField()

    def get_weight(self, part: Any) -> float:
        return WEIGHTS[part.sign]


class UnclearClauseOutput(serializers.Serializer[Any]):
    release_id = serializers.UUIDField(source="release.id")
    release_label = serializers.CharField(source="release.label")
    policy_id = serializers.UUIDField(source="release.policy_id")
    clause_key = serializers.CharField(source="clause.key")
    title = serializers.CharField(source="clause.title")
    question = serializers.CharField(source="clause.question")
    is_axis = serializers.BooleanField(source="clause.is_axis")
    posts = serializers.IntegerField(help_text="On so many posts it was answered; an axis, on comparisons.")
    gaps = serializers.ListField(
        child=serializers.CharField(), help_text="What adjudicators said an axis leaves open, newest first."
    )
    score = serializers.FloatField(source="ambiguity.score")
    parts = UnclearPartOutput(source="ambiguity.parts", many=True)


class UnclearFiguresOutput(serializers.Serializer[Any]):
    clauses = UnclearClauseOutput(many=True)
    languages = serializers.ListField(child=serializers.CharField())


class UnclearOutput(MeasuredOutput, UnclearFiguresOutput):
    pass


class SplitAnswerOutput(serializers.Serializer[Any]):
    value = serializers.CharField()
    label = serializers.CharField()  # type: ignore[assignment]
    votes = serializers.IntegerField()


class SplitPostOutput(serializers.Serializer[Any]):
    post_id = serializers.UUIDField()
    external_id = serializers.CharField()
    language = serializers.CharField()
    excerpt = serializers.CharField()
    kinds = serializers.ListField(child=serializers.CharField())
    votes = serializers.SerializerMethodField()
    apart = serializers.FloatField(help_text="How evenly people fell apart, 0 to 1.")
    decided = serializers.CharField(allow_null=True)
    method = serializers.CharField(allow_null=True)
    gaps = serializers.ListField(
        child=serializers.CharField(), help_text="What adjudicators said the clause leaves open."
    )

    @extend_schema_field(SplitAnswerOutput(many=True))
    def get_votes(self, post: Any) -> list[dict[str, Any]]:
        labels = self.context["labels"]
        ordered = [value for value in labels if value in post.votes]
        ordered += sorted(set(post.votes) - set(ordered))
        return [
            {"value": value, "label": labels.get(value, value), "votes": post.votes[value]}
            for value in ordered
        ]


class SplitGroupOutput(serializers.Serializer[Any]):
    likeness = serializers.FloatField(help_text="Mean over all pairs, 0 to 1; 1 for a post alone.")
    posts = SplitPostOutput(many=True)


class ClauseSplitsOutput(serializers.Serializer[Any]):
    clause = UnclearClauseOutput(source="ambiguity")
    groups = SplitGroupOutput(many=True, help_text="The largest first; the first post of each names it.")
    like_by = serializers.ChoiceField(choices=[str(by) for by in LikeBy], allow_null=True)
    is_cut = serializers.BooleanField()
