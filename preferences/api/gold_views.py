from __future__ import annotations

import uuid
from dataclasses import asdict
from typing import Any

from drf_spectacular.utils import extend_schema
from rest_framework import serializers
from rest_framework.request import Request
from rest_framework.response import Response

from core.accounts.selectors import Actor, Capability, project_get
from core.http.serializers import StrictSerializer, validated
from core.http.views import ApiView
from core.queue.selectors import quality_rules
from preferences import selectors, services
from preferences.api.judging_serializers import CountedShareOutput
from preferences.domain.gold import PairKind
from preferences.domain.judging import share_of


class GoldPairInput(StrictSerializer):
    kind = serializers.ChoiceField(choices=[str(kind) for kind in PairKind], required=False, default="gold")
    answers = serializers.DictField(
        child=serializers.ListField(child=serializers.CharField(max_length=20), max_length=5),
        required=False,
        default=dict,
        help_text="By axis, the outcomes that are right; none: what was decided is taken.",
    )
    release_id = serializers.UUIDField(required=False, allow_null=True, default=None)
    explanation = serializers.CharField(required=False, allow_blank=True, max_length=5000, default="")


class GoldPairRetireInput(StrictSerializer):
    because = serializers.CharField(required=False, allow_blank=True, max_length=500, default="")


class KnownAxisOutput(serializers.Serializer[Any]):
    clause_key = serializers.CharField()
    meaning_from = serializers.IntegerField()
    meaning_to = serializers.IntegerField(allow_null=True)
    outcomes = serializers.ListField(child=serializers.CharField())
    answered = serializers.IntegerField(help_text="How many people were asked.")
    passed = serializers.IntegerField(help_text="How many of them answered as known.")


class GoldPairOutput(serializers.Serializer[Any]):
    id = serializers.UUIDField()
    kind = serializers.ChoiceField(choices=[str(kind) for kind in PairKind])
    explanation = serializers.CharField(allow_blank=True)
    answers = KnownAxisOutput(many=True)


class AskableAxisOutput(serializers.Serializer[Any]):
    key = serializers.CharField()
    title = serializers.CharField()


class GoldPairKnownOutput(serializers.Serializer[Any]):
    axes = AskableAxisOutput(
        many=True, help_text="Of the release in effect: what can be known of the comparison."
    )
    gold = GoldPairOutput(allow_null=True)


class OwnKnownCountOutput(serializers.Serializer[Any]):
    kind = serializers.ChoiceField(choices=[str(kind) for kind in PairKind])
    share = CountedShareOutput(help_text="Pairs that were right on every axis that is known.")


class OwnKnownAxisOutput(serializers.Serializer[Any]):
    clause_key = serializers.CharField()
    title = serializers.CharField()
    passed = serializers.BooleanField()


class OwnKnownPairOutput(serializers.Serializer[Any]):
    submission_id = serializers.UUIDField()
    lease_id = serializers.UUIDField(help_text="By which the pair can be opened again.")
    kind = serializers.ChoiceField(choices=[str(kind) for kind in PairKind])
    explanation = serializers.CharField(allow_blank=True)
    passed = serializers.BooleanField()
    created_at = serializers.DateTimeField()
    axes = OwnKnownAxisOutput(many=True)


class OwnKnownPairsOutput(serializers.Serializer[Any]):
    are_shown = serializers.BooleanField(help_text="Whether this project shows people their results.")
    counts = OwnKnownCountOutput(many=True, help_text="Of each kind that the person has judged.")
    results = OwnKnownPairOutput(many=True, help_text="Newest first, at most 200.")


class OwnKnownPairsView(ApiView):
    @extend_schema(operation_id="my_gold_pairs", responses=OwnKnownPairsOutput)
    def get(self, request: Request, project_id: uuid.UUID) -> Response:
        project = project_get(self.actor, project_id, needs=Capability.TASKS_WORK)
        if not quality_rules(project.pk).shows_gold_results:
            return Response({"are_shown": False, "counts": [], "results": []})
        person_id = self.actor.user.pk
        counts = selectors.own_known_counts(project.pk, person_id)
        told = {
            "are_shown": True,
            "counts": [
                {"kind": kind, "share": asdict(share_of(passed, answered))}
                for kind, (answered, passed) in counts.items()
                if answered
            ],
            "results": selectors.own_known_pairs(project.pk, person_id),
        }
        return Response(OwnKnownPairsOutput(told).data)


class GoldPairView(ApiView):
    @extend_schema(operation_id="gold_pair", responses=GoldPairKnownOutput)
    def get(self, request: Request, comparison_id: uuid.UUID) -> Response:
        return Response(_told(self.actor, comparison_id))

    @extend_schema(operation_id="gold_pair_make", request=GoldPairInput, responses={201: GoldPairKnownOutput})
    def post(self, request: Request, comparison_id: uuid.UUID) -> Response:
        data = validated(GoldPairInput, request.data)
        services.gold_pair_make(
            self.actor,
            comparison_id,
            answers=data["answers"],
            kind=PairKind(data["kind"]),
            release_id=data["release_id"],
            explanation=data["explanation"],
        )
        return Response(_told(self.actor, comparison_id), status=201)


class GoldPairRetireView(ApiView):
    @extend_schema(
        operation_id="gold_pair_retire", request=GoldPairRetireInput, responses=GoldPairKnownOutput
    )
    def post(self, request: Request, comparison_id: uuid.UUID) -> Response:
        data = validated(GoldPairRetireInput, request.data)
        services.gold_pair_retire(self.actor, comparison_id, because=data["because"])
        return Response(_told(self.actor, comparison_id))


def _told(actor: Actor, comparison_id: uuid.UUID) -> dict[str, Any]:
    comparison = selectors.comparison_get(actor, comparison_id, needs=Capability.QUALITY_KEEP)
    told = {
        "gold": selectors.gold_pair_of(comparison_id),
        "axes": selectors.axes_askable(comparison.project_id),
    }
    return dict(GoldPairKnownOutput(told).data)
