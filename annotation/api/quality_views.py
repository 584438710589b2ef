from __future__ import annotations

import uuid
from typing import Any

from drf_spectacular.utils import extend_schema
from rest_framework import serializers
from rest_framework.request import Request
from rest_framework.response import Response

from annotation import selectors
from core.accounts.selectors import Capability, Project, project_get
from core.http.serializers import StrictSerializer, validated
from core.http.views import ApiView
from core.queue.selectors import QualityRules, quality_rules
from core.queue.services import quality_rules_set
from policies.selectors import releases_current

RULES = (
    "overlap",
    "answers_most",
    "agree_share",
    "gold_share",
    "gold_again_days",
    "again_share",
    "again_after",
    "shows_gold_results",
    "pause_below",
    "pause_window",
)


class ClauseRulesInput(StrictSerializer):
    overlap = serializers.IntegerField(
        min_value=1, max_value=50, required=False, allow_null=True, default=None
    )
    asks_more = serializers.BooleanField(required=False, default=True)


class QualityInput(StrictSerializer):
    overlap = serializers.IntegerField(min_value=1, max_value=50, required=False)
    clauses = serializers.DictField(child=ClauseRulesInput(), required=False)
    answers_most = serializers.IntegerField(
        min_value=0,
        max_value=50,
        required=False,
        help_text="One more answer on a disagreement, up to so many; 0 for none.",
    )
    agree_share = serializers.FloatField(min_value=0.51, max_value=1, required=False)
    gold_share = serializers.FloatField(min_value=0, max_value=0.5, required=False)
    gold_again_days = serializers.IntegerField(min_value=1, max_value=3650, required=False, allow_null=True)
    again_share = serializers.FloatField(
        min_value=0,
        max_value=0.5,
        required=False,
        help_text="Of the pairs a person judges, how many they have judged before, with sides swapped.",
    )
    again_after = serializers.IntegerField(
        min_value=1, max_value=1000, required=False, help_text="At least so many judgments in between."
    )
    shows_gold_results = serializers.BooleanField(required=False)
    pause_below = serializers.FloatField(min_value=0.05, max_value=0.99, required=False, allow_null=True)
    pause_window = serializers.IntegerField(min_value=5, max_value=200, required=False)


class ClauseQualityOutput(serializers.Serializer[Any]):
    clause_key = serializers.CharField(source="clause.key")
    title = serializers.CharField(source="clause.title")
    release_label = serializers.CharField(source="release.label")
    overlap = serializers.IntegerField(allow_null=True, help_text="Null: as the rest of the project.")
    asks_more = serializers.BooleanField()
    decided = serializers.IntegerField()
    disputed = serializers.IntegerField(help_text="Posts on which no answer had a majority.")


class CostOutput(serializers.Serializer[Any]):
    answers_a_post = serializers.FloatField(help_text="Expected answers a post, gold counted in.")
    without_more = serializers.FloatField(help_text="The same if nobody disagreed.")
    posts = serializers.IntegerField(help_text="Posts asked about so far.")


class QualityOutput(serializers.Serializer[Any]):
    overlap = serializers.IntegerField()
    answers_most = serializers.IntegerField()
    agree_share = serializers.FloatField()
    gold_share = serializers.FloatField()
    gold_again_days = serializers.IntegerField(allow_null=True)
    again_share = serializers.FloatField()
    again_after = serializers.IntegerField()
    shows_gold_results = serializers.BooleanField()
    pause_below = serializers.FloatField(allow_null=True)
    pause_window = serializers.IntegerField()
    clauses = ClauseQualityOutput(many=True)
    cost = CostOutput()


class QualityView(ApiView):
    @extend_schema(operation_id="quality", responses=QualityOutput)
    def get(self, request: Request, project_id: uuid.UUID) -> Response:
        project = project_get(self.actor, project_id, needs=Capability.RESULTS_VIEW)
        return Response(_told(project, quality_rules(project.pk)))

    @extend_schema(operation_id="quality_change", request=QualityInput, responses=QualityOutput)
    def put(self, request: Request, project_id: uuid.UUID) -> Response:
        project = project_get(self.actor, project_id, needs=Capability.PROJECT_MANAGE)
        data = validated(QualityInput, request.data)
        return Response(_told(project, quality_rules_set(self.actor, project_id, values=_plain(data))))


class QualityCostView(ApiView):
    @extend_schema(operation_id="quality_cost", request=QualityInput, responses=CostOutput)
    def post(self, request: Request, project_id: uuid.UUID) -> Response:
        project = project_get(self.actor, project_id, needs=Capability.RESULTS_VIEW)
        rules = quality_rules(project.pk)
        for name, value in _plain(validated(QualityInput, request.data)).items():
            setattr(rules, name, value)
        clauses = selectors.clauses_quality(project.pk, releases_current(project.pk), rules.clauses)
        return Response(CostOutput(selectors.cost_of_rules(project.pk, rules, clauses)).data)


def _plain(data: dict[str, Any]) -> dict[str, Any]:
    if "clauses" in data:
        data["clauses"] = {key: dict(row) for key, row in data["clauses"].items()}
    return dict(data)


def _told(project: Project, rules: QualityRules) -> dict[str, Any]:
    clauses = selectors.clauses_quality(project.pk, releases_current(project.pk), rules.clauses)
    cost = selectors.cost_of_rules(project.pk, rules, clauses)
    told = {name: getattr(rules, name) for name in RULES}
    return dict(QualityOutput({**told, "clauses": clauses, "cost": cost}).data)
