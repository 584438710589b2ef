from __future__ import annotations

from typing import Any

from drf_spectacular.utils import extend_schema_field
from rest_framework import serializers

from active_learning.domain.promotions import ModelState, PromotionKind
from active_learning.models import ModelVersion, Promotion
from active_learning.selectors import Meanings, Standing, meaning_holds, model_state
from core.http.serializers import StrictSerializer

MODEL_STATE_CHOICES = [str(state) for state in ModelState]
PROMOTION_CHOICES = [str(kind) for kind in PromotionKind]


class ModelOutput(serializers.ModelSerializer[ModelVersion]):
    """Needs ``meanings`` in its context."""

    project_id = serializers.UUIDField()
    release_id = serializers.UUIDField()
    release_label = serializers.SerializerMethodField()
    metrics = serializers.DictField()
    trained_on = serializers.DictField()
    state = serializers.SerializerMethodField()
    meaning_holds = serializers.SerializerMethodField(
        help_text="Whether the clause still means what the model was trained to tell; only then it suggests."
    )

    class Meta:
        model = ModelVersion
        fields = [
            "id",
            "project_id",
            "clause_key",
            "meaning_revision",
            "number",
            "artifact_sha256",
            "encoder",
            "release_id",
            "release_label",
            "metrics",
            "trained_on",
            "state",
            "meaning_holds",
            "created_at",
        ]
        read_only_fields = fields

    def get_release_label(self, found: ModelVersion) -> str:
        return f"{found.release.policy.key}@{found.release.number}"

    @extend_schema_field(serializers.ChoiceField(choices=MODEL_STATE_CHOICES))
    def get_state(self, found: ModelVersion) -> str:
        return str(model_state(found))

    def get_meaning_holds(self, found: ModelVersion) -> bool:
        meanings: Meanings = self.context["meanings"]
        return meaning_holds(found, meanings)


class PromotionOutput(serializers.ModelSerializer[Promotion]):
    kind = serializers.ChoiceField(choices=PROMOTION_CHOICES)
    model_id = serializers.UUIDField(allow_null=True)
    model_number = serializers.IntegerField(
        source="model.number", default=None, allow_null=True, read_only=True
    )
    decided_by = serializers.CharField(
        source="decided_by.display_name", default=None, allow_null=True, read_only=True
    )

    class Meta:
        model = Promotion
        fields = ["id", "ordinal", "kind", "model_id", "model_number", "reason", "decided_by", "created_at"]
        read_only_fields = fields


class ModelNumberOutput(serializers.Serializer[Any]):
    id = serializers.UUIDField()
    number = serializers.IntegerField()


class ModelDetailOutput(ModelOutput):
    """Needs ``standing`` in its context too."""

    ordinal = serializers.SerializerMethodField(
        help_text="How often was decided which of the clause's models suggests; said back with the next decision."
    )
    before = serializers.SerializerMethodField(help_text="What a way back from the promoted model leads to.")
    promotions = serializers.SerializerMethodField(help_text="What was decided for the clause, newest first.")

    class Meta(ModelOutput.Meta):
        fields = [*ModelOutput.Meta.fields, "ordinal", "before", "promotions"]
        read_only_fields = fields

    @property
    def _standing(self) -> Standing:
        standing: Standing = self.context["standing"]
        return standing

    def get_ordinal(self, found: ModelVersion) -> int:
        return self._standing.ordinal

    @extend_schema_field(ModelNumberOutput(allow_null=True))
    def get_before(self, found: ModelVersion) -> Any:
        before = self._standing.before
        return None if before is None else ModelNumberOutput(before).data

    @extend_schema_field(PromotionOutput(many=True))
    def get_promotions(self, found: ModelVersion) -> Any:
        return PromotionOutput(self._standing.promotions, many=True).data


class PromotionInput(StrictSerializer):
    after = serializers.IntegerField(
        min_value=0,
        help_text="The `ordinal` the decision rests on; where it has moved on, nothing is stored.",
    )
    reason = serializers.CharField(max_length=2000)
