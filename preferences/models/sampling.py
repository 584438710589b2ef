from __future__ import annotations

from django.conf import settings
from django.db import models
from django.db.models import Q

from core.db.records import Record
from preferences.domain.sampling import MOST_SAMPLES, Becomes, Beside, PromptsFrom, SampleOutcome


class SamplingRun(Record):
    """A model asked for ``samples`` responses to each of some prompts.

    ``source_model`` is the name its responses get; ``model_told`` is the endpoint's name, model and address then.
    ``seed`` is null where the endpoint draws by itself. Budgets: ``None`` does not stop.
    """

    project = models.ForeignKey("accounts.Project", on_delete=models.PROTECT, related_name="+")
    endpoint = models.ForeignKey("endpoints.Endpoint", on_delete=models.PROTECT, related_name="+")
    source_model = models.CharField(max_length=200)
    model_told = models.JSONField(default=dict)
    prompts_from = models.CharField(max_length=10)
    samples = models.PositiveSmallIntegerField()
    system = models.TextField(blank=True, default="")
    temperature = models.FloatField()
    max_tokens = models.PositiveIntegerField()
    seed = models.BigIntegerField(null=True)
    becomes = models.CharField(max_length=10)
    beside = models.CharField(max_length=10)
    most_tokens = models.BigIntegerField(null=True)
    most_cost = models.DecimalField(max_digits=14, decimal_places=6, null=True)
    planned_calls = models.PositiveIntegerField(default=0)
    made_pairs = models.PositiveIntegerField(default=0)
    made_slates = models.PositiveIntegerField(default=0)
    stopped_by = models.CharField(max_length=10, blank=True, default="")
    job = models.ForeignKey("jobs.Job", on_delete=models.PROTECT, null=True, related_name="+")
    requested_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    finished_at = models.DateTimeField(null=True)

    class Meta:
        db_table = "preferences_sampling_run"
        constraints = [
            models.CheckConstraint(condition=~Q(source_model=""), name="preferences_sampling_run_named"),
            models.CheckConstraint(
                condition=Q(samples__gte=1, samples__lte=MOST_SAMPLES),
                name="preferences_sampling_run_samples",
            ),
            models.CheckConstraint(
                condition=Q(prompts_from__in=[str(each) for each in PromptsFrom])
                & Q(becomes__in=[str(each) for each in Becomes])
                & Q(beside__in=[str(each) for each in Beside]),
                name="preferences_sampling_run_known",
            ),
        ]
        indexes = [models.Index(fields=["project", "-id"], name="preferences_sampling_newest")]


class SamplingItem(Record):
    """A prompt a run asks about; ``place`` is the order of asking.

    ``first`` and ``wanted``: which samples are asked for. Earlier ones of the same model were asked for before.
    """

    run = models.ForeignKey(SamplingRun, on_delete=models.CASCADE, related_name="items")
    prompt = models.ForeignKey("preferences.Prompt", on_delete=models.PROTECT, related_name="+")
    place = models.PositiveIntegerField()
    first = models.PositiveIntegerField()
    wanted = models.PositiveSmallIntegerField()

    class Meta:
        db_table = "preferences_sampling_item"
        constraints = [
            models.UniqueConstraint(fields=["run", "prompt"], name="preferences_sampling_item_once"),
            models.CheckConstraint(condition=Q(wanted__gte=1), name="preferences_sampling_item_wanted"),
        ]
        indexes = [models.Index(fields=["run", "place"], name="preferences_sampling_place")]


class SamplingCall(Record):
    """What came of asking for one sample; only a call that failed is ever taken back, to be made again.

    ``response`` is the text's, the same for each call that brought it; null where nothing worth keeping came.
    """

    item = models.ForeignKey(SamplingItem, on_delete=models.CASCADE, related_name="calls")
    place = models.PositiveIntegerField()
    outcome = models.CharField(max_length=10)
    response = models.ForeignKey(
        "preferences.Response", on_delete=models.PROTECT, null=True, related_name="+"
    )
    is_cut = models.BooleanField(default=False)
    error_code = models.CharField(max_length=60, blank=True, default="")
    tokens_in = models.PositiveIntegerField(default=0)
    tokens_out = models.PositiveIntegerField(default=0)
    duration_ms = models.PositiveIntegerField(default=0)
    attempts = models.PositiveSmallIntegerField(default=1)

    class Meta:
        db_table = "preferences_sampling_call"
        constraints = [
            models.UniqueConstraint(fields=["item", "place"], name="preferences_sampling_call_once"),
            models.CheckConstraint(
                condition=Q(outcome__in=[str(outcome) for outcome in SampleOutcome]),
                name="preferences_sampling_call_known",
            ),
            models.CheckConstraint(
                condition=Q(outcome__in=["kept", "repeated"], response__isnull=False)
                | (~Q(outcome__in=["kept", "repeated"]) & Q(response__isnull=True)),
                name="preferences_sampling_call_response",
            ),
        ]
