from __future__ import annotations

import uuid
from contextlib import suppress
from typing import Any

from django.db import transaction

from annotation.services import Answer, annotation_submit
from annotation.services.suggestions import offers_make
from core.accounts.models import User
from core.accounts.selectors import Actor, Capability, pseudonyms
from core.errors import ConcordError
from core.queue.selectors import held_of
from core.queue.services import lease_next
from tests.annotation import material
from tests.annotation.gold_material import gold_item
from tests.annotation.onboarding_material import onboarding_make
from tests.architecture.role_matrix import Endpoint, project_id
from tests.world import World

_C = Capability


def _lease(world: World, person: User) -> dict[str, Any]:
    material.tasks_make(world, material.release_once(world), [material.post_make(world)], overlap=8)
    lease = lease_next(Actor(person), project=world.project, kind="label")
    assert lease is not None
    return {"lease_id": lease.pk}


def _project_with_work(world: World, person: User) -> dict[str, Any]:
    material.tasks_make(world, material.release_once(world), [material.post_make(world)], overlap=8)
    return project_id(world, person)


def _post(world: World, person: User) -> dict[str, Any]:
    material.release_once(world)
    return {"post_id": material.post_make(world).pk}


def _annotator(world: World, person: User) -> dict[str, Any]:
    material.tasks_make(world, material.release_once(world), [material.post_make(world)], overlap=1)
    material.answer(world, "annotator", material.document())
    names = pseudonyms(world.project.pk)
    return {"project_id": world.project.pk, "pseudonym": names[world.person("annotator").pk].pseudonym}


def _reviewed(world: World, person: User) -> dict[str, Any]:
    material.tasks_make(world, material.release_once(world), [material.post_make(world)], overlap=1)
    submission = material.answer(world, "annotator", material.document())
    return {"project_id": world.project.pk, "submission_id": submission.pk}


def _release(world: World, person: User) -> dict[str, Any]:
    return {"project_id": world.project.pk, "release_id": material.release_once(world).id}


def _tasks(world: World) -> dict[str, Any]:
    release, post = material.release_once(world), material.post_make(world)
    return {"release_id": str(release.id), "posts": {"post_ids": [str(post.pk)]}, "overlap": 1}


def _adjudication(world: World) -> dict[str, Any]:
    release = material.release_once(world)
    return {"release_id": str(release.id), "clause_key": "spam", "answer": "no", "reason_code": "mistake"}


def _offered(world: World, person: User) -> dict[str, Any]:
    """A lease of the person's to which suggestions came after the answer, which whoever may work has given."""
    material.rules(world, timing="after_answer", share=1.0)
    release, post = material.release_once(world), material.post_make(world)
    material.tasks_make(world, release, [post], overlap=8)
    material.suggest(world, release, post, answer="yes")
    lease = lease_next(Actor(person), project=world.project, kind="label")
    assert lease is not None
    with transaction.atomic(), suppress(ConcordError):
        offers_make(Actor(person), world.project, [held_of(lease)])
        annotation_submit(Actor(person), Answer(lease.pk, uuid.uuid4(), material.document(), 10))
    return {"lease_id": lease.pk}


def _suggestions(world: World) -> dict[str, Any]:
    release, post = material.release_once(world), material.post_make(world)
    line = {"external_id": post.external_id, "clause_key": "spam", "answer": "yes", "confidence": 0.9}
    return {"release_id": str(release.id), "model": "detector", "suggestions": [line]}


def _gold(world: World) -> dict[str, Any]:
    release, post = material.release_once(world), material.post_make(world)
    return {
        "post_id": str(post.pk),
        "release_id": str(release.id),
        "document": material.document("yes"),
        "severity_within": 1,
        "explanation": "It names a group and demeans it.",
    }


def _gold_item(world: World, person: User) -> dict[str, Any]:
    item = gold_item(world, material.release_once(world))
    return {"project_id": world.project.pk, "item_id": item.pk}


def _onboarding(world: World, person: User) -> dict[str, Any]:
    """A project whose onboarding everybody has to pass; whoever may work has answered its only post."""
    onboarding_make(world, 1)
    with transaction.atomic(), suppress(ConcordError, AssertionError):
        lease = lease_next(Actor(person), project=world.project, kind="label")
        assert lease is not None
        annotation_submit(Actor(person), Answer(lease.pk, uuid.uuid4(), material.document("yes"), 10))
    return project_id(world, person)


def _newcomer(world: World, person: User) -> dict[str, Any]:
    onboarding_make(world, 1)
    newcomer = world.person("annotator2")
    lease_next(Actor(newcomer), project=world.project, kind="label")
    return {"project_id": world.project.pk, "pseudonym": pseudonyms(world.project.pk)[newcomer.pk].pseudonym}


def _unclear_clause(world: World, person: User) -> dict[str, Any]:
    material.release_once(world)
    return {"project_id": world.project.pk, "clause_key": "hate"}


def _ruling(world: World) -> dict[str, Any]:
    ruled = {"clause_key": "spam", "answer": "no", "reason": "Nothing is for sale."}
    release = material.release_once(world)
    return {"id": str(uuid.uuid4()), "release_id": str(release.id), "rulings": [ruled]}


def _set(world: World) -> dict[str, Any]:
    item = gold_item(world, material.release_once(world))
    return {"item_ids": [str(item.pk)], "pass_share": 0.8, "tries": 2}


