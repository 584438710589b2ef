from __future__ import annotations

from typing import Any

from rest_framework import serializers

from core.http.serializers import StrictSerializer
from core.queue.domain.reveals import Mode, Purpose

_MODES = [str(Mode.HOLD), str(Mode.LENS), str(Mode.FULL)]
_PURPOSES = [str(one) for one in Purpose if one is not Purpose.UNSAID]
_LONGEST_BREAK = 480
_LEFT = "For how long it may stay in view until a budget of time is used up; null where none counts it."


class CoverOutput(serializers.Serializer[Any]):
    covered = serializers.BooleanField()
    blur = serializers.IntegerField(help_text="0 sharp to 100 nothing to be made out.")
    grey = serializers.BooleanField()
    muted = serializers.BooleanField()
    paused = serializers.BooleanField()
    text_covered = serializers.BooleanField()
    size = serializers.IntegerField(help_text="Percent of the room there is.")
    rate = serializers.FloatField()


class PartialCoverOutput(serializers.Serializer[Any]):
    covered = serializers.BooleanField(allow_null=True)
    blur = serializers.IntegerField(allow_null=True)
    grey = serializers.BooleanField(allow_null=True)
    muted = serializers.BooleanField(allow_null=True)
    paused = serializers.BooleanField(allow_null=True)
    text_covered = serializers.BooleanField(allow_null=True)
    size = serializers.IntegerField(allow_null=True)
    rate = serializers.FloatField(allow_null=True)


class CoverRowOutput(CoverOutput):
    category = serializers.CharField(allow_blank=True)
    severity = serializers.IntegerField()


class OwnCoverRowOutput(PartialCoverOutput):
    category = serializers.CharField(allow_blank=True)
    severity = serializers.IntegerField()


class PostProtectionOutput(serializers.Serializer[Any]):
    severity = serializers.IntegerField(
        help_text="0 none to 4 extreme, as stated at import, predicted by a model or expected."
    )
    categories = serializers.ListField(child=serializers.CharField())
    is_known = serializers.BooleanField()
    known_from = serializers.ChoiceField(choices=["stated", "predicted", "expected"])
    cover = CoverOutput()


class ClosedOutput(serializers.Serializer[Any]):
    why = serializers.ChoiceField(choices=["budget", "break", "cool_down", "stopped"])
    until = serializers.DateTimeField()
    seconds_left = serializers.IntegerField()
    may_end = serializers.BooleanField()
    says = serializers.CharField()


class BudgetOutput(serializers.Serializer[Any]):
    per = serializers.ChoiceField(choices=["hour", "day", "week"])
    category = serializers.CharField(allow_blank=True)
    severity_from = serializers.IntegerField()
    unit = serializers.ChoiceField(choices=["items", "seconds", "points"])
    limit = serializers.IntegerField()


def _with_source(name: str, base: type[serializers.Serializer[Any]]) -> dict[str, Any]:
    """Fields of a budget that holds, with who set it; ``from`` is no name that Python allows."""
    return {"from": serializers.ChoiceField(choices=["organization", "project", "you"])}


SetBudgetOutput = type("SetBudgetOutput", (BudgetOutput,), _with_source("SetBudget", BudgetOutput))
SpentOutput = type(
    "SpentOutput",
    (BudgetOutput,),
    {
        **_with_source("Spent", BudgetOutput),
        "spent": serializers.FloatField(),
        "opens_at": serializers.DateTimeField(allow_null=True),
    },
)


class BreakStandingOutput(serializers.Serializer[Any]):
    due_at = serializers.DateTimeField(allow_null=True)
    length_seconds = serializers.IntegerField()


_METER = {
    "seconds_hour": serializers.FloatField(),
    "seconds_day": serializers.FloatField(),
    "seconds_week": serializers.FloatField(),
    "items_day": serializers.IntegerField(),
    "severe_day": serializers.IntegerField(),
    "budgets": SpentOutput(many=True),
    "break": BreakStandingOutput(),
}
MeterOutput = type("MeterOutput", (serializers.Serializer,), dict(_METER))
MeterClosedOutput = type("MeterClosedOutput", (MeterOutput,), {"closed": ClosedOutput(allow_null=True)})


class RevealInput(StrictSerializer):
    post_id = serializers.UUIDField(
        required=False, allow_null=True, default=None, help_text="Null for a comparison without a post."
    )
    part_id = serializers.UUIDField(required=False, allow_null=True, default=None)
    lease_id = serializers.UUIDField(required=False, allow_null=True, default=None)
    mode = serializers.ChoiceField(choices=_MODES)
    purpose = serializers.ChoiceField(choices=_PURPOSES)


