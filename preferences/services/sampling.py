"""Asking a model for responses: what it would cost, starting it, going on with it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal
from uuid import UUID

from django.db import transaction

from core.accounts.selectors import Actor, Capability, Project, project_get
from core.accounts.services import audit_record
from core.content.selectors import parts_of
from core.endpoints.selectors import Endpoint, endpoint_in_project, endpoint_prices
from core.jobs.services import job_start
from core.storage import BlobWriter
from policies.tokens import token_count
from preferences.domain.sampling import Becomes, Beside, PromptsFrom, sample_messages
from preferences.errors import (
    NothingToSampleError,
    RunUnderWayError,
    SampleAloneError,
    SampleTooLongError,
)
from preferences.models import Prompt, SamplingCall, SamplingItem, SamplingRun
from preferences.selectors.sampling import Found, prompts_lacking, sampling_run_get
from preferences.services.sampling_prompts import PromptsRead, prompts_read

SAMPLING_JOB = "preferences.sample_responses"
MOST_PROMPTS = 5_000
_MEASURED = 40


@dataclass(frozen=True, slots=True)
class SamplingChoice:
    """What a person chose; null takes the endpoint's most tokens, lets it draw by itself, and does not stop.

    ``source_model`` is what responses are named by; empty takes the endpoint's model.
    """

    endpoint_id: UUID
    source_model: str = ""
    prompts_from: PromptsFrom = PromptsFrom.PROJECT
    most: int = 500
    samples: int = 4
    system: str = ""
    temperature: float = 1.0
    max_tokens: int | None = None
    seed: int | None = None
    becomes: Becomes = Becomes.PAIRS
    beside: Beside = Beside.OWN
    most_tokens: int | None = None
    most_cost: Decimal | None = None


@dataclass(frozen=True, slots=True)
class SamplingPlan:
    """What a run would ask and cost at most: tokens in are counted, tokens out are as many as each answer may have.

    ``left_out``: prompts that may not be asked. ``cost_most`` is null where the endpoint's prices are not told,
    ``least_seconds`` where it has no limit a minute.
    """

    source_model: str
    prompts: int
    left_out: int
    calls: int
    max_tokens: int
    tokens_in: int
    tokens_out_most: int
    cost_most: Decimal | None
    least_seconds: int | None


@dataclass(frozen=True, slots=True)
class _Prepared:
    project: Project
    endpoint: Endpoint
    source_model: str
    max_tokens: int
    file: PromptsRead | None


def sampling_run_estimate(
    actor: Actor, project_id: UUID, choice: SamplingChoice, *, upload: BlobWriter | None = None
) -> SamplingPlan:
    """Return what a run would ask and cost at most; writes nothing and asks nobody.

    Raises as `sampling_run_start`, but for `NothingToSampleError`.
    """
    prepared = _prepared(actor, project_id, choice, upload)
    with transaction.atomic():
        found = _found(prepared, choice)
        some = [one.prompt_id for one in found.lacking[:: max(1, len(found.lacking) // _MEASURED)]]
        tokens = _tokens_of(some, choice.system)
        # The prompts of a file are stored to be counted by the very rule that chooses them, and taken back.
        transaction.set_rollback(True)
    calls = sum(choice.samples - one.have for one in found.lacking)
    tokens_in, tokens_out = round(calls * tokens), calls * prepared.max_tokens
    per_minute = prepared.endpoint.per_minute
    return SamplingPlan(
        source_model=prepared.source_model,
        prompts=len(found.lacking),
        left_out=found.left_out,
        calls=calls,
        max_tokens=prepared.max_tokens,
        tokens_in=tokens_in,
        tokens_out_most=tokens_out,
        cost_most=endpoint_prices(prepared.endpoint).cost(tokens_in, tokens_out),
        least_seconds=round(calls / per_minute * 60) if per_minute else None,
    )


def sampling_run_start(
    actor: Actor, project_id: UUID, choice: SamplingChoice, *, upload: BlobWriter | None = None
) -> SamplingRun:
    """Freeze which prompts are asked for how many samples, and have a worker ask the model.

    Prompts of a file (``upload``, where the choice says so) are stored with it.

    Raises
    ------
    NotFoundError, CapabilityMissingError, EndpointNotFoundError, EndpointRetiredError
    SampleTooLongError, SampleAloneError, SamplingFileError, SamplingFileTooLongError, NothingToSampleError
    """
    prepared = _prepared(actor, project_id, choice, upload)
    endpoint, project = prepared.endpoint, prepared.project
    with transaction.atomic():
        found = _found(prepared, choice)
        if not found.lacking:
            raise NothingToSampleError(model=prepared.source_model, samples=choice.samples)
        planned = sum(choice.samples - one.have for one in found.lacking)
        run = SamplingRun.objects.create(
            project=project,
            endpoint=endpoint,
            source_model=prepared.source_model,
            model_told={"name": endpoint.name, "model": endpoint.model, "base_url": endpoint.base_url},
            prompts_from=choice.prompts_from,
            samples=choice.samples,
            system=choice.system,
            temperature=choice.temperature,
            max_tokens=prepared.max_tokens,
            seed=choice.seed,
            becomes=choice.becomes,
            beside=choice.beside,
            most_tokens=choice.most_tokens,
            most_cost=choice.most_cost,
            planned_calls=planned,
            requested_by=actor.user,
        )
        SamplingItem.objects.bulk_create(
            (
                SamplingItem(
                    run=run,
                    prompt_id=one.prompt_id,
                    place=place,
                    first=one.first,
                    wanted=choice.samples - one.have,
                )
                for place, one in enumerate(found.lacking)
            ),
            batch_size=1000,
        )
        _job(actor, run, asks=True)
        data = {"endpoint": str(endpoint.pk), "model": run.source_model, "calls": planned}
        audit_record(actor, action="sampling_run.start", project=project, target=run, data=data)
    return run


def sampling_run_resume(actor: Actor, run_id: UUID, *, asks: bool = True) -> SamplingRun:
    """Go on with a run that was cancelled or broke off; calls that failed are made again.

    Without ``asks`` nothing more is asked: what there is, is put before people, and the run is finished.

    Raises
    ------
    SamplingRunNotFoundError
    RunUnderWayError
        When it is finished, or a worker has it or will.
    """
    run = sampling_run_get(actor, run_id, needs=Capability.CONTENT_IMPORT)
    with transaction.atomic():
        locked = (
            SamplingRun.objects.select_for_update(of=("self",))
            .select_related("job", "project")
            .get(pk=run.pk)
        )
        if locked.finished_at is not None or (locked.job and locked.job.state in {"queued", "running"}):
            raise RunUnderWayError()
        if asks:
            SamplingCall.objects.filter(item__run=locked, outcome="failed").delete()
        _job(actor, locked, asks=asks)
        audit_record(
            actor,
            action="sampling_run.resume",
            project=locked.project,
            target=locked,
            data={"asks": asks},
        )
    return locked


def post_texts(post_ids: Sequence[UUID]) -> dict[UUID, list[str]]:
    """Return the texts of each post, in their order."""
    found = parts_of(post_ids) if post_ids else {}
    return {post: [part.text for part in parts if part.text] for post, parts in found.items()}


def _prepared(actor: Actor, project_id: UUID, choice: SamplingChoice, upload: BlobWriter | None) -> _Prepared:
    project = project_get(actor, project_id, needs=Capability.CONTENT_IMPORT)
    endpoint = endpoint_in_project(project, choice.endpoint_id)
    max_tokens = choice.max_tokens or endpoint.max_tokens
    if max_tokens > endpoint.max_tokens:
        raise SampleTooLongError(name=endpoint.name, most=endpoint.max_tokens)
    if choice.becomes is not Becomes.RESPONSES and choice.beside is Beside.OWN and choice.samples < 2:
        raise SampleAloneError()
    file = None if upload is None else prompts_read(project.pk, upload)
    named = choice.source_model.strip() or endpoint.model[:200]
    return _Prepared(project, endpoint, named, max_tokens, file)


def _found(prepared: _Prepared, choice: SamplingChoice) -> Found:
    """Return the prompts to ask; those of a file are stored first, in the caller's transaction."""
    ids = None if prepared.file is None else prepared.file.store(prepared.project.pk)
    return prompts_lacking(
        prepared.project.pk,
        source_model=prepared.source_model,
        samples=choice.samples,
        most=min(choice.most, MOST_PROMPTS) if ids is None else MOST_PROMPTS,
        prompt_ids=ids,
    )


def _tokens_of(prompt_ids: Sequence[UUID], system: str) -> float:
    """Return about how many tokens asking once takes, measured on some prompts."""
    rows = list(Prompt.objects.filter(pk__in=prompt_ids))
    texts = post_texts([row.post_id for row in rows if row.post_id is not None])
    lengths = [
        sum(
            token_count(message["content"])
            for message in sample_messages(
                row.messages,
                system=system,
                post_texts=texts.get(row.post_id, []) if row.post_id is not None else [],
            )
        )
        for row in rows
    ]
    return sum(lengths) / len(lengths) if lengths else 0.0


def _job(actor: Actor, run: SamplingRun, *, asks: bool) -> None:
    run.job = job_start(
        actor,
        project=run.project,
        kind=SAMPLING_JOB,
        params={"run_id": str(run.pk), "asks": asks},
        unique_key=f"{SAMPLING_JOB}:{run.pk}",
        message=f"Asking {run.model_told['name']}",
    )
    run.save(update_fields=["job"])
