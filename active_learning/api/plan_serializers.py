from __future__ import annotations

from typing import Any

from drf_spectacular.utils import extend_schema_field
from rest_framework import serializers

from active_learning.api.serializers import STRATEGY_CHOICES, QuotaInput, RoundInput, release_label
from active_learning.domain.round_plans import PlanState
from active_learning.domain.stop_rules import Rule, Verdict
from active_learning.models import RoundPlan
from active_learning.selectors import plan_progress
from core.http.serializers import StrictSerializer

_HOURS_MOST = 24 * 365


class PlanInput(RoundInput):
    """How each round is run, when the next one starts, and what ends them."""

    after_answers = serializers.IntegerField(
        min_value=1,
        max_value=1_000_000,
        required=False,
        allow_null=True,
        default=None,
        help_text="The next round starts after so many posts are decided on the clause since the last one started.",
    )
    every_hours = serializers.IntegerField(
        min_value=1,
        max_value=_HOURS_MOST,
        required=False,
        allow_null=True,
        default=None,
        help_text="Or every so many hours; one of both is given.",
    )
    answered_share = serializers.FloatField(
        min_value=0,
        max_value=1,
        required=False,
        default=0.8,
        help_text="Of the last round's posts, so many must be answered before the next one.",
    )
    plateau_rounds = serializers.IntegerField(
        min_value=1,
        max_value=50,
        required=False,
        allow_null=True,
        default=None,
        help_text="Stop where the last so many rounds gained nothing that shows on the held-out posts.",
    )
    least_gain = serializers.FloatField(
        min_value=0, max_value=1, required=False, default=0.0, help_text="Or gained less than this share."
    )
    most_answers = serializers.IntegerField(
        min_value=1,
        max_value=100_000_000,
        required=False,
        allow_null=True,
        default=None,
        help_text="Stop when so many answers are bought in all.",
    )
    recall_target = serializers.FloatField(
        min_value=0.01,
        max_value=1,
        required=False,
        allow_null=True,
        default=None,
        help_text="Stop when surely this share of the harmful posts is found.",
    )


class PlanRuleOutput(serializers.Serializer[Any]):
    rule = serializers.ChoiceField(choices=[str(rule) for rule in Rule])
    verdict = serializers.ChoiceField(choices=[str(verdict) for verdict in Verdict])
    sentence = serializers.CharField()
    part = serializers.FloatField(allow_null=True, help_text="How far it is, 0 to 1; null where unknown.")


class PlanSettingsOutput(StrictSerializer):
    strategy = serializers.ChoiceField(choices=STRATEGY_CHOICES)
    budget = serializers.IntegerField()
    overlap = serializers.IntegerField()
    random_share = serializers.FloatField()
    seed = serializers.IntegerField(help_text="The first round's; each later one takes the next.")
    encoder = serializers.CharField()
    quotas = QuotaInput(many=True)
    like_post_id = serializers.UUIDField(allow_null=True)


class PlanProgressOutput(serializers.Serializer[Any]):
    rounds = serializers.IntegerField(help_text="Finished ones.")
    last_round_id = serializers.UUIDField(source="last.pk", default=None, allow_null=True)
    bought = serializers.IntegerField(help_text="Answers people gave to its rounds' tasks.")
    still_asked = serializers.IntegerField(help_text="Answers that these tasks still wait for.")
    next_start = serializers.CharField(source="next.sentence")
    rules = PlanRuleOutput(many=True)


class PlanOutput(serializers.ModelSerializer[RoundPlan]):
    project_id = serializers.UUIDField()
    release_id = serializers.UUIDField()
    release_label = serializers.SerializerMethodField()
    settings = PlanSettingsOutput()
    state = serializers.ChoiceField(choices=[str(state) for state in PlanState])
    requested_by = serializers.CharField(source="requested_by.display_name")
    progress = serializers.SerializerMethodField(help_text="Null once it has ended.")

    class Meta:
        model = RoundPlan
        fields = [
            "id",
            "project_id",
            "release_id",
            "release_label",
            "clause_key",
            "meaning_revision",
            "settings",
            "after_answers",
            "every_hours",
            "answered_share",
            "plateau_rounds",
            "least_gain",
            "most_answers",
            "recall_target",
            "state",
            "reason",
            "requested_by",
            "created_at",
            "ended_at",
            "progress",
        ]
        read_only_fields = fields

    def get_release_label(self, plan: RoundPlan) -> str:
        return release_label(plan.release)

    @extend_schema_field(PlanProgressOutput(allow_null=True))
    def get_progress(self, plan: RoundPlan) -> Any:
        # Of plans that go on there is one a clause; those that ended become ever more, and are told by their reason.
        if plan.state == PlanState.ENDED.value:
            return None
        return PlanProgressOutput(plan_progress(plan)).data
