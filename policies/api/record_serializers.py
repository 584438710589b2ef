"""Shapes of the records behind the counts of impact and of what decisions become."""

from __future__ import annotations

from typing import Any

from rest_framework import serializers

from core.http.serializers import StrictSerializer
from policies.domain.impact import RecordFilter
from policies.selectors.records import DECISIONS, NOUNS, RecordsAsked

TARGETS = ["post", "comparison", "slate", "precedent", "dataset_version"]
UNKNOWN = "none"


class RecordsInput(StrictSerializer):
    against = serializers.UUIDField(required=False)
    nouns = serializers.CharField(required=False, allow_blank=True, max_length=200)
    becomes = serializers.ChoiceField(choices=["holds", "asked_again", "no_longer_asked"], required=False)
    clause = serializers.CharField(required=False, allow_blank=True, max_length=64)
    language = serializers.CharField(required=False, allow_blank=True, max_length=35)
    severity = serializers.RegexField(r"^(none|[0-9]{1,4})$", required=False, allow_blank=True)
    cursor = serializers.CharField(required=False, allow_blank=True, max_length=400)
    page_size = serializers.IntegerField(required=False, min_value=1, max_value=200)

    def validate_nouns(self, value: str) -> list[str]:
        """Return the nouns, which are separated by commas."""
        nouns = [noun.strip() for noun in value.split(",") if noun.strip()]
        unknown = [noun for noun in nouns if noun not in NOUNS]
        if unknown:
            raise serializers.ValidationError(f"Choose among {', '.join(NOUNS)}.")
        return nouns


def records_asked(given: dict[str, Any]) -> RecordsAsked:
    """Return which records are asked for; where no noun is named, those that everybody here may list."""
    becomes = given.get("becomes")
    usual = DECISIONS if becomes else tuple(noun for noun in NOUNS if noun != "gold items")
    nouns = tuple(given.get("nouns") or usual)
    language, severity = given.get("language"), given.get("severity")
    return RecordsAsked(
        nouns=tuple(noun for noun in nouns if noun in DECISIONS) if becomes else nouns,
        becomes=becomes,
        clause_key=given.get("clause") or None,
        wanted=RecordFilter(
            language=None if not language else "" if language == UNKNOWN else language,
            severity=None if not severity else "none" if severity == UNKNOWN else int(severity),
        ),
    )


class ListedRecordOutput(serializers.Serializer[Any]):
    id = serializers.UUIDField(source="record.id")
    noun = serializers.ChoiceField(choices=list(NOUNS))
    clause_key = serializers.CharField()
    target = serializers.ChoiceField(choices=TARGETS, source="record.target")
    target_id = serializers.UUIDField(source="record.target_id")
    parent_id = serializers.UUIDField(
        source="record.parent_id", allow_null=True, help_text="The dataset of a version."
    )
    name = serializers.CharField(source="record.name")
    beginning = serializers.CharField(help_text="How the post begins.")
    language = serializers.CharField(source="record.language")
    severity = serializers.IntegerField(source="record.severity", allow_null=True)
    answer = serializers.CharField(source="record.answer")
    method = serializers.CharField(source="record.method", help_text="How a decision was made.")
    rows = serializers.IntegerField(
        source="record.rows", allow_null=True, help_text="Rows of a version that rest on the clause."
    )
    created_at = serializers.DateTimeField(source="record.created_at")


class RecordsCountOutput(serializers.Serializer[Any]):
    noun = serializers.ChoiceField(choices=list(NOUNS))
    clause_key = serializers.CharField()
    language = serializers.CharField(help_text="Empty where it is not known.")
    severity = serializers.IntegerField(allow_null=True)
    count = serializers.IntegerField()
