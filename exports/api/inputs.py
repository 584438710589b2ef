from __future__ import annotations

from rest_framework import serializers

from core.http.serializers import StrictSerializer
from exports.domain.kinds import KINDS
from exports.domain.splits import SPLITS


class RowsInput(StrictSerializer):
    kind = serializers.ChoiceField(choices=list(KINDS))
    split = serializers.ChoiceField(choices=list(SPLITS), required=False, default="train")
    limit = serializers.IntegerField(min_value=1, max_value=50, required=False, default=10)


class VersionStartInput(StrictSerializer):
    override_reason = serializers.CharField(
        required=False,
        allow_blank=True,
        max_length=1000,
        help_text="Why to build before the campaigns are done; stands on the card.",
    )


class DifferenceInput(StrictSerializer):
    against = serializers.UUIDField()
