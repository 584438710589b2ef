from __future__ import annotations

import uuid
from typing import Any

from django.db.models.functions import Now

from active_learning.domain.held_out import is_held_out
from active_learning.models import JudgingRun, ModelVersion, PostMap, Promotion, RoundPlan, ScanFinding
from active_learning.services import round_start
from core.accounts.models import User
from core.accounts.selectors import Capability
from tests.active_learning.material import decide, evaluation_made, round_body, scan_row, suspect_row
from tests.annotation.material import post_make, release_once
from tests.architecture.role_matrix import Endpoint, project_id
from tests.core.endpoints.endpoints import endpoint_row
from tests.world import World

_C = Capability


def _round(world: World, person: User) -> dict[str, Any]:
    started = round_start(
        world.actor("engineer"),
        world.project.pk,
        release_id=release_once(world).id,
        clause_key="spam",
        strategy="margin",
        budget=3,
        seed=1,
    )
    return {"round_id": started.pk}


def _post(world: World, person: User) -> dict[str, Any]:
    return {"post_id": post_make(world, with_image=False).pk}


def _plan(world: World, person: User) -> dict[str, Any]:
    """A plan that goes on; the one before has ended."""
    RoundPlan.objects.update(state="ended", ended_at=Now())
    release = release_once(world)
    settings = {"strategy": "margin", "budget": 3, "overlap": 1, "random_share": 0.2, "seed": 1}
    plan = RoundPlan.objects.create(
        project=world.project,
        release_id=release.id,
        clause_key="spam",
        meaning_revision=1,
        settings=settings | {"encoder": "bundled", "quotas": [], "like_post_id": None},
        after_answers=10,
        answered_share=0.8,
        most_answers=100,
        requested_by=world.person("engineer"),
    )
    return {"plan_id": plan.pk}


def _paused_plan(world: World, person: User) -> dict[str, Any]:
    found = _plan(world, person)
    RoundPlan.objects.filter(pk=found["plan_id"]).update(state="paused", reason="Somebody paused it.")
    return found


def _scan(world: World, person: User) -> dict[str, Any]:
    return {"scan_id": scan_row(world).pk}


def _suspect(world: World, person: User) -> dict[str, Any]:
    scan, post = scan_row(world), post_make(world, with_image=False)
    suspect = suspect_row(scan, post, decision_id=decide(world, release_once(world), post, "no").pk)
    return {"suspect_id": suspect.pk}


def _finding(world: World, person: User) -> dict[str, Any]:
    post = post_make(world, with_image=False)
    finding = ScanFinding.objects.create(
        scan=scan_row(world),
        post=post,
        kind="outlier",
        rank=0,
        score=0.9,
        why={"outlier": {"distance": 0.9, "is_answered": False, "nearest": []}},
    )
    return {"finding_id": finding.pk}


def _model_row(world: World) -> ModelVersion:
    return ModelVersion.objects.create(
        project=world.project,
        release_id=release_once(world).id,
        clause_key="spam",
        meaning_revision=1,
        number=ModelVersion.objects.count() + 1,
        artifact_sha256="ab" * 32,
        encoder="bundled",
        evaluation=evaluation_made(),
    )


def _promoted(world: World, model: ModelVersion) -> None:
    """As its round promotes it."""
    Promotion.objects.create(
        project=world.project,
        clause_key="spam",
        ordinal=Promotion.objects.filter(project=world.project).count() + 1,
        kind="by_round",
        model=model,
    )


def _model(world: World, person: User) -> dict[str, Any]:
    """A model whose round promoted it, after another."""
    for model in (_model_row(world), found := _model_row(world)):
        _promoted(world, model)
    return {"model_id": found.pk}


def _decision(world: World) -> dict[str, Any]:
    return {"after": Promotion.objects.filter(project=world.project).count(), "reason": "It is better."}


def _map(world: World, person: User) -> dict[str, Any]:
    """A map of one post, laid out."""
    teaching = next(found for found in iter(uuid.uuid4, None) if not is_held_out(found))
    post = post_make(world, with_image=False, id=teaching, external_id=f"on-map-{teaching}")
    shown = PostMap.objects.create(
        project=world.project,
        seed=1,
        most_posts=10,
        post_ids=[post.pk],
        xs=[0.5],
        ys=[0.5],
        areas=[0],
        finished_at=Now(),
    )
    return {"map_id": shown.pk}


def _map_tasks_body(world: World) -> dict[str, Any]:
    shown = PostMap.objects.latest("pk")
    return {
        "release_id": str(release_once(world).id),
        "clause_key": "spam",
        "post_ids": [str(post_id) for post_id in shown.post_ids],
    }


def _judging(world: World, person: User) -> dict[str, Any]:
    """A run that broke off, so that it can be gone on with."""
    release = release_once(world)
    run = JudgingRun.objects.create(
        project=world.project,
        policy_id=release.policy_id,
        release_id=release.id,
        release_label=release.label,
        decided_under_id=release.id,
        endpoint=endpoint_row(world),
        model_told={"name": "Judge", "model": "judge", "base_url": "https://models.example.org/v1"},
        clause_keys=["spam"],
        texts_sha256="ab" * 32,
        per_clause=1,
        planned_calls=0,
        requested_by=world.person("engineer"),
    )
    return {"run_id": run.pk}


def _judging_body(world: World) -> dict[str, Any]:
    release, endpoint = release_once(world), endpoint_row(world)
    teaching = next(found for found in iter(uuid.uuid4, None) if not is_held_out(found))
    decide(world, release, post_make(world, with_image=False, id=teaching), "no")
    return {"release_id": str(release.id), "endpoint_id": str(endpoint.pk), "clause_keys": ["spam"]}


