from __future__ import annotations

import json
import uuid
from contextlib import suppress
from typing import Any

from core.accounts.models import User
from core.accounts.selectors import Actor, Capability
from core.errors import NotFoundError
from core.queue.services import lease_next
from preferences.models import JudgeRun, Response, SamplingRun, Slate
from preferences.services import gold_pair_make, judgment_submit
from tests.architecture.role_matrix import Endpoint, project_id
from tests.core.endpoints.endpoints import endpoint_row
from tests.preferences import material, slates
from tests.world import World

_C = Capability


def _lease(world: World, person: User) -> dict[str, Any]:
    material.release_once(world)
    material.comparisons_make(world)
    material.tasks_make(world, overlap=8)
    lease = lease_next(Actor(person), project=world.project, kind="compare")
    assert lease is not None
    return {"lease_id": lease.pk}


def _comparison(world: World, person: User) -> dict[str, Any]:
    return {"comparison_id": material.comparisons_make(world)[0].pk}


def _comparison_asked(world: World, person: User) -> dict[str, Any]:
    material.release_once(world)
    return _comparison(world, person)


def _gold_pair(world: World, person: User) -> dict[str, Any]:
    known = _comparison_asked(world, person)
    gold_pair_make(world.actor("reviewer"), known["comparison_id"], answers={"helpful": ["a"]})
    return known


def _judged(world: World, person: User) -> dict[str, Any]:
    material.release_once(world)
    material.comparisons_make(world)
    material.tasks_make(world)
    _, submission = material.judge(
        world, "annotator" if person != world.person("annotator") else "annotator2"
    )
    return {"project_id": world.project.pk, "submission_id": submission.pk}


def _slate(world: World, person: User) -> dict[str, Any]:
    slates.slates_make(world)
    return {"slate_id": Slate.objects.get().pk}


def _with_release(world: World, person: User) -> dict[str, Any]:
    material.release_once(world)
    return project_id(world, person)


def _to_judge(world: World, person: User) -> dict[str, Any]:
    material.comparisons_make(world)
    return _with_release(world, person)


def _judge_body(world: World) -> dict[str, Any]:
    return {"endpoint_id": str(endpoint_row(world).pk), "most": 1}


def _judge_line(world: World) -> dict[str, Any]:
    [comparison] = material.comparisons_make(world)
    told = {"judge": "elsewhere", "external_id": comparison.external_id, "answer": "a"}
    return {"file": material.jsonl_file([told])}


def _judged_lease(world: World, person: User) -> dict[str, Any]:
    known = _lease(world, person)
    with suppress(NotFoundError):  # of who may not work
        judgment_submit(
            Actor(person),
            known["lease_id"],
            submission_id=uuid.uuid4(),
            document=material.document(),
            active_ms=10,
        )
    return known


def _prompt(world: World, person: User) -> dict[str, Any]:
    return {"prompt_id": material.comparisons_make(world)[0].prompt_id}


def _first_response(world: World) -> dict[str, Any]:
    newest = Response.objects.latest("pk")
    return {"response_id": str(newest.pk), "text": "And then?"}


def _judge_run(world: World, person: User) -> dict[str, Any]:
    """A run that broke off, so that it can be gone on with."""
    run = JudgeRun.objects.create(
        project=world.project,
        source="endpoint",
        judge="judge",
        release_id=material.release_once(world).id,
        endpoint=endpoint_row(world),
        model_told={"name": "judge", "model": "m", "base_url": ""},
        clause_keys=["helpful"],
        requested_by=world.person("engineer"),
    )
    return {"run_id": run.pk}


def _prompts(world: World, person: User) -> dict[str, Any]:
    material.comparisons_make(world)
    return project_id(world, person)


def _sampling_run(world: World, person: User) -> dict[str, Any]:
    """A run that broke off, so that it can be gone on with."""
    run = SamplingRun.objects.create(
        project=world.project,
        endpoint=endpoint_row(world),
        source_model="m",
        model_told={"name": "model", "model": "m", "base_url": ""},
        prompts_from="project",
        samples=2,
        temperature=1.0,
        max_tokens=10,
        becomes="pairs",
        beside="own",
        requested_by=world.person("engineer"),
    )
    return {"run_id": run.pk}


