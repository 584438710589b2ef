"""Having a model judge comparisons: what it would cost, starting it, going on with it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Any
from uuid import UUID

from django.db import transaction

from core.accounts.selectors import Actor, Capability, Project, project_get
from core.accounts.services import audit_record
from core.endpoints.asking import fence_of
from core.endpoints.selectors import Endpoint, endpoint_in_project, endpoint_prices
from core.jobs.services import job_start
from policies.selectors import ClauseView, ReleaseView
from policies.tokens import token_count
from preferences.domain.judges import RunSource, axis_prompt, judge_messages, prompts_fingerprint
from preferences.errors import AxesUnknownError, NothingToAskJudgeError, RunUnderWayError
from preferences.models import Comparison, JudgeCall, JudgeItem, JudgeRun
from preferences.selectors.judge_sample import Which, judge_sample
from preferences.selectors.judges import judge_run_get
from preferences.selectors.ratings import release_comparing

JUDGE_JOB = "preferences.ask_judge"
MOST_COMPARISONS = 20_000
TOKENS_OF_AN_ANSWER = 6
_MEASURED = 40
_NOTHING = (
    "There is no comparison to ask about: only pairs of texts are put before a judge, and none whose answer is known. "
    "Bring in comparisons first, or choose others."
)


@dataclass(frozen=True, slots=True)
class JudgeChoice:
    """What a person chose for a run; null takes the release in effect, all axes, and does not stop."""

    endpoint_id: UUID
    release_id: UUID | None = None
    clause_keys: tuple[str, ...] = ()
    which: Which = Which.ALL
    most: int = 200
    both_orders: bool = True
    temperature: float = 0.0
    sample_seed: int = 0
    most_tokens: int | None = None
    most_cost: Decimal | None = None


@dataclass(frozen=True, slots=True)
class JudgePlan:
    """What a run would ask and cost; tokens are counted with `policies.tokens`, so they are about right.

    ``cost`` is null where the endpoint's prices are not told, ``least_seconds`` where it has no limit a minute.
    """

    release: ReleaseView
    axes: list[ClauseView]
    comparisons: int
    calls: int
    tokens_in: int
    tokens_out: int
    cost: Decimal | None
    least_seconds: int | None


@dataclass(frozen=True, slots=True)
class _Prepared:
    project: Project
    endpoint: Endpoint
    release: ReleaseView
    axes: list[ClauseView]
    prompts: dict[str, dict[str, Any]]
    comparisons: list[UUID]
    calls: int


def judge_run_estimate(actor: Actor, project_id: UUID, choice: JudgeChoice) -> JudgePlan:
    """Return what a run would ask and about what it would cost; writes nothing and asks nobody.

    Raises as `judge_run_start`, but for `NothingToAskJudgeError`.
    """
    prepared = _prepared(actor, project_id, choice)
    per_comparison = _tokens_of(prepared.comparisons)
    texts = sum(prompt["tokens"] for prompt in prepared.prompts.values())
    orders = 2 if choice.both_orders else 1
    asked = len(prepared.comparisons) * orders
    tokens_in = round(asked * (texts + per_comparison * len(prepared.axes)))
    tokens_out = prepared.calls * TOKENS_OF_AN_ANSWER
    per_minute = prepared.endpoint.per_minute
    return JudgePlan(
        release=prepared.release,
        axes=prepared.axes,
        comparisons=len(prepared.comparisons),
        calls=prepared.calls,
        tokens_in=tokens_in,
        tokens_out=tokens_out,
        cost=endpoint_prices(prepared.endpoint).cost(tokens_in, tokens_out),
        least_seconds=round(prepared.calls / per_minute * 60) if per_minute else None,
    )


def judge_run_start(actor: Actor, project_id: UUID, choice: JudgeChoice) -> JudgeRun:
    """Freeze the axes' texts and the comparisons, and have a worker ask the model.

    Raises
    ------
    NotFoundError, CapabilityMissingError, EndpointNotFoundError, EndpointRetiredError, ReleaseNotFoundError,
    ReleaseMissingError, ReleaseNotComparingError, AxesUnknownError, NothingToAskJudgeError
    """
    prepared = _prepared(actor, project_id, choice)
    if not prepared.comparisons:
        raise NothingToAskJudgeError(problem=_NOTHING)
    endpoint = prepared.endpoint
    with transaction.atomic():
        run = JudgeRun.objects.create(
            project=prepared.project,
            source=RunSource.ENDPOINT,
            judge=endpoint.name,
            release_id=prepared.release.id,
            endpoint=endpoint,
            model_told={"name": endpoint.name, "model": endpoint.model, "base_url": endpoint.base_url},
            clause_keys=[axis.key for axis in prepared.axes],
            prompts=prepared.prompts,
            fingerprint=prompts_fingerprint({key: one["prompt"] for key, one in prepared.prompts.items()}),
            which=choice.which,
            both_orders=choice.both_orders,
            temperature=choice.temperature,
            sample_seed=choice.sample_seed,
            most_tokens=choice.most_tokens,
            most_cost=choice.most_cost,
            planned_calls=prepared.calls,
            requested_by=actor.user,
        )
        JudgeItem.objects.bulk_create(
            (
                JudgeItem(run=run, comparison_id=comparison, place=place)
                for place, comparison in enumerate(prepared.comparisons)
            ),
            batch_size=1000,
        )
        _job(actor, run)
        data = {"fingerprint": run.fingerprint, "endpoint": str(endpoint.pk), "calls": prepared.calls}
        audit_record(actor, action="judge_run.start", project=prepared.project, target=run, data=data)
    return run


def judge_run_resume(actor: Actor, run_id: UUID) -> JudgeRun:
    """Go on with a run that was cancelled or broke off; calls that failed are made again.

    Raises
    ------
    JudgeRunNotFoundError
    RunUnderWayError
        When it is finished, or a worker has it or will.
    """
    run = judge_run_get(actor, run_id, needs=Capability.JUDGES_RUN)
    with transaction.atomic():
        locked = (
            JudgeRun.objects.select_for_update(of=("self",)).select_related("job", "project").get(pk=run.pk)
        )
        if locked.finished_at is not None or (locked.job and locked.job.state in {"queued", "running"}):
            raise RunUnderWayError()
        JudgeCall.objects.filter(item__run=locked, outcome="failed").delete()
        _job(actor, locked)
        audit_record(actor, action="judge_run.resume", project=locked.project, target=locked)
    return locked


def axes_of(release: ReleaseView, clause_keys: Sequence[str]) -> list[ClauseView]:
    """Return the named axes of a release, in its order; all of them when none is named.

    Raises
    ------
    AxesUnknownError
    """
    known = {axis.key: axis for axis in release.axis_clauses}
    unknown = [key for key in clause_keys if key not in known]
    if unknown:
        raise AxesUnknownError(
            release=release.label, keys=", ".join(repr(key[:80]) for key in unknown), axes=", ".join(known)
        )
    return [axis for key, axis in known.items() if not clause_keys or key in set(clause_keys)]


def _prepared(actor: Actor, project_id: UUID, choice: JudgeChoice) -> _Prepared:
    project = project_get(actor, project_id, needs=Capability.JUDGES_RUN)
    endpoint = endpoint_in_project(project, choice.endpoint_id)
    release = release_comparing(project.pk, release_id=choice.release_id)
    axes = axes_of(release, choice.clause_keys)
    comparisons = judge_sample(
        project.pk,
        which=choice.which,
        clause_keys=[axis.key for axis in axes],
        most=choice.most,
        seed=choice.sample_seed,
    )
    prompts = {axis.key: _prompt(axis) for axis in axes}
    calls = len(comparisons) * len(axes) * (2 if choice.both_orders else 1)
    return _Prepared(project, endpoint, release, axes, prompts, comparisons, calls)


def _prompt(axis: ClauseView) -> dict[str, Any]:
    text = axis_prompt(title=axis.title, question=axis.question, blocks=axis.blocks)
    return {
        "title": axis.title,
        "prompt": text,
        "tokens": token_count(text),
        "meaning_revision": axis.meaning_revision,
    }


def _tokens_of(comparisons: Sequence[UUID]) -> float:
    """Return about how many tokens one comparison takes, fences included, measured on some of them."""
    some = list(comparisons)[:: max(1, len(comparisons) // _MEASURED)]
    rows = Comparison.objects.select_related("prompt", "response_a", "response_b").filter(pk__in=some)
    lengths = [
        token_count(
            judge_messages(
                "",
                each.prompt.messages,
                first=each.response_a.text,
                second=each.response_b.text,
                fence=fence_of(each.pk, each.pk),
            )[1]["content"]
        )
        for each in rows
    ]
    return sum(lengths) / len(lengths) if lengths else 0.0


def _job(actor: Actor, run: JudgeRun) -> None:
    run.job = job_start(
        actor,
        project=run.project,
        kind=JUDGE_JOB,
        params={"run_id": str(run.pk)},
        unique_key=f"{JUDGE_JOB}:{run.pk}",
        message=f"Asking {run.judge}",
    )
    run.save(update_fields=["job"])
