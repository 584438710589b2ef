from __future__ import annotations

from typing import Any

from rest_framework import serializers

from annotation.api.agreement_serializers import FigureOutput
from annotation.domain.suggestions import Timing
from annotation.services.suggestion_imports import LINES_MAX
from annotation.services.suggestions import SHOWN_MS_MAX
from core.http.serializers import StrictSerializer

TIMINGS = [str(timing) for timing in Timing]


class ProposingModelOutput(serializers.Serializer[Any]):
    clause_key = serializers.CharField()
    model = serializers.CharField()
    version = serializers.CharField(allow_blank=True)
    is_head = serializers.SerializerMethodField(help_text="Trained here; else an engineer's own.")

    def get_is_head(self, found: Any) -> bool:
        return bool(found.source == "head")


class ProposingModelsOutput(serializers.Serializer[Any]):
    results = ProposingModelOutput(many=True)


class SuggestedMarkOutput(serializers.Serializer[Any]):
    item = serializers.CharField(help_text="What an accepted mark names in its origin, after `suggestion:`.")
    confidence = serializers.FloatField(allow_null=True)
    region = serializers.DictField(help_text="A piece of evidence as in a label document.")


class SuggestionOutput(serializers.Serializer[Any]):
    id = serializers.UUIDField(help_text="What an accepted answer names in its origin, after `suggestion:`.")
    clause_key = serializers.CharField()
    source = serializers.ChoiceField(choices=["head", "imported", "agent"])  # type: ignore[assignment]
    model = serializers.CharField()
    version = serializers.CharField(allow_blank=True)
    answer = serializers.CharField(allow_null=True)
    severity = serializers.IntegerField(allow_null=True)
    confidence = serializers.FloatField(allow_null=True)
    reason = serializers.CharField(
        allow_blank=True,
        help_text="Why, in an agent's own words: plain text of a stranger, empty for other models.",
    )
    marks = SuggestedMarkOutput(many=True)


class OfferedSuggestionsOutput(serializers.Serializer[Any]):
    timing = serializers.ChoiceField(choices=TIMINGS[1:])
    suggestions = SuggestionOutput(
        many=True, help_text="Empty before the answer where they come after it, whether there are any or not."
    )


class ReportedSuggestionsInput(StrictSerializer):
    shown_ms = serializers.IntegerField(
        min_value=0, max_value=SHOWN_MS_MAX, help_text="How long they stood on the screen."
    )
    rejected = serializers.ListField(
        child=serializers.CharField(max_length=44), max_length=4_000, required=False, default=list
    )


class SuggestionRulesInput(StrictSerializer):
    timing = serializers.ChoiceField(choices=TIMINGS)
    share = serializers.FloatField(
        min_value=0, max_value=1, help_text="Of the tasks that have suggestions, how many are shown them."
    )
    confidence_min = serializers.FloatField(min_value=0, max_value=1, required=False, default=0.0)


class SuggestionRulesOutput(serializers.Serializer[Any]):
    timing = serializers.ChoiceField(choices=TIMINGS)
    share = serializers.FloatField()
    confidence_min = serializers.FloatField()


class SecondLookOutput(serializers.Serializer[Any]):
    has_suggestions = serializers.BooleanField(help_text="Whether the task's bundle has suggestions now.")


class ItemOutcomeOutput(serializers.Serializer[Any]):
    item = serializers.CharField()
    clause_key = serializers.CharField()
    outcome = serializers.ChoiceField(choices=["accepted", "changed", "rejected", "ignored"])


class SuggestionReportOutput(serializers.Serializer[Any]):
    submission_id = serializers.UUIDField()
    shown_ms = serializers.IntegerField()
    items = ItemOutcomeOutput(many=True)


class SuggestionsImportInput(StrictSerializer):
    release_id = serializers.UUIDField()
    model = serializers.CharField(max_length=120)
    version = serializers.CharField(max_length=60, required=False, allow_blank=True, default="")
    suggestions = serializers.ListField(
        child=serializers.DictField(),
        min_length=1,
        max_length=LINES_MAX,
        help_text="Lines of `external_id`, `clause_key`, `answer`, `severity`, `confidence`, `marks`.",
    )


class SuggestionsImportOutput(serializers.Serializer[Any]):
    lines = serializers.IntegerField()
    stored = serializers.IntegerField(help_text="How many said something that was not stored before.")


class BiasArmOutput(serializers.Serializer[Any]):
    tasks = serializers.IntegerField()
    agreement = FigureOutput(help_text="Share of the answers that are the model's, 0 to 1.")
    accuracy = FigureOutput(help_text="Share of the answers that are what was decided without them.")
    followed_wrong = FigureOutput(
        help_text="Where the model was wrong: share of the answers that are the model's."
    )
    median_ms = FigureOutput(help_text="Time worked on a task.")


class BiasDifferenceOutput(serializers.Serializer[Any]):
    agreement = FigureOutput(help_text="Shown less not shown: what showing does to agreement.")
    accuracy = FigureOutput()
    followed_wrong = FigureOutput()
    median_ms = FigureOutput()


class ItemCountsOutput(serializers.Serializer[Any]):
    accepted = serializers.IntegerField()
    changed = serializers.IntegerField()
    rejected = serializers.IntegerField()
    ignored = serializers.IntegerField()


class SecondThoughtsOutput(serializers.Serializer[Any]):
    shown = serializers.IntegerField(help_text="Answers after which the model's was shown.")
    differing = serializers.IntegerField(help_text="Of these, those that were not the model's.")
    to_model = serializers.IntegerField(help_text="Of the differing, those changed to the model's.")
    from_model = serializers.IntegerField(help_text="Of the others, those changed away from it.")


class ClauseBiasOutput(serializers.Serializer[Any]):
    clause_key = serializers.CharField(source="clause.key")
    title = serializers.CharField(source="clause.title")
    release_label = serializers.CharField(source="release.label")
    shown = BiasArmOutput(source="bias.shown")
    not_shown = BiasArmOutput(source="bias.not_shown")
    difference = BiasDifferenceOutput(source="bias.difference")
    items = ItemCountsOutput()
    second_thoughts = SecondThoughtsOutput()


class SuggestionFiguresOutput(serializers.Serializer[Any]):
    clauses = ClauseBiasOutput(many=True)
