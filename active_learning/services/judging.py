from __future__ import annotations

import hashlib
import json
import uuid
from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from django.db import transaction

from active_learning.domain.judging import Text, messages_for, orders_asked
from active_learning.domain.judging_samples import DecidedPost
from active_learning.errors import JudgingUnderWayError, NothingToJudgeError
from active_learning.models import JudgingCall, JudgingItem, JudgingRun
from active_learning.selectors.judging_pieces import pieces_of_posts
from active_learning.selectors.judging_sample import judging_sample
from core.accounts.selectors import Actor, Capability, Project, project_get
from core.accounts.services import audit_record
from core.endpoints.asking import fence_of
from core.endpoints.selectors import Endpoint, endpoint_in_project, endpoint_prices
from core.jobs.services import job_start
from policies.selectors import JudgedRelease, release_judged
from policies.tokens import token_count

JUDGING_JOB = "active_learning.run_judging"
TOKENS_OF_AN_ANSWER = 8
TOKENS_OF_A_PICTURE = 800
"""About what the common models count for one; told as a guess."""
_MEASURED_POSTS = 40


@dataclass(frozen=True, slots=True)
class Choice:
    """What a person chose for a run."""

    release_id: uuid.UUID
    endpoint_id: uuid.UUID
    baseline_id: uuid.UUID | None = None
    clause_keys: tuple[str, ...] = ()
    per_clause: int = 50
    both_orders: bool = True
    seeds: int = 1
    temperature: float = 0.0
    sample_seed: int = 0
    held_out: bool = False
    most_tokens: int | None = None
    most_cost: Decimal | None = None


@dataclass(frozen=True, slots=True)
class ClausePlan:
    """What a run would ask about one clause.

    ``posts``: by people's answer. ``is_in_baseline``: whether the other text has the clause too.
    """

    clause_key: str
    title: str
    posts: dict[str, int]
    prompt_tokens: int
    calls: int
    is_in_baseline: bool


@dataclass(frozen=True, slots=True)
class JudgingPlan:
    """What a run would ask and cost; tokens are counted with `policies.tokens`, so they are about right.

    ``cost`` is ``None`` where the endpoint's prices are not told; ``least_seconds`` where it has no limit of requests
    a minute.
    """

    clauses: tuple[ClausePlan, ...]
    calls: int
    tokens_in: int
    tokens_out: int
    cost: Decimal | None
    least_seconds: int | None
    decided_under: str
    baseline: str


@dataclass(frozen=True, slots=True)
class _Prepared:
    project: Project
    endpoint: Endpoint
    candidate: JudgedRelease
    baseline: JudgedRelease | None
    decided_under: JudgedRelease
    samples: dict[str, list[DecidedPost]]
    plans: tuple[ClausePlan, ...]

    @property
    def calls(self) -> int:
        return sum(plan.calls for plan in self.plans)


def judging_estimate(actor: Actor, project_id: uuid.UUID, choice: Choice) -> JudgingPlan:
    """Return what a run would ask and about what it would cost; writes nothing and asks nobody.

    Raises as `judging_start`, but for `NothingToJudgeError` when no post is there.
    """
    prepared = _prepared(actor, project_id, choice)
    tokens_in = _tokens_in(prepared, choice)
    tokens_out = prepared.calls * TOKENS_OF_AN_ANSWER
    per_minute = prepared.endpoint.per_minute
    return JudgingPlan(
        clauses=prepared.plans,
        calls=prepared.calls,
        tokens_in=tokens_in,
        tokens_out=tokens_out,
        cost=endpoint_prices(prepared.endpoint).cost(tokens_in, tokens_out),
        least_seconds=round(prepared.calls / per_minute * 60) if per_minute else None,
        decided_under=prepared.decided_under.label,
        baseline=prepared.baseline.label if prepared.baseline else "",
    )


