"""One run of a judge on a worker: ask about every comparison, axis and order that has no answer yet."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.db import transaction
from django.db.models.functions import Now

from core.accounts.services import audit_record
from core.endpoints.asking import Spent, Work, all_asked, fence_of
from core.endpoints.chat import ChatClient, Completion
from core.endpoints.errors import EndpointRetiredError
from core.endpoints.selectors import endpoint_target
from core.errors import ConcordError
from preferences.domain.judges import CallOutcome, answer_read, judge_messages
from preferences.domain.orientation import value_canonical
from preferences.errors import ModelSilentError
from preferences.models import Comparison, JudgeCall, JudgeItem, JudgeRun
from preferences.selectors.judge_sample import comparisons_judgeable

Progress = Callable[[int, int | None, str], None]
_SAID = 500
_BATCH = 100


@dataclass(frozen=True, slots=True)
class _Ask:
    """One call to make."""

    item_id: UUID
    clause_key: str
    meaning_revision: int
    swapped: bool
    messages: list[dict[str, str]]


def judge_run(run_id: UUID, progress: Progress) -> dict[str, Any]:
    """Ask what was not asked yet; a finished run is left as it is. Safe to run twice.

    Raises
    ------
    ModelSilentError, EndpointAddressError, EndpointKeyUnreadableError, EndpointRetiredError, JobCancelled
    """
    run = JudgeRun.objects.select_related("endpoint", "project").get(pk=run_id)
    endpoint = run.endpoint
    if run.finished_at is not None or endpoint is None:
        return {"calls": JudgeCall.objects.filter(item__run=run).count(), "stopped_by": run.stopped_by}
    if endpoint.retired_at is not None:
        raise EndpointRetiredError(name=endpoint.name)
    spent = Spent.so_far(endpoint, ModelSilentError, JudgeCall.objects.filter(item__run=run), run)
    progress(spent.calls, run.planned_calls, f"Asking {endpoint.name}")

    def answer(client: ChatClient, ask: _Ask) -> Completion:
        return client.completion(
            ask.messages, max_tokens=endpoint.max_tokens, temperature=run.temperature, seed=run.sample_seed
        )

    with ChatClient(endpoint_target(endpoint)) as client:
        work = Work(_asks(run), answer, _keep, lambda: progress(spent.calls, run.planned_calls, ""))
        all_asked(client, spent, work)
    progress(spent.calls, run.planned_calls, "")
    return _finish(run, spent)


def _asks(run: JudgeRun) -> Iterator[_Ask]:
    """Yield the calls that have no row yet, comparison by comparison."""
    orders = (False, True) if run.both_orders else (False,)
    items = list(JudgeItem.objects.filter(run=run).order_by("place").values_list("pk", "comparison_id"))
    for start in range(0, len(items), _BATCH):
        batch = items[start : start + _BATCH]
        made = set(
            JudgeCall.objects.filter(item__in=[item for item, _ in batch]).values_list(
                "item_id", "clause_key", "swapped"
            )
        )
        # Read as late as this: what was hidden, or became known, since the run began does not leave the house.
        rows = comparisons_judgeable(run.project_id).filter(pk__in=[one for _, one in batch])
        texts = {each.pk: each for each in rows.select_related("prompt", "response_a", "response_b")}
        for item_id, comparison_id in batch:
            comparison = texts.get(comparison_id)
            if comparison is None:
                continue
            for key in run.clause_keys:
                for swapped in orders:
                    if (item_id, key, swapped) not in made:
                        yield _ask(run, item_id, comparison, key, swapped=swapped)


def _ask(run: JudgeRun, item_id: UUID, comparison: Comparison, key: str, *, swapped: bool) -> _Ask:
    shown = [comparison.response_a.text, comparison.response_b.text]
    first, second = reversed(shown) if swapped else shown
    axis = run.prompts[key]
    messages = judge_messages(
        axis["prompt"],
        comparison.prompt.messages,
        first=first,
        second=second,
        fence=fence_of(run.pk, comparison.pk),
    )
    return _Ask(item_id, key, axis["meaning_revision"], swapped, messages)


def _keep(ask: _Ask, found: Completion | None, problem: ConcordError | None) -> None:
    """Write what came of a call; whoever wrote the same one before keeps theirs."""
    row = JudgeCall(
        item_id=ask.item_id,
        clause_key=ask.clause_key,
        meaning_revision=ask.meaning_revision,
        swapped=ask.swapped,
    )
    if found is not None:
        answer = answer_read(found.text)
        row.outcome = CallOutcome.UNPARSED if answer is None else CallOutcome.ANSWERED
        if answer is not None:
            row.choice, row.value = str(answer.choice), value_canonical(answer.value, swapped=ask.swapped)
        row.said = found.text[:_SAID].replace("\x00", "")
        row.tokens_in, row.tokens_out = found.tokens_in, found.tokens_out
        row.duration_ms, row.attempts = found.duration_ms, found.attempts
    else:
        row.outcome, row.error_code = CallOutcome.FAILED, problem.code if problem else ""
    JudgeCall.objects.bulk_create([row], ignore_conflicts=True)


@transaction.atomic
def _finish(run: JudgeRun, spent: Spent) -> dict[str, Any]:
    locked = JudgeRun.objects.select_for_update(of=("self",)).get(pk=run.pk)
    if locked.finished_at is None:
        locked.stopped_by = spent.stopped_by
        locked.finished_at = Now()
        locked.save(update_fields=["stopped_by", "finished_at"])
        data = {"calls": spent.calls, "stopped_by": spent.stopped_by}
        audit_record(None, action="judge_run.finish", project=run.project, target=run, data=data)
    return {"calls": spent.calls, "stopped_by": spent.stopped_by}