class RevealOutput(serializers.Serializer[Any]):
    id = serializers.UUIDField()
    post_id = serializers.UUIDField(allow_null=True)
    part_id = serializers.UUIDField(allow_null=True)
    opened_at = serializers.DateTimeField()
    beat_seconds = serializers.IntegerField()
    seconds_left = serializers.FloatField(allow_null=True, help_text=_LEFT)
    meter = MeterOutput()


class BeatInput(StrictSerializer):
    seconds = serializers.FloatField(min_value=0, max_value=86400)
    is_over = serializers.BooleanField()


class BeatOutput(serializers.Serializer[Any]):
    seconds = serializers.FloatField()
    is_over = serializers.BooleanField()
    seconds_left = serializers.FloatField(allow_null=True, help_text=_LEFT)
    meter = MeterOutput()
    closed = ClosedOutput(allow_null=True)


class BreakInput(StrictSerializer):
    minutes = serializers.IntegerField(min_value=1, max_value=_LONGEST_BREAK)


class StopInput(StrictSerializer):
    minutes = serializers.IntegerField(
        min_value=1, max_value=_LONGEST_BREAK, allow_null=True, required=False, default=None
    )


class StopOutput(serializers.Serializer[Any]):
    released = serializers.IntegerField()
    closed = ClosedOutput(allow_null=True)


class ConsentOutput(serializers.Serializer[Any]):
    key = serializers.CharField()
    name = serializers.CharField()
    consent_from = serializers.IntegerField(
        help_text="From this severity on only with consent; 5 never asks."
    )
    up_to = serializers.IntegerField(help_text="What is in force; 0 is none of it.")
    is_chosen = serializers.BooleanField()


class LinkOutput(serializers.Serializer[Any]):
    title = serializers.CharField()
    url = serializers.CharField()


class SupportOutput(serializers.Serializer[Any]):
    locale = serializers.CharField()
    title = serializers.CharField()
    text = serializers.CharField(allow_blank=True)
    contact = serializers.CharField(allow_blank=True)
    links = LinkOutput(many=True)


class CheckInsOutput(serializers.Serializer[Any]):
    is_on = serializers.BooleanField()
    every_days = serializers.IntegerField()
    question = serializers.CharField(allow_blank=True)
    readers = serializers.ListField(
        child=serializers.EmailField(),
        help_text="Who reads sums of ten people and more; nobody reads one's own.",
    )


class InheritedOutput(serializers.Serializer[Any]):
    covers = CoverRowOutput(many=True)
    budgets = SetBudgetOutput(many=True)
    break_after_minutes = serializers.IntegerField(allow_null=True)
    break_minutes = serializers.IntegerField()


class MyProtectionOutput(serializers.Serializer[Any]):
    categories = ConsentOutput(many=True)
    severity_most = serializers.IntegerField()
    cover = PartialCoverOutput()
    covers = OwnCoverRowOutput(many=True)
    budgets = BudgetOutput(many=True)
    break_after_minutes = serializers.IntegerField(allow_null=True)
    break_minutes = serializers.IntegerField(allow_null=True)
    inherited = InheritedOutput()
    support = SupportOutput(many=True)
    check_ins = CheckInsOutput()


class ConsentShape(serializers.Serializer[Any]):
    category = serializers.CharField()
    up_to = serializers.IntegerField()


class PersonSettingsShape(serializers.Serializer[Any]):
    consents = ConsentShape(many=True, required=False)
    severity_most = serializers.IntegerField(required=False)
    cover = PartialCoverOutput(required=False)
    covers = OwnCoverRowOutput(many=True, required=False)
    budgets = BudgetOutput(many=True, required=False)
    break_after_minutes = serializers.IntegerField(required=False, allow_null=True)
    break_minutes = serializers.IntegerField(required=False, allow_null=True)


class SpacingShape(serializers.Serializer[Any]):
    severe_in_a_row = serializers.IntegerField()
    then_benign = serializers.IntegerField()
    benign_most = serializers.IntegerField()
    cool_down_seconds = serializers.IntegerField()


class HarmCategoryShape(serializers.Serializer[Any]):
    key = serializers.CharField()
    name = serializers.CharField()
    consent_from = serializers.IntegerField()