def judging_start(actor: Actor, project_id: uuid.UUID, choice: Choice) -> JudgingRun:
    """Freeze both texts and the sample, and have a worker ask the judge.

    Raises
    ------
    NotFoundError, CapabilityMissingError, ReleaseNotFoundError, ClauseNotFoundError, EndpointNotFoundError,
    EndpointRetiredError
    NothingToJudgeError
        When no decided post can be judged, or nothing was ever decided under a release of the policy.
    """
    prepared = _prepared(actor, project_id, choice)
    if not prepared.calls:
        raise NothingToJudgeError(problem=_NOTHING_HELD_OUT if choice.held_out else _NOTHING)
    texts = {Text.CANDIDATE: prepared.candidate, Text.BASELINE: prepared.baseline}
    prompts = {str(text): _prompts(release) for text, release in texts.items() if release is not None}
    digest = hashlib.sha256(json.dumps(prompts, sort_keys=True, ensure_ascii=False).encode()).hexdigest()
    endpoint = prepared.endpoint
    with transaction.atomic():
        run = JudgingRun.objects.create(
            project=prepared.project,
            policy_id=prepared.candidate.policy_id,
            release_id=prepared.candidate.id,
            release_label=prepared.candidate.label,
            baseline_id=prepared.baseline.id if prepared.baseline else None,
            baseline_label=prepared.baseline.label if prepared.baseline else "",
            decided_under_id=prepared.decided_under.id,
            endpoint=endpoint,
            model_told={"name": endpoint.name, "model": endpoint.model, "base_url": endpoint.base_url},
            clause_keys=[plan.clause_key for plan in prepared.plans],
            prompts=prompts,
            texts_sha256=digest,
            per_clause=choice.per_clause,
            both_orders=choice.both_orders,
            seeds=choice.seeds,
            temperature=choice.temperature,
            sample_seed=choice.sample_seed,
            held_out=choice.held_out,
            most_tokens=choice.most_tokens,
            most_cost=choice.most_cost,
            planned_calls=prepared.calls,
            requested_by=actor.user,
        )
        JudgingItem.objects.bulk_create(_items(run, prepared.samples), batch_size=1000)
        _job(actor, run)
        data = {"texts_sha256": digest, "held_out": choice.held_out, "endpoint": str(endpoint.pk)}
        audit_record(actor, action="judging.start", project=prepared.project, target=run, data=data)
    return run


def judging_resume(actor: Actor, run: JudgingRun) -> JudgingRun:
    """Go on with a run that was cancelled or broke off; calls that failed are made again.

    Raises
    ------
    NotFoundError, CapabilityMissingError
    JudgingUnderWayError
        When it is finished, or a worker has it or will.
    """
    project = project_get(actor, run.project_id, needs=Capability.JUDGES_RUN)
    with transaction.atomic():
        locked = (
            JudgingRun.objects.select_for_update(of=("self",)).select_related("job", "project").get(pk=run.pk)
        )
        if locked.finished_at is not None or (locked.job and locked.job.state in {"queued", "running"}):
            raise JudgingUnderWayError()
        JudgingCall.objects.filter(item__run=locked, outcome="failed").delete()
        _job(actor, locked)
        audit_record(actor, action="judging.resume", project=project, target=locked)
    return locked


_NOTHING = (
    "No decided post can be judged by these clauses: people have decided none, or all that they decided measures "
    "people and models. Label more posts first."
)
_NOTHING_HELD_OUT = "None of the decided posts measures people or models. Run it on the others."
_NEVER_RELEASED = "No release of this policy was ever published, so people decided nothing to compare with."


