"""Shapes of how people judge. Sizes are in log odds, shares in [0, 1]; all with their 95 % interval."""

from __future__ import annotations

from typing import Any

from rest_framework import serializers

from preferences.api.result_serializers import SwayOutput
from preferences.api.serializers import AxisOutput, BundleReleaseOutput


class JudgedSizeOutput(serializers.Serializer[Any]):
    size = serializers.FloatField()
    low = serializers.FloatField()
    high = serializers.FloatField()


class JudgeLeaningOutput(JudgedSizeOutput):
    beyond_doubt = serializers.BooleanField(help_text="Whether the interval leaves out zero.")


class JudgeReliabilityOutput(JudgedSizeOutput):
    against = serializers.BooleanField(help_text="Says the opposite of what is meant, beyond doubt.")


class CountedShareOutput(serializers.Serializer[Any]):
    of = serializers.IntegerField()
    counted = serializers.IntegerField()
    share = serializers.FloatField(allow_null=True)
    low = serializers.FloatField(allow_null=True)
    high = serializers.FloatField(allow_null=True)


class OwnJudgingPersonOutput(serializers.Serializer[Any]):
    judgments = serializers.IntegerField()
    reliability = JudgeReliabilityOutput(
        allow_null=True, help_text="How often the person says what everybody's judgments lead one to expect."
    )
    worth = JudgeLeaningOutput(allow_null=True, help_text="1 tells worth as everybody does, 0 not at all.")
    side = JudgeLeaningOutput(allow_null=True, help_text="Pull of what is shown first.")
    length = JudgeLeaningOutput(
        allow_null=True, help_text="Pull of a response twice as long; null where none is."
    )
    same = CountedShareOutput(help_text="Asked again with the sides swapped, the same outcome.")
    turned = CountedShareOutput(help_text="Asked again with the sides swapped, the other one preferred.")
    others = CountedShareOutput(
        help_text="Says what most of the other people say, where most of them say one thing; models are no people."
    )


class JudgingPersonOutput(OwnJudgingPersonOutput):
    pseudonym = serializers.CharField()
    is_simulated = serializers.BooleanField()
    known = CountedShareOutput(help_text="Right answers to pairs whose answer is known.")


class OutcomeCountOutput(serializers.Serializer[Any]):
    outcome = serializers.CharField()
    method = serializers.CharField()
    count = serializers.IntegerField()


class TogetherOutput(serializers.Serializer[Any]):
    one = serializers.CharField()
    other = serializers.CharField()
    items = serializers.IntegerField()
    agreeing = serializers.IntegerField()
    kappa = serializers.FloatField(allow_null=True)
    low = serializers.FloatField(allow_null=True)
    high = serializers.FloatField(allow_null=True)


class JudgmentSuspectOutput(serializers.Serializer[Any]):
    submission_id = serializers.UUIDField()
    comparison_id = serializers.UUIDField(allow_null=True, help_text="Null of an order of a slate.")
    slate_id = serializers.UUIDField(default=None, allow_null=True, help_text="Of an order: the slate.")
    pseudonym = serializers.CharField()
    is_simulated = serializers.BooleanField()
    preferred = serializers.ChoiceField(choices=["a", "b"], allow_null=True)
    probability = serializers.FloatField(
        help_text="That what was preferred is the better, given everything but this answer."
    )
    reliability = serializers.FloatField(help_text="The person's, fitted without this answer.")
    others = serializers.IntegerField(help_text="Others who preferred some of the same responses.")
    against = serializers.IntegerField(help_text="Of them, those who preferred the opposite.")
    turned = serializers.BooleanField(
        default=False, help_text="Asked again with the sides swapped, the person preferred the other one."
    )


class JudgingFoundOutput(serializers.Serializer[Any]):
    answers = serializers.IntegerField()
    sways = SwayOutput(many=True)
    same = CountedShareOutput()
    turned = CountedShareOutput(
        help_text="The measured flip rate: preferences turned round by swapping the sides."
    )
    known = CountedShareOutput()
    outcomes = OutcomeCountOutput(many=True)
    together = TogetherOutput(many=True)
    people = JudgingPersonOutput(many=True)
    suspects = JudgmentSuspectOutput(
        many=True, help_text="Judgments that fight everything else, the least probable first."
    )
    suspects_wrong = CountedShareOutput(
        help_text="Of the suspects that reviewers spoke on, those they gave back or amended."
    )


class JudgingScanSettingsOutput(serializers.Serializer[Any]):
    below = serializers.FloatField(help_text="Less probable than this is a suspect.")
    turned_below = serializers.FloatField(
        help_text="So is less probable than this, where its person said the opposite when asked again."
    )
    folds = serializers.IntegerField()
    seed = serializers.IntegerField()
    most_judgments = serializers.IntegerField()
    most_suspects = serializers.IntegerField()


class JudgingScanOutput(serializers.Serializer[Any]):
    id = serializers.UUIDField()
    clause_key = serializers.CharField()
    meaning_revision = serializers.IntegerField()
    measured_at = serializers.DateTimeField()
    requested_by = serializers.CharField(allow_null=True)
    judgments = serializers.IntegerField(help_text="Judgments of pairs that were looked at.")
    orders = serializers.IntegerField(help_text="Answers about slates that were looked at.")
    settings = JudgingScanSettingsOutput()
    suspects = serializers.IntegerField()
    suspected_orders = serializers.IntegerField(help_text="Of the suspects, those about slates.")
    wrong = CountedShareOutput(help_text="Of the suspects reviewed by now, those given back or amended.")


class HowJudgedOutput(serializers.Serializer[Any]):
    release = BundleReleaseOutput(allow_null=True)
    axis = AxisOutput(allow_null=True)
    axes = AxisOutput(many=True)
    job_id = serializers.UUIDField(source="job.id", default=None, allow_null=True)
    is_measuring = serializers.SerializerMethodField()
    found = JudgingFoundOutput(allow_null=True)
    measured_at = serializers.DateTimeField(allow_null=True)

    def get_is_measuring(self, view: Any) -> bool:
        return view.job is not None and view.job.state in ("queued", "running")


class OwnJudgingOutput(serializers.Serializer[Any]):
    axis = AxisOutput()
    measured_at = serializers.DateTimeField()
    person = OwnJudgingPersonOutput()


class OwnJudgingListOutput(serializers.Serializer[Any]):
    axes = OwnJudgingOutput(many=True)