ENDPOINTS = [
    Endpoint("active_learning:judgings", "GET", _C.RESULTS_VIEW, project_id),
    Endpoint("active_learning:judgings", "POST", _C.JUDGES_RUN, project_id, _judging_body),
    Endpoint("active_learning:judging-estimate", "POST", _C.JUDGES_RUN, project_id, _judging_body),
    Endpoint("active_learning:judging", "GET", _C.RESULTS_VIEW, _judging, low_role=404),
    Endpoint("active_learning:judging-resume", "POST", _C.JUDGES_RUN, _judging, low_role=404),
    # A reviewer may see the run and its posts; who may not see results sees neither.
    Endpoint("active_learning:judging-items", "GET", _C.CONTENT_VIEW, _judging, low_role=404),
    Endpoint("active_learning:model-suggestions", "POST", _C.MODELS_RUN, _model, low_role=404),
    Endpoint("active_learning:model-drift", "GET", _C.RESULTS_VIEW, _model, low_role=404),
    Endpoint("active_learning:model", "GET", _C.RESULTS_VIEW, _model, low_role=404),
    Endpoint("active_learning:model-promotion", "POST", _C.MODELS_PROMOTE, _model, _decision, low_role=404),
    Endpoint("active_learning:model-rollback", "POST", _C.MODELS_PROMOTE, _model, _decision, low_role=404),
    Endpoint("active_learning:model-withdrawal", "POST", _C.MODELS_PROMOTE, _model, _decision, low_role=404),
    Endpoint(
        "active_learning:model-threshold",
        "GET",
        _C.RESULTS_VIEW,
        _model,
        low_role=404,
        query="?figure=recall&at_least=0.5",
    ),
    Endpoint(
        "active_learning:model-threshold",
        "POST",
        _C.MODELS_PROMOTE,
        _model,
        lambda world: _decision(world) | {"figure": "recall", "at_least": 0.5},
        low_role=404,
    ),
    Endpoint("active_learning:strategies", "GET", None),
    # The release stands in the query, which the matrix leaves out: the door comes first.
    Endpoint("active_learning:decided", "GET", _C.RESULTS_VIEW, project_id, allowed=frozenset({200, 400})),
    Endpoint("active_learning:rounds", "GET", _C.RESULTS_VIEW, project_id),
    Endpoint(
        "active_learning:rounds",
        "POST",
        _C.MODELS_RUN,
        project_id,
        lambda world: round_body(release_once(world)),
    ),
    Endpoint("active_learning:round", "GET", _C.RESULTS_VIEW, _round, low_role=404),
    Endpoint("active_learning:picks", "GET", _C.RESULTS_VIEW, _round, low_role=404),
    Endpoint("active_learning:round-harm", "GET", _C.RESULTS_VIEW, _round, low_role=404),
    Endpoint("active_learning:round-cost", "GET", _C.RESULTS_VIEW, _round, low_role=404),
    Endpoint("active_learning:plans", "GET", _C.RESULTS_VIEW, project_id),
    Endpoint(
        "active_learning:plans",
        "POST",
        _C.MODELS_RUN,
        project_id,
        lambda world: round_body(release_once(world)) | {"after_answers": 10, "most_answers": 100},
    ),
    Endpoint("active_learning:plan", "GET", _C.RESULTS_VIEW, _plan, low_role=404),
    Endpoint("active_learning:plan-pause", "POST", _C.MODELS_RUN, _plan, low_role=404),
    Endpoint("active_learning:plan-resume", "POST", _C.MODELS_RUN, _paused_plan, low_role=404),
    Endpoint("active_learning:plan-end", "POST", _C.MODELS_RUN, _plan, low_role=404),
    Endpoint("active_learning:posts-near", "GET", _C.RESULTS_VIEW, _post),
    Endpoint("active_learning:maps", "GET", _C.RESULTS_VIEW, project_id),
    Endpoint("active_learning:maps", "POST", _C.MODELS_RUN, project_id, lambda world: {}),
    Endpoint("active_learning:map-choices", "GET", _C.RESULTS_VIEW, project_id),
    Endpoint("active_learning:map", "GET", _C.RESULTS_VIEW, _map, low_role=404),
    Endpoint("active_learning:map-points", "GET", _C.RESULTS_VIEW, _map, low_role=404),
    Endpoint("active_learning:map-tasks", "POST", _C.TASKS_MANAGE, _map, _map_tasks_body, low_role=404),
    Endpoint("active_learning:models", "GET", _C.RESULTS_VIEW, project_id),
    Endpoint("active_learning:drifted-models", "GET", _C.RESULTS_VIEW, project_id),
    Endpoint("active_learning:scans", "GET", _C.RESULTS_VIEW, project_id),
    Endpoint(
        "active_learning:scans",
        "POST",
        _C.MODELS_RUN,
        project_id,
        lambda world: {"release_id": str(release_once(world).id)},
    ),
    Endpoint("active_learning:scan", "GET", _C.RESULTS_VIEW, _scan, low_role=404),
    Endpoint("active_learning:suspects", "GET", _C.RESULTS_VIEW, _scan, low_role=404),
    Endpoint("active_learning:findings", "GET", _C.RESULTS_VIEW, _scan, low_role=404),
    Endpoint("active_learning:finding-task", "POST", _C.REVIEW_DECIDE, _finding, lambda world: {}),
    Endpoint(
        "active_learning:suspect-review",
        "POST",
        _C.REVIEW_DECIDE,
        _suspect,
        lambda world: {"outcome": "confirmed"},
    ),
    Endpoint("active_learning:suspect-task", "POST", _C.REVIEW_DECIDE, _suspect, lambda world: {}),
]