def _prepared(actor: Actor, project_id: uuid.UUID, choice: Choice) -> _Prepared:
    project = project_get(actor, project_id, needs=Capability.JUDGES_RUN)
    endpoint = endpoint_in_project(project, choice.endpoint_id)
    candidate = _of_project(release_judged(actor, choice.release_id, clause_keys=choice.clause_keys), project)
    baseline = None
    if choice.baseline_id is not None and choice.baseline_id != choice.release_id:
        baseline = _of_project(release_judged(actor, choice.baseline_id), project)
    under = baseline.decided_under if baseline and baseline.is_published else candidate.decided_under
    if under is None:
        raise NothingToJudgeError(problem=_NEVER_RELEASED)
    decided_under = baseline if baseline and baseline.id == under else release_judged(actor, under)
    samples, plans = {}, []
    before = {clause.key: clause for clause in baseline.clauses} if baseline else {}
    for clause in candidate.clauses:
        sample = judging_sample(
            project.pk,
            decided_under=under,
            clause_key=clause.key,
            wanted=choice.per_clause,
            seed=choice.sample_seed,
            held_out=choice.held_out,
            with_images=endpoint.takes_images,
        )
        per_post = len(orders_asked(clause.prompt, both=choice.both_orders))
        if clause.key in before:
            per_post += len(orders_asked(before[clause.key].prompt, both=choice.both_orders))
        counts: dict[str, int] = {}
        for post in sample:
            counts[post.answer] = counts.get(post.answer, 0) + 1
        samples[clause.key] = sample
        calls = len(sample) * per_post * choice.seeds
        plans.append(ClausePlan(clause.key, clause.title, counts, clause.tokens, calls, clause.key in before))
    return _Prepared(project, endpoint, candidate, baseline, decided_under, samples, tuple(plans))


def _of_project(release: JudgedRelease, project: Project) -> JudgedRelease:
    if release.project_id != project.pk:
        raise NothingToJudgeError(
            problem="The release is one of another project. Choose one of this project's."
        )
    return release


def _prompts(release: JudgedRelease) -> dict[str, Any]:
    return {
        clause.key: {
            "title": clause.title,
            "prompt": clause.prompt,
            "tokens": clause.tokens,
            "answers": list(clause.answers),
        }
        for clause in release.clauses
    }


def _items(run: JudgingRun, samples: dict[str, list[DecidedPost]]) -> list[JudgingItem]:
    """Return the run's items, clauses in turn, so that a run that stops early has asked about all of them."""
    ranked = sorted(
        ((rank, key, post) for key, posts in samples.items() for rank, post in enumerate(posts)),
        key=lambda one: (one[0], one[1]),
    )
    return [
        JudgingItem(
            run=run,
            post_id=post.post_id,
            clause_key=key,
            decision_id=post.decision_id,
            given=post.answer,
            language=post.language,
            place=place,
        )
        for place, (_, key, post) in enumerate(ranked)
    ]


def _job(actor: Actor, run: JudgingRun) -> None:
    run.job = job_start(
        actor,
        project=run.project,
        kind=JUDGING_JOB,
        queue="cpu",
        params={"run_id": str(run.pk)},
        unique_key=f"judging:{run.pk}",
    )
    run.save(update_fields=["job"])


def _tokens_in(prepared: _Prepared, choice: Choice) -> int:
    """Return about how many tokens all calls send: prompts exactly, posts from some of them."""
    posts = [post.post_id for sample in prepared.samples.values() for post in sample]
    measured = _tokens_of_posts(
        posts[:: max(1, len(posts) // _MEASURED_POSTS)], prepared.endpoint.takes_images
    )
    before = {clause.key: clause for clause in prepared.baseline.clauses} if prepared.baseline else {}
    total = 0.0
    for clause in prepared.candidate.clauses:
        for text in (clause, before.get(clause.key)):
            if text is not None:
                calls = len(orders_asked(text.prompt, both=choice.both_orders)) * choice.seeds
                total += calls * len(prepared.samples[clause.key]) * (text.tokens + measured)
    return round(total)


def _tokens_of_posts(post_ids: Sequence[uuid.UUID], takes_images: bool) -> float:
    """Return the mean length of what is sent of a post, its fence included."""
    found = pieces_of_posts(post_ids, with_pictures=False)
    if not found:
        return 0.0
    total = 0
    for post_id, pieces in found.items():
        words = messages_for("", pieces, fence=fence_of(post_id, post_id))[1]["content"]
        total += token_count(words)
        if takes_images:
            total += TOKENS_OF_A_PICTURE * sum(piece.kind == "image" for piece in pieces)
    return total / len(found)
