"""How the figures of a finished run look to callers."""

from __future__ import annotations

from typing import Any

from rest_framework import serializers


class TrainingShareOutput(serializers.Serializer[Any]):
    """A share with its 95 % interval."""

    hits = serializers.IntegerField()
    total = serializers.IntegerField()
    value = serializers.FloatField(allow_null=True)
    low = serializers.FloatField(allow_null=True)
    high = serializers.FloatField(allow_null=True)


class PairSliceOutput(serializers.Serializer[Any]):
    by = serializers.CharField()
    value = serializers.CharField()
    accuracy = TrainingShareOutput()


class PairLengthOutput(serializers.Serializer[Any]):
    baseline = TrainingShareOutput(help_text="What always taking the longer reply would get.")
    sides_with_longer = TrainingShareOutput()
    where_longer_is_better = TrainingShareOutput()
    where_shorter_is_better = TrainingShareOutput()
    only_length = serializers.BooleanField()


class PairReliabilityOutput(serializers.Serializer[Any]):
    expected = serializers.FloatField()
    count = serializers.IntegerField()
    found = TrainingShareOutput()


class PairCalibrationOutput(serializers.Serializer[Any]):
    log_loss = serializers.FloatField(allow_null=True)
    ece = serializers.FloatField(allow_null=True)
    curve = PairReliabilityOutput(many=True)


class TemperatureOutput(serializers.Serializer[Any]):
    temperature = serializers.FloatField(allow_null=True)
    fitted_on = serializers.IntegerField()
    before = PairCalibrationOutput()
    after = PairCalibrationOutput()


class MarginsOutput(serializers.Serializer[Any]):
    mean = serializers.FloatField(allow_null=True)
    median = serializers.FloatField(allow_null=True)
    edges = serializers.ListField(child=serializers.FloatField())
    counts = serializers.ListField(child=serializers.IntegerField())


class PairsMeasuredOutput(serializers.Serializer[Any]):
    pairs = serializers.IntegerField()
    accuracy = TrainingShareOutput()
    slices = PairSliceOutput(many=True)
    length = PairLengthOutput()
    calibration = TemperatureOutput()
    margins = MarginsOutput()


class WorthOutput(serializers.Serializer[Any]):
    count = serializers.IntegerField()
    before = serializers.FloatField(allow_null=True)
    after = serializers.FloatField(allow_null=True)
    gain = serializers.FloatField(allow_null=True)
    low = serializers.FloatField(allow_null=True)
    high = serializers.FloatField(allow_null=True)


class WorthSliceOutput(serializers.Serializer[Any]):
    by = serializers.CharField()
    value = serializers.CharField()
    worth = WorthOutput()


class IntervalOutput(serializers.Serializer[Any]):
    """A figure with its 95 % interval."""

    value = serializers.FloatField(allow_null=True)
    low = serializers.FloatField(allow_null=True)
    high = serializers.FloatField(allow_null=True)


class MacroF1Output(serializers.Serializer[Any]):
    before = IntervalOutput()
    after = IntervalOutput()


class AnswerSliceOutput(serializers.Serializer[Any]):
    by = serializers.CharField()
    value = serializers.CharField()
    accuracy = WorthOutput()


class AnswersMeasuredOutput(serializers.Serializer[Any]):
    """Before: of an encoder, heads on its base as rounds train them; of a safeguard, its base."""

    answers = serializers.IntegerField()
    accuracy = WorthOutput()
    macro_f1 = MacroF1Output()
    log_loss = WorthOutput(help_text="In nats: less is better.")
    slices = AnswerSliceOutput(many=True)


class CostSliceOutput(serializers.Serializer[Any]):
    by = serializers.CharField()
    value = serializers.CharField()
    cost = WorthOutput()


class TextsMeasuredOutput(serializers.Serializer[Any]):
    texts = serializers.IntegerField()
    cost = WorthOutput(help_text="Nats a token of the held-out replies: less is better.")
    slices = CostSliceOutput(many=True)
    verdicts = AnswersMeasuredOutput(allow_null=True, help_text="Of a safeguard alone.")


class RepliesMeasuredOutput(serializers.Serializer[Any]):
    replies = serializers.IntegerField()
    worth = WorthOutput()
    slices = WorthSliceOutput(many=True)
