"""One trial of a policy's text: ask the judge about every post of the sample, and compare what it says."""

from __future__ import annotations

import uuid
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from django.db import transaction
from django.db.models.functions import Now

from active_learning.domain.judging import (
    CallOutcome,
    Order,
    Text,
    answer_parsed,
    examples_reversed,
    messages_for,
    orders_asked,
)
from active_learning.errors import JudgeSilentError
from active_learning.models import JudgingCall, JudgingItem, JudgingRun
from active_learning.runs.judging_figures import run_figures
from active_learning.runs.progress import Progress
from active_learning.selectors.judging_pieces import pieces_of_posts
from core.accounts.services import audit_record
from core.endpoints.asking import Spent, Work, all_asked, fence_of
from core.endpoints.chat import ChatClient, Completion
from core.endpoints.errors import EndpointRetiredError
from core.endpoints.selectors import endpoint_target
from core.errors import ConcordError

_SAID = 500


@dataclass(frozen=True, slots=True)
class _Ask:
    """One call to make."""

    item_id: uuid.UUID
    text: Text
    order: Order
    seed: int
    answers: tuple[str, ...]
    messages: list[dict[str, Any]]


def judging_run(run_id: uuid.UUID, progress: Progress) -> dict[str, Any]:
    """Ask what was not asked yet, then compare; a finished run is left as it is. Safe to run twice.

    Raises
    ------
    JudgeSilentError, EndpointAddressError, EndpointKeyUnreadableError, EndpointRetiredError, JobCancelled
    """
    run = JudgingRun.objects.select_related("endpoint", "project").get(pk=run_id)
    if run.finished_at is not None:
        return {"calls": run.metrics.get("cost", {}).get("calls", 0)}
    if run.endpoint.retired_at is not None:
        raise EndpointRetiredError(name=run.endpoint.name)
    spent = Spent.so_far(run.endpoint, JudgeSilentError, JudgingCall.objects.filter(item__run=run), run)
    progress(spent.calls, run.planned_calls, f"Asking {run.endpoint.name}")

    def answer(client: ChatClient, ask: _Ask) -> Completion:
        return client.completion(
            ask.messages, max_tokens=run.endpoint.max_tokens, temperature=run.temperature, seed=ask.seed
        )

    with ChatClient(endpoint_target(run.endpoint)) as client:
        work = Work(_asks(run), answer, _keep, lambda: progress(spent.calls, run.planned_calls, ""))
        all_asked(client, spent, work)
    progress(spent.calls, run.planned_calls, "Comparing with people")
    return _finish(run, spent)


def _asks(run: JudgingRun) -> Iterator[_Ask]:
    """Yield the calls that have no row yet, post by post."""
    takes_images = run.endpoint.takes_images
    texts = [text for text in Text if str(text) in run.prompts]
    prompts: dict[tuple[Text, str, Order], str] = {}
    for text in texts:
        for key, clause in run.prompts[str(text)].items():
            for order in orders_asked(clause["prompt"], both=run.both_orders):
                turned = order == Order.REVERSED
                prompts[text, key, order] = (
                    examples_reversed(clause["prompt"]) if turned else clause["prompt"]
                )
    for item in list(JudgingItem.objects.filter(run=run).order_by("place")):
        asked = set(JudgingCall.objects.filter(item=item).values_list("text", "order", "seed"))
        wanted = [
            (text, order, seed)
            for (text, key, order) in prompts
            if key == item.clause_key
            for seed in range(run.seeds)
            if (text, order, seed) not in asked
        ]
        if not wanted:
            continue
        # Read as late as this: a post that was hidden since the run began does not leave the house.
        pieces = pieces_of_posts([item.post_id], with_pictures=takes_images).get(item.post_id)
        if pieces is None:
            continue
        for text, order, seed in wanted:
            prompt = prompts[text, item.clause_key, order]
            messages = messages_for(prompt, pieces, fence=fence_of(run.pk, item.post_id))
            answers = tuple(run.prompts[str(text)][item.clause_key]["answers"])
            yield _Ask(item.pk, text, order, seed, answers, messages)


def _keep(ask: _Ask, found: Completion | None, problem: ConcordError | None) -> None:
    """Write what came of a call; whoever wrote the same one before keeps theirs."""
    row = JudgingCall(item_id=ask.item_id, text=ask.text, order=ask.order, seed=ask.seed)
    if found is not None:
        row.answer = answer_parsed(found.text, ask.answers)
        row.outcome = CallOutcome.UNPARSED if row.answer is None else CallOutcome.ANSWERED
        row.said = found.text[:_SAID].replace("\x00", "")
        row.tokens_in, row.tokens_out = found.tokens_in, found.tokens_out
        row.duration_ms, row.attempts = found.duration_ms, found.attempts
    else:
        row.outcome, row.error_code = CallOutcome.FAILED, problem.code if problem else ""
    JudgingCall.objects.bulk_create([row], ignore_conflicts=True)


@transaction.atomic
def _finish(run: JudgingRun, spent: Spent) -> dict[str, Any]:
    locked = JudgingRun.objects.select_for_update(of=("self",)).get(pk=run.pk)
    if locked.finished_at is None:
        locked.metrics = run_figures(run, stopped_by=spent.stopped_by)
        locked.finished_at = Now()
        locked.save(update_fields=["metrics", "finished_at"])
        data = {"calls": spent.calls, "stopped_by": spent.stopped_by}
        audit_record(None, action="judging.finish", project=run.project, target=run, data=data)
    return {"calls": spent.calls, "stopped_by": spent.stopped_by}
