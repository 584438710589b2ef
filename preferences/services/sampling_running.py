"""One run on a worker: ask for every sample that has no row yet, then make of them what people are to judge."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from hashlib import sha256
from typing import Any
from uuid import UUID

from django.db import transaction
from django.db.models.functions import Now

from core.accounts.services import audit_record
from core.endpoints.asking import Spent, Work, all_asked
from core.endpoints.chat import ChatClient, Completion
from core.endpoints.errors import EndpointRetiredError
from core.endpoints.selectors import endpoint_target
from core.errors import ConcordError
from policies.selectors import posts_held_out
from policies.tokens import token_count
from preferences.domain.pairs import LONGEST_TEXT
from preferences.domain.sampling import SampleOutcome, sample_messages, sample_seed, text_kept
from preferences.errors import ModelSilentError
from preferences.models import Prompt, Response, SamplingCall, SamplingItem, SamplingRun
from preferences.selectors.sampling import prompts_askable
from preferences.services.sampled_comparisons import sampled_comparisons_make, sampled_counts
from preferences.services.sampling import post_texts

Progress = Callable[[int, int | None, str], None]
_BATCH = 100


@dataclass(frozen=True, slots=True)
class _Ask:
    """One sample to ask for."""

    item_id: UUID
    prompt_id: UUID
    place: int
    seed: int | None
    messages: list[dict[str, str]]


def sampling_run(run_id: UUID, progress: Progress, *, asks: bool = True) -> dict[str, Any]:
    """Ask what was not asked yet, unless nothing more is to be asked, and finish; safe to run twice.

    Raises
    ------
    ModelSilentError, EndpointAddressError, EndpointKeyUnreadableError, EndpointRetiredError, JobCancelled
    """
    run = SamplingRun.objects.select_related("endpoint", "project").get(pk=run_id)
    spent = Spent.so_far(run.endpoint, ModelSilentError, SamplingCall.objects.filter(item__run=run), run)
    if run.finished_at is None:
        if asks:
            _ask_all(run, spent, progress)
        sampled_comparisons_make(
            run, tell=lambda: progress(spent.calls, run.planned_calls, "Making comparisons")
        )
        _finish(run, spent)
    return {
        "calls": spent.calls,
        "kept": SamplingCall.objects.filter(item__run=run, outcome=SampleOutcome.KEPT).count(),
        "pairs": run.made_pairs,
        "slates": run.made_slates,
        "stopped_by": run.stopped_by,
    }


def _ask_all(run: SamplingRun, spent: Spent, progress: Progress) -> None:
    endpoint = run.endpoint
    if endpoint.retired_at is not None:
        raise EndpointRetiredError(name=endpoint.name)
    progress(spent.calls, run.planned_calls, f"Asking {endpoint.name}")

    def answer(client: ChatClient, ask: _Ask) -> Completion:
        found = client.completion(
            ask.messages,
            max_tokens=run.max_tokens,
            temperature=run.temperature,
            seed=ask.seed,
            streamed=True,
        )
        return found if found.tokens_in or found.tokens_out else _counted_here(ask, found)

    def keep(ask: _Ask, found: Completion | None, problem: ConcordError | None) -> None:
        _keep(run.source_model, ask, found, problem)

    # What is asked is the endpoint as the run began with it: another model under its name is another run.
    target = replace(endpoint_target(endpoint), model=str(run.model_told["model"]))
    with ChatClient(target) as client:
        work = Work(_asks(run), answer, keep, lambda: progress(spent.calls, run.planned_calls, ""))
        all_asked(client, spent, work)


def _counted_here(ask: _Ask, found: Completion) -> Completion:
    """Return the completion of an endpoint that counts no tokens, counted here: limits must hold for it too."""
    return replace(
        found,
        tokens_in=sum(token_count(message["content"]) for message in ask.messages),
        tokens_out=token_count(found.text),
    )


def _asks(run: SamplingRun) -> Iterator[_Ask]:
    """Yield the samples that have no row yet, prompt by prompt."""
    items = list(SamplingItem.objects.filter(run=run).order_by("place"))
    for start in range(0, len(items), _BATCH):
        batch = items[start : start + _BATCH]
        made = set(SamplingCall.objects.filter(item__in=batch).values_list("item_id", "place"))
        prompts = _prompts(run.project_id, [item.prompt_id for item in batch])
        for item in batch:
            messages = prompts.get(item.prompt_id)
            if messages is None:
                continue
            for place in range(item.first, item.first + item.wanted):
                if (item.pk, place) not in made:
                    seed = None if run.seed is None else sample_seed(run.seed, item.prompt_id, place)
                    turns, texts = messages
                    asked = sample_messages(turns, system=run.system, post_texts=texts)
                    yield _Ask(item.pk, item.prompt_id, place, seed, asked)


def _prompts(project_id: UUID, prompt_ids: list[UUID]) -> dict[UUID, tuple[list[dict[str, Any]], list[str]]]:
    """Return conversations and the texts of their posts.

    Read as late as this: what was hidden, held out or became known since the run began does not leave the house.
    """
    rows: list[Prompt] = list(prompts_askable(project_id).filter(pk__in=prompt_ids))
    posts = {row.post_id for row in rows if row.post_id is not None}
    held, texts = posts_held_out(project_id, posts), post_texts(list(posts))
    return {
        row.pk: (row.messages, [] if row.post_id is None else texts.get(row.post_id, []))
        for row in rows
        if row.post_id not in held
    }


@transaction.atomic
def _keep(source_model: str, ask: _Ask, found: Completion | None, problem: ConcordError | None) -> None:
    """Write what came of a call with its response; whoever wrote the same one before keeps theirs."""
    row = SamplingCall(item_id=ask.item_id, place=ask.place)
    if found is None:
        row.outcome, row.error_code = SampleOutcome.FAILED, problem.code if problem else ""
    else:
        row.is_cut, row.tokens_in, row.tokens_out = found.is_cut, found.tokens_in, found.tokens_out
        row.duration_ms, row.attempts = found.duration_ms, found.attempts
        text = text_kept(found.text)
        if text and len(text) <= LONGEST_TEXT:
            row.response_id, is_new = _response(source_model, ask.prompt_id, text)
            row.outcome = SampleOutcome.KEPT if is_new else SampleOutcome.REPEATED
        else:
            row.outcome, row.error_code = SampleOutcome.EMPTY, "too_long" if text else ""
    SamplingCall.objects.bulk_create([row], ignore_conflicts=True)


def _response(source_model: str, prompt_id: UUID, text: str) -> tuple[UUID, bool]:
    """Return the response with this text, and whether it was not there before."""
    found, is_new = Response.objects.get_or_create(
        prompt_id=prompt_id,
        source_model=source_model,
        content_sha256=sha256(text.encode()).hexdigest(),
        defaults={"text": text},
    )
    return found.pk, is_new


@transaction.atomic
def _finish(run: SamplingRun, spent: Spent) -> None:
    locked = SamplingRun.objects.select_for_update(of=("self",)).get(pk=run.pk)
    if locked.finished_at is None:
        run.made_pairs, run.made_slates = sampled_counts(run)
        run.stopped_by = spent.stopped_by
        locked.made_pairs, locked.made_slates = run.made_pairs, run.made_slates
        locked.stopped_by = run.stopped_by
        locked.finished_at = Now()
        locked.save(update_fields=["made_pairs", "made_slates", "stopped_by", "finished_at"])
        data = {"calls": spent.calls, "stopped_by": spent.stopped_by}
        audit_record(None, action="sampling_run.finish", project=run.project, target=run, data=data)