ENDPOINTS = [
    Endpoint("annotation:label", "GET", _C.TASKS_WORK, _lease, low_role=404),
    Endpoint(
        "annotation:annotation",
        "POST",
        _C.TASKS_WORK,
        _lease,
        lambda world: {"id": str(uuid.uuid4()), "document": material.document(), "active_ms": 10},
        low_role=404,
    ),
    Endpoint("annotation:exchange", "POST", _C.TASKS_WORK, _project_with_work, lambda world: {"take": 1}),
    Endpoint("annotation:label-tasks", "POST", _C.TASKS_MANAGE, project_id, _tasks),
    Endpoint("annotation:agreement", "GET", _C.RESULTS_VIEW, project_id),
    Endpoint("annotation:sample", "GET", _C.REVIEW_DECIDE, project_id),
    Endpoint(
        "annotation:reviews",
        "POST",
        _C.REVIEW_DECIDE,
        _reviewed,
        lambda world: {"id": str(uuid.uuid4()), "outcome": "accepted"},
    ),
    Endpoint("annotation:gold", "GET", _C.QUALITY_KEEP, project_id),
    Endpoint("annotation:gold", "POST", _C.QUALITY_KEEP, project_id, _gold),
    Endpoint("annotation:gold-retire", "POST", _C.QUALITY_KEEP, _gold_item, lambda world: {"because": "x"}),
    Endpoint("annotation:gold-results", "GET", _C.QUALITY_KEEP, project_id),
    Endpoint("annotation:my-gold", "GET", _C.TASKS_WORK, project_id),
    Endpoint("annotation:onboarding", "GET", _C.QUALITY_KEEP, project_id),
    Endpoint("annotation:onboarding", "PUT", _C.QUALITY_KEEP, project_id, _set),
    Endpoint(
        "annotation:onboarding-person",
        "POST",
        _C.QUALITY_KEEP,
        _newcomer,
        lambda world: {"lets_through": True, "sentence": "We went through it together."},
    ),
    Endpoint("annotation:my-onboarding", "GET", _C.TASKS_WORK, project_id),
    Endpoint("annotation:my-onboarding", "POST", _C.TASKS_WORK, _onboarding, lambda world: {"step": "go_on"}),
    Endpoint("annotation:quality", "GET", _C.RESULTS_VIEW, project_id),
    Endpoint("annotation:quality", "PUT", _C.PROJECT_MANAGE, project_id, lambda world: {"overlap": 2}),
    Endpoint(
        "annotation:quality-cost", "POST", _C.RESULTS_VIEW, project_id, lambda world: {"answers_most": 4}
    ),
    Endpoint("annotation:rule-change", "GET", _C.TASKS_WORK, _release),
    Endpoint("annotation:rule-change", "PUT", _C.TASKS_WORK, _release),
    Endpoint("annotation:annotators", "GET", _C.RESULTS_VIEW, project_id),
    Endpoint("annotation:annotator", "GET", _C.RESULTS_VIEW, _annotator),
    Endpoint("annotation:my-results", "GET", _C.TASKS_WORK, project_id),
    Endpoint("annotation:disagreements", "GET", _C.RESULTS_VIEW, project_id),
    Endpoint("annotation:progress", "GET", _C.RESULTS_VIEW, project_id, query="?by=clause"),
    Endpoint("annotation:decisions", "GET", _C.RESULTS_VIEW, project_id),
    Endpoint(
        "annotation:recompute",
        "POST",
        _C.REVIEW_DECIDE,
        project_id,
        lambda world: {"release_id": str(material.release_once(world).id)},
    ),
    Endpoint("annotation:answers", "GET", _C.RESULTS_VIEW, _post),
    Endpoint("annotation:rulings", "POST", _C.POLICY_EDIT, _post, _ruling),
    Endpoint(
        "annotation:lease-precedents",
        "POST",
        _C.TASKS_WORK,
        _lease,
        lambda world: {"clause_key": "hate"},
        low_role=404,
    ),
    Endpoint("annotation:unclear", "GET", _C.RESULTS_VIEW, project_id, query="?language=en"),
    Endpoint("annotation:unclear-clause", "GET", _C.CONTENT_VIEW, _unclear_clause),
    Endpoint("annotation:adjudications", "POST", _C.REVIEW_DECIDE, _post, _adjudication),
    Endpoint("annotation:suggestion-rules", "GET", _C.RESULTS_VIEW, project_id),
    Endpoint(
        "annotation:suggestion-rules",
        "PUT",
        _C.PROJECT_MANAGE,
        project_id,
        lambda world: {"timing": "at_once", "share": 0.5},
    ),
    Endpoint("annotation:suggestions", "POST", _C.MODELS_RUN, project_id, _suggestions),
    Endpoint("annotation:my-outcomes", "GET", None),
    Endpoint("annotation:proposing-models", "GET", _C.RESULTS_VIEW, project_id),
    Endpoint("annotation:suggestion-figures", "GET", _C.RESULTS_VIEW, project_id),
    Endpoint("annotation:second-look", "POST", _C.TASKS_WORK, _offered, low_role=404),
    Endpoint(
        "annotation:suggestions-report",
        "POST",
        _C.TASKS_WORK,
        _offered,
        lambda world: {"shown_ms": 10},
        low_role=404,
    ),
]