class OrganizationSettingsShape(serializers.Serializer[Any]):
    categories = HarmCategoryShape(many=True)
    covers = CoverRowOutput(many=True)
    budgets = BudgetOutput(many=True)
    break_after_minutes = serializers.IntegerField(allow_null=True)
    break_minutes = serializers.IntegerField()
    spacing = SpacingShape()
    support = SupportOutput(many=True)
    check_ins = CheckInsOutput()


class ExpectedShape(serializers.Serializer[Any]):
    severity = serializers.IntegerField()
    categories = serializers.ListField(child=serializers.CharField())


class ClauseCategoryShape(serializers.Serializer[Any]):
    clause_key = serializers.CharField()
    category = serializers.CharField()


class PredictionShape(serializers.Serializer[Any]):
    clause_key = serializers.CharField()
    model = serializers.CharField()
    version = serializers.CharField(
        allow_blank=True, help_text="Empty: the newest of the model that says anything."
    )
    confidence_from = serializers.FloatField(help_text="From this confidence on its word counts, 0.5 to 1.")


class ProjectSettingsShape(serializers.Serializer[Any]):
    purpose = serializers.CharField(
        allow_blank=True, help_text="What the work is for, told to those who do it."
    )
    expects = ExpectedShape()
    clauses = ClauseCategoryShape(many=True)
    predictions = PredictionShape(many=True)
    budgets = BudgetOutput(many=True)
    break_after_minutes = serializers.IntegerField(allow_null=True)
    break_minutes = serializers.IntegerField(allow_null=True)
    spacing = SpacingShape(allow_null=True)


class ProtectionOutput(serializers.Serializer[Any]):
    organization = OrganizationSettingsShape()
    project = ProjectSettingsShape()
    may_change = serializers.BooleanField()
    may_change_organization = serializers.BooleanField()


class ProjectExposureOutput(serializers.Serializer[Any]):
    """Sums over the project's people; null where fewer than ten stand behind them."""

    people = serializers.IntegerField(allow_null=True)
    seconds_day = serializers.IntegerField(allow_null=True)
    seconds_week = serializers.IntegerField(allow_null=True)
    severe_items_week = serializers.IntegerField(allow_null=True)
    too_few = serializers.BooleanField()


class ExposureSumOutput(serializers.Serializer[Any]):
    seconds = serializers.FloatField()
    items = serializers.IntegerField()
    severe_items = serializers.IntegerField()
    points = serializers.FloatField(help_text="Seconds times severity.")


class ExposureDayOutput(ExposureSumOutput):
    day = serializers.DateField()


class ExposureCategoryOutput(serializers.Serializer[Any]):
    key = serializers.CharField(allow_blank=True)
    severity = serializers.IntegerField()
    seconds = serializers.FloatField()
    items = serializers.IntegerField()


class ExposureProjectOutput(serializers.Serializer[Any]):
    project_id = serializers.UUIDField()
    name = serializers.CharField()
    seconds = serializers.FloatField()
    items = serializers.IntegerField()


class ExposureOutput(serializers.Serializer[Any]):
    days = ExposureDayOutput(many=True)
    categories = ExposureCategoryOutput(many=True)
    projects = ExposureProjectOutput(many=True)
    total = ExposureSumOutput()
    since = serializers.DateTimeField()


class MeterQuery(StrictSerializer):
    project_id = serializers.UUIDField(required=False, default=None)


class ExposureQuery(StrictSerializer):
    days = serializers.IntegerField(min_value=1, max_value=366, required=False, default=28)


class EraseInput(StrictSerializer):
    confirm = serializers.ChoiceField(choices=["delete"])


ExportQuery = type(
    "ExportQuery",
    (StrictSerializer,),
    {"as": serializers.ChoiceField(choices=["json", "csv"], required=False, default="json")},
)


class CheckInInput(StrictSerializer):
    mood = serializers.IntegerField(min_value=1, max_value=5)
    words = serializers.CharField(max_length=4000, allow_blank=True, required=False, default="")


class CheckInOutput(serializers.Serializer[Any]):
    id = serializers.UUIDField()
    created_at = serializers.DateTimeField()
    mood = serializers.IntegerField()
    words = serializers.CharField(allow_blank=True)


class CheckInListOutput(serializers.Serializer[Any]):
    results = CheckInOutput(many=True)


class WellnessOutput(serializers.Serializer[Any]):
    """How the people of the organization say they are, over four weeks; null where fewer than ten said anything."""

    people = serializers.IntegerField(allow_null=True)
    answers = serializers.IntegerField(allow_null=True)
    mood_mean = serializers.FloatField(allow_null=True, help_text="1 bad to 5 good.")
    too_few = serializers.BooleanField()
