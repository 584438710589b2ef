"""What is put before people of the responses a model gave: pairs or slates, each once however often it is made."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Sequence
from hashlib import sha256
from typing import Any
from uuid import UUID

from django.db import transaction
from django.db.models import Q

from core.accounts.services import audit_record
from preferences.domain.batches import in_batches
from preferences.domain.sampling import Becomes, Beside, pairs_of, slates_of
from preferences.models import Comparison, Response, SamplingItem, SamplingRun, Slate, SlateResponse
from preferences.selectors.sampling import prompts_askable

_BATCH = 100


def sampled_comparisons_make(run: SamplingRun, *, tell: Callable[[], None]) -> None:
    """Make what the run's responses are to become, prompt by prompt; running it again makes what is missing.

    Raises
    ------
    Whatever ``tell`` raises, a cancel among it.
    """
    if run.becomes == Becomes.RESPONSES:
        return
    prompts = SamplingItem.objects.filter(run=run).order_by("place").values_list("prompt_id", flat=True)
    for batch in in_batches(list(prompts), _BATCH):
        _make(run, batch)
        tell()


def sampled_counts(run: SamplingRun) -> tuple[int, int]:
    """Return how many pairs and slates stand that this run made."""
    made = {"project_id": run.project_id, "metadata__sampled__run": str(run.pk)}
    return (
        Comparison.objects.filter(**made, slate__isnull=True).count(),
        Slate.objects.filter(**made).count(),
    )


@transaction.atomic
def _make(run: SamplingRun, prompt_ids: Sequence[UUID]) -> None:
    # What was hidden, or became known, since the run began is put before nobody.
    askable = set(prompts_askable(run.project_id).filter(pk__in=prompt_ids).values_list("pk", flat=True))
    own, others = _responses(run, askable)
    beside = Beside(run.beside)
    if run.becomes == Becomes.PAIRS:
        pairs = [
            (prompt, *pair)
            for prompt in prompt_ids
            for pair in pairs_of(own[prompt], others[prompt], beside=beside)
        ]
        made = _make_pairs(run, pairs)
    else:
        slates = [
            (prompt, slate)
            for prompt in prompt_ids
            for slate in slates_of(own[prompt], others[prompt], beside=beside)
        ]
        made = _make_slates(run, slates)
    if made:
        data = {"run": str(run.pk), "count": made, "becomes": run.becomes}
        audit_record(None, action="comparisons.sample", project=run.project, target=run, data=data)


_ByPrompt = dict[UUID, list[UUID]]


def _responses(run: SamplingRun, prompt_ids: set[UUID]) -> tuple[_ByPrompt, _ByPrompt]:
    """Return the texts that answer each prompt, by the run's model and by others, the oldest first."""
    own: _ByPrompt = defaultdict(list)
    others: _ByPrompt = defaultdict(list)
    rows = Response.objects.filter(prompt_id__in=prompt_ids, material__isnull=True).exclude(text="")
    for pk, prompt, model in rows.order_by("id").values_list("pk", "prompt_id", "source_model"):
        (own if model == run.source_model else others)[prompt].append(pk)
    return own, others


def _make_pairs(run: SamplingRun, pairs: Sequence[tuple[UUID, UUID, UUID]]) -> int:
    """Make the pairs that are not compared yet, whichever of the two is A there."""
    ids = {response for _, *pair in pairs for response in pair}
    compared = Comparison.objects.filter(
        Q(response_a__in=ids) & Q(response_b__in=ids), project_id=run.project_id, slate__isnull=True
    ).values_list("response_a_id", "response_b_id")
    known = {frozenset(pair) for pair in compared}
    fresh = [(prompt, one, other) for prompt, one, other in pairs if frozenset((one, other)) not in known]
    Comparison.objects.bulk_create(
        (
            Comparison(
                project_id=run.project_id,
                prompt_id=prompt,
                response_a_id=one,
                response_b_id=other,
                **_named(run, [one, other]),
            )
            for prompt, one, other in fresh
        ),
        ignore_conflicts=True,
    )
    return len(fresh)


def _make_slates(run: SamplingRun, slates: Sequence[tuple[UUID, list[UUID]]]) -> int:
    """Make the slates that are not there yet: of the same responses there is one, in whatever order."""
    named = {str(_named(run, slate)["external_id"]): (prompt, slate) for prompt, slate in slates}
    known = set(
        Slate.objects.filter(project_id=run.project_id, external_id__in=named).values_list(
            "external_id", flat=True
        )
    )
    fresh = [
        (
            Slate(project_id=run.project_id, prompt_id=prompt, size=len(slate), **_named(run, slate)),
            slate,
        )
        for name, (prompt, slate) in named.items()
        if name not in known
    ]
    Slate.objects.bulk_create(row for row, _ in fresh)
    SlateResponse.objects.bulk_create(
        SlateResponse(slate=row, response_id=response, place=place)
        for row, slate in fresh
        for place, response in enumerate(slate)
    )
    return len(fresh)


def _named(run: SamplingRun, responses: Sequence[UUID]) -> dict[str, Any]:
    """Return name, fingerprint and origin of what is made of these responses; the same ones, the same name."""
    digest = sha256(b"".join(sorted(one.bytes for one in responses))).hexdigest()
    return {
        "external_id": f"sampled:{digest[:32]}",
        "content_sha256": digest,
        "metadata": {"sampled": {"run": str(run.pk)}},
    }
