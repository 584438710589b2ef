from __future__ import annotations

from typing import Any

from rest_framework import serializers

from core.endpoints.domain.limits import MOST_CONCURRENT, MOST_PER_MINUTE, MOST_SECONDS, MOST_TOKENS
from core.endpoints.models import Endpoint
from core.http.serializers import StrictSerializer


class EndpointChangeInput(StrictSerializer):
    name = serializers.CharField(max_length=100, required=False)
    base_url = serializers.CharField(max_length=500, required=False)
    model = serializers.CharField(max_length=300, required=False)
    api_key = serializers.CharField(
        max_length=500,
        required=False,
        allow_blank=True,
        write_only=True,
        help_text="Stored encrypted and never shown again. Left out: it stays. Empty: it is taken away.",
    )
    takes_images = serializers.BooleanField(required=False)
    concurrency = serializers.IntegerField(min_value=1, max_value=MOST_CONCURRENT, required=False)
    per_minute = serializers.IntegerField(
        min_value=1, max_value=MOST_PER_MINUTE, required=False, allow_null=True
    )
    max_tokens = serializers.IntegerField(min_value=1, max_value=MOST_TOKENS, required=False)
    timeout_s = serializers.IntegerField(min_value=1, max_value=MOST_SECONDS, required=False)
    price_in = serializers.DecimalField(
        max_digits=12, decimal_places=6, min_value=0, required=False, allow_null=True
    )
    price_out = serializers.DecimalField(
        max_digits=12, decimal_places=6, min_value=0, required=False, allow_null=True
    )

    def validate_api_key(self, value: str) -> str:
        if any(not 33 <= ord(sign) <= 126 for sign in value):
            raise serializers.ValidationError("A key has no spaces and only plain letters, digits and signs.")
        return value


class EndpointInput(EndpointChangeInput):
    name = serializers.CharField(max_length=100)
    base_url = serializers.CharField(max_length=500)
    model = serializers.CharField(max_length=300)


class EndpointOutput(serializers.ModelSerializer[Endpoint]):
    project_id = serializers.UUIDField()
    has_key = serializers.SerializerMethodField()
    price_in = serializers.FloatField(allow_null=True)
    price_out = serializers.FloatField(allow_null=True)
    created_by = serializers.CharField(source="created_by.display_name")

    class Meta:
        model = Endpoint
        fields = [
            "id",
            "project_id",
            "name",
            "base_url",
            "model",
            "has_key",
            "key_hint",
            "takes_images",
            "concurrency",
            "per_minute",
            "max_tokens",
            "timeout_s",
            "price_in",
            "price_out",
            "created_by",
            "created_at",
        ]
        read_only_fields = fields

    def get_has_key(self, endpoint: Endpoint) -> bool:
        return endpoint.sealed_key is not None


class EndpointTrialOutput(serializers.Serializer[Any]):
    said_ready = serializers.BooleanField(help_text="Whether it answered with the word it was asked for.")
    duration_ms = serializers.IntegerField()
    tokens_in = serializers.IntegerField()
    tokens_out = serializers.IntegerField()