ENDPOINTS = [
    Endpoint(
        "preferences:comparison-imports",
        "POST",
        _C.CONTENT_IMPORT,
        project_id,
        lambda world: {"file": material.jsonl_file([material.line(1)])},
    ),
    Endpoint(
        "preferences:comparison-import-preview",
        "POST",
        _C.CONTENT_IMPORT,
        project_id,
        lambda world: {"lines": [json.dumps(material.line(1))]},
    ),
    Endpoint(
        "preferences:compare-tasks", "POST", _C.TASKS_MANAGE, _with_release, lambda world: {"overlap": 2}
    ),
    Endpoint("preferences:comparisons", "GET", _C.RESULTS_VIEW, project_id),
    Endpoint("preferences:comparison", "GET", _C.RESULTS_VIEW, _comparison, low_role=404),
    Endpoint("preferences:ratings", "GET", _C.RESULTS_VIEW, _with_release),
    Endpoint("preferences:judges", "GET", _C.RESULTS_VIEW, _with_release),
    Endpoint("preferences:judge-runs", "GET", _C.RESULTS_VIEW, project_id),
    Endpoint("preferences:judge-runs", "POST", _C.JUDGES_RUN, _to_judge, _judge_body),
    Endpoint("preferences:judge-run-estimate", "POST", _C.JUDGES_RUN, _to_judge, _judge_body),
    Endpoint("preferences:judge-imports", "POST", _C.JUDGES_RUN, _with_release, _judge_line),
    Endpoint("preferences:judge-doubts", "POST", _C.TASKS_MANAGE, _with_release, lambda world: {"most": 5}),
    Endpoint("preferences:judge-run", "GET", _C.RESULTS_VIEW, _judge_run, low_role=404),
    Endpoint("preferences:judge-run-resume", "POST", _C.JUDGES_RUN, _judge_run, low_role=404),
    Endpoint(
        "preferences:judge-items",
        "GET",
        _C.RESULTS_VIEW,
        _judge_run,
        low_role=404,
        query="?clause_key=helpful",
    ),
    Endpoint("preferences:sampling-runs", "GET", _C.RESULTS_VIEW, project_id),
    Endpoint("preferences:sampling-runs", "POST", _C.CONTENT_IMPORT, _prompts, _judge_body),
    Endpoint("preferences:sampling-run-estimate", "POST", _C.CONTENT_IMPORT, _prompts, _judge_body),
    Endpoint("preferences:sampling-run", "GET", _C.RESULTS_VIEW, _sampling_run, low_role=404),
    Endpoint(
        "preferences:sampling-run-resume",
        "POST",
        _C.CONTENT_IMPORT,
        _sampling_run,
        lambda world: {"asks": False},
        low_role=404,
    ),
    Endpoint("preferences:sampling-items", "GET", _C.RESULTS_VIEW, _sampling_run, low_role=404),
    Endpoint("preferences:ratings-fit", "POST", _C.RESULTS_VIEW, _with_release),
    Endpoint("preferences:gold-pair", "GET", _C.QUALITY_KEEP, _comparison, low_role=404),
    Endpoint(
        "preferences:gold-pair",
        "POST",
        _C.QUALITY_KEEP,
        _comparison_asked,
        lambda world: {"answers": {"helpful": ["a"]}},
        low_role=404,
    ),
    Endpoint(
        "preferences:gold-pair-retire",
        "POST",
        _C.QUALITY_KEEP,
        _gold_pair,
        lambda world: {"because": "It was disputed."},
        low_role=404,
    ),
    Endpoint("preferences:my-gold-pairs", "GET", _C.TASKS_WORK, project_id),
    Endpoint("preferences:judging", "GET", _C.RESULTS_VIEW, _with_release),
    Endpoint("preferences:judging-scans", "GET", _C.RESULTS_VIEW, _with_release),
    Endpoint("preferences:judging-mine", "GET", _C.TASKS_WORK, _with_release),
    Endpoint("preferences:judging-measure", "POST", _C.RESULTS_VIEW, _with_release),
    Endpoint("preferences:review-comparisons", "GET", _C.REVIEW_DECIDE, project_id),
    Endpoint("preferences:review-people", "GET", _C.REVIEW_DECIDE, project_id),
    Endpoint("preferences:comparison-review", "GET", _C.REVIEW_DECIDE, _comparison, low_role=404),
    Endpoint(
        "preferences:judgment-reviews",
        "POST",
        _C.REVIEW_DECIDE,
        _judged,
        lambda world: {"id": str(uuid.uuid4()), "outcome": "accepted"},
    ),
    Endpoint(
        "preferences:comparison-adjudications",
        "POST",
        _C.REVIEW_DECIDE,
        _comparison_asked,
        lambda world: {
            "release_id": str(material.release_once(world).id),
            "clause_key": "helpful",
            "choice": "tie",
            "reason_code": "mistake",
        },
        low_role=404,
    ),
    Endpoint("preferences:conversations", "GET", _C.RESULTS_VIEW, project_id),
    Endpoint("preferences:waiting-prompts", "GET", _C.RESULTS_VIEW, project_id),
    Endpoint("preferences:conversation", "GET", _C.RESULTS_VIEW, _prompt, low_role=404),
    Endpoint("preferences:conversation", "POST", _C.CONTENT_IMPORT, _prompt, _first_response, low_role=404),
    Endpoint("preferences:turn", "GET", _C.TASKS_WORK, _judged_lease, low_role=404),
    Endpoint(
        "preferences:turn",
        "POST",
        _C.TASKS_WORK,
        _judged_lease,
        lambda world: {"position": "first", "text": "And then?"},
        low_role=404,
    ),
    Endpoint("preferences:slates", "GET", _C.RESULTS_VIEW, project_id),
    Endpoint("preferences:slate", "GET", _C.RESULTS_VIEW, _slate, low_role=404),
    Endpoint("preferences:review-slates", "GET", _C.REVIEW_DECIDE, project_id),
    Endpoint("preferences:slate-review", "GET", _C.REVIEW_DECIDE, _slate, low_role=404),
    Endpoint("preferences:bundle", "GET", _C.TASKS_WORK, _lease, low_role=404),
    Endpoint(
        "preferences:judgment",
        "POST",
        _C.TASKS_WORK,
        _lease,
        lambda world: {"id": str(uuid.uuid4()), "document": material.document(), "active_ms": 10},
        low_role=404,
    ),
]
