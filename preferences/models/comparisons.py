from __future__ import annotations

from django.conf import settings
from django.db import models
from django.db.models import F, Q

from core.db.records import Record


class Prompt(Record):
    """A conversation that asks for a response, with the post it is about, if there is one.

    ``messages`` is a list of ``{role, content}``, the system text first; the last turn is the user's. A message with
    media names their places in ``material``, counted from 0, as ``media``.

    Prompts form trees: one that goes on from an earlier one ``stands_on`` the response that was gone on from, and
    ``root`` is the first prompt of its tree. Both are null for a first prompt.
    """

    project = models.ForeignKey("accounts.Project", on_delete=models.PROTECT, related_name="+")
    messages = models.JSONField()
    post = models.ForeignKey("content.Post", on_delete=models.PROTECT, null=True, related_name="+")
    material = models.ForeignKey("content.Post", on_delete=models.PROTECT, null=True, related_name="+")
    language = models.CharField(max_length=35, blank=True, default="")
    content_sha256 = models.CharField(max_length=64)
    stands_on = models.ForeignKey(
        "preferences.Response", on_delete=models.PROTECT, null=True, related_name="next_prompts"
    )
    root = models.ForeignKey("self", on_delete=models.PROTECT, null=True, related_name="branches")

    class Meta:
        db_table = "preferences_prompt"
        constraints = [
            models.CheckConstraint(
                condition=Q(stands_on__isnull=True, root__isnull=True)
                | Q(stands_on__isnull=False, root__isnull=False),
                name="preferences_prompt_branch_has_root",
            ),
            models.CheckConstraint(condition=~Q(root=F("id")), name="preferences_prompt_not_its_own_root"),
            models.UniqueConstraint(
                fields=["project", "content_sha256", "post"],
                nulls_distinct=False,
                name="preferences_prompt_content_once",
            ),
        ]


class Response(Record):
    """One answer to a prompt: text, media or both. ``material`` is the post that holds its media, if it has any.

    ``source_model`` is for results and exports; it never reaches a judge's browser.
    """

    prompt = models.ForeignKey(Prompt, on_delete=models.PROTECT, related_name="responses")
    text = models.TextField(blank=True)
    material = models.ForeignKey("content.Post", on_delete=models.PROTECT, null=True, related_name="+")
    source_model = models.CharField(max_length=200, blank=True, default="")
    external_id = models.CharField(max_length=200, blank=True, default="")
    content_sha256 = models.CharField(max_length=64)

    class Meta:
        db_table = "preferences_response"
        constraints = [
            models.UniqueConstraint(
                fields=["prompt", "source_model", "content_sha256"], name="preferences_response_content_once"
            ),
        ]


class Comparison(Record):
    """Two responses to one prompt. A and B are names of storage; what is shown first is drawn per person.

    ``slate`` is set where nobody was asked about the two alone: what is said of them follows from answers about it.
    """

    project = models.ForeignKey("accounts.Project", on_delete=models.PROTECT, related_name="+")
    external_id = models.CharField(max_length=200)
    prompt = models.ForeignKey(Prompt, on_delete=models.PROTECT, related_name="comparisons")
    response_a = models.ForeignKey(Response, on_delete=models.PROTECT, related_name="+")
    response_b = models.ForeignKey(Response, on_delete=models.PROTECT, related_name="+")
    slate = models.ForeignKey(
        "preferences.Slate", on_delete=models.PROTECT, null=True, related_name="comparisons"
    )
    metadata = models.JSONField(default=dict)
    content_sha256 = models.CharField(max_length=64)

    class Meta:
        db_table = "preferences_comparison"
        constraints = [
            models.UniqueConstraint(
                fields=["project", "external_id"], name="preferences_comparison_external_id_once"
            ),
            models.CheckConstraint(
                condition=~Q(external_id=""), name="preferences_comparison_has_external_id"
            ),
            models.CheckConstraint(
                condition=~Q(response_a=F("response_b")), name="preferences_comparison_two_responses"
            ),
        ]
        indexes = [models.Index(fields=["project", "-id"], name="preferences_comparison_newest")]


class SideOrder(Record):
    """Which response one person was shown first in one task (append-only: it is stable on reload)."""

    task = models.ForeignKey("queue.Task", on_delete=models.PROTECT, related_name="+")
    person = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    swapped = models.BooleanField()

    class Meta:
        db_table = "preferences_side_order"
        constraints = [
            models.UniqueConstraint(fields=["task", "person"], name="preferences_side_order_once"),
        ]
