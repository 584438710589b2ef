from __future__ import annotations

from typing import Any

from django.utils import timezone

from core.accounts.models import Membership, User
from core.accounts.selectors import Capability, pseudonyms
from core.queue.models import CheckIn, OrganizationProtection, Pause, Reveal
from core.queue.services import pause_make
from tests.architecture.role_matrix import Endpoint, project_id
from tests.core.queue.queue_rows import label_tasks_make, lease_kwargs, posts_make, question_make
from tests.world import World


def _project_with_work(world: World, person: User) -> dict[str, Any]:
    label_tasks_make(world, 1)
    return project_id(world, person)


def _question(world: World, person: User) -> dict[str, Any]:
    return {"note_id": question_make(world).pk}


def _none_paused() -> None:
    Pause.objects.filter(ended_at__isnull=True).update(ended_at=timezone.now())


def _pause(world: World, person: User) -> dict[str, Any]:
    _none_paused()
    pause = pause_make(world.project, world.person("annotator2").pk, reason="Let us look at it together.")
    assert pause is not None
    return {"project_id": world.project.pk, "pause_id": pause.pk}


def _own_pause(world: World, person: User) -> dict[str, Any]:
    _none_paused()
    pause_make(world.project, person.pk, reason="Let us look at it together.")
    return project_id(world, person)


def _person(world: World) -> dict[str, Any]:
    _none_paused()
    view = pseudonyms(world.project.pk)[world.person("annotator2").pk]
    return {"person": view.pseudonym, "reason": "Let us look at it together."}


def _has_left(world: World, person: User) -> dict[str, Any]:
    Membership.objects.filter(user=person).update(is_active=False)
    return {}


def _how_one_is(world: World) -> dict[str, Any]:
    OrganizationProtection.objects.update_or_create(
        organization=world.organization, defaults={"document": {"check_ins": {"is_on": True}}}
    )
    return {"mood": 3}


def _check_in(world: World, person: User) -> dict[str, Any]:
    return {"check_in_id": CheckIn.objects.create(person=person, mood=3).pk}


def _reveal(world: World, person: User) -> dict[str, Any]:
    reveal = Reveal.objects.create(
        project=world.project,
        person=person,
        post=posts_make(world, 1)[0],
        mode="full",
        purpose="browse",
        severity=1,
        seconds=30,
    )
    return {"reveal_id": reveal.pk}


_C = Capability

ENDPOINTS = [
    Endpoint("queue:overview", "GET", _C.RESULTS_VIEW, project_id),
    Endpoint("queue:queue", "GET", _C.TASKS_WORK, project_id),
    Endpoint("queue:next", "POST", _C.TASKS_WORK, _project_with_work, lambda world: {"kind": "label"}),
    # An annotator must have been handed the post.
    Endpoint(
        "queue:views",
        "POST",
        _C.PROJECT_VIEW,
        project_id,
        lambda world: {
            "views": [{"post_id": str(posts_make(world, 1)[0].pk), "is_revealed": True, "seconds": 2.5}]
        },
        allowed=frozenset({204, 404}),
    ),
    Endpoint("queue:pauses", "GET", _C.QUALITY_KEEP, project_id),
    Endpoint("queue:pauses", "POST", _C.QUALITY_KEEP, project_id, _person),
    Endpoint(
        "queue:pause-answer",
        "POST",
        _C.QUALITY_KEEP,
        _pause,
        lambda world: {"restores": True, "text": "You may go on."},
    ),
    Endpoint("queue:my-pause", "GET", _C.TASKS_WORK, project_id),
    Endpoint("queue:my-pause", "POST", _C.TASKS_WORK, _own_pause, lambda world: {"text": "Look again."}),
    Endpoint("queue:lease-renew", "POST", _C.TASKS_WORK, lease_kwargs, low_role=404),
    Endpoint(
        "queue:lease-release",
        "POST",
        _C.TASKS_WORK,
        lease_kwargs,
        lambda world: {"outcome": "declined"},
        low_role=404,
    ),
    Endpoint(
        "queue:draft",
        "PUT",
        _C.TASKS_WORK,
        lease_kwargs,
        lambda world: {"document": {"verdicts": []}, "version": 0},
        low_role=404,
    ),
    Endpoint(
        "queue:notes",
        "POST",
        _C.TASKS_WORK,
        lease_kwargs,
        lambda world: {"kind": "question", "text": "Is a toy a weapon?"},
        low_role=404,
    ),
    Endpoint("queue:questions", "GET", _C.REVIEW_DECIDE, project_id),
    Endpoint(
        "queue:question-answer",
        "POST",
        _C.REVIEW_DECIDE,
        _question,
        lambda world: {"text": "No: see the second example."},
        low_role=404,
    ),
    Endpoint("queue:recent-work", "GET", _C.TASKS_WORK, project_id),
    Endpoint("queue:returned", "GET", _C.TASKS_WORK, project_id),
    Endpoint("queue:my-notes", "GET", None),
    Endpoint("queue:my-day", "GET", None),
    Endpoint("queue:my-submissions", "GET", None),
    Endpoint(
        "queue:reveals",
        "POST",
        _C.PROJECT_VIEW,
        project_id,
        lambda world: {"post_id": str(posts_make(world, 1)[0].pk), "mode": "full", "purpose": "browse"},
        allowed=frozenset({201, 404}),
    ),
    Endpoint(
        "queue:reveal-beat",
        "POST",
        None,
        _reveal,
        lambda world: {"seconds": 1.5, "is_over": True},
    ),
    Endpoint("queue:protection", "GET", _C.PROJECT_VIEW, project_id),
    Endpoint("queue:protection", "PUT", _C.PROJECT_MANAGE, project_id, lambda world: {}),
    Endpoint("queue:protection-organization", "PUT", _C.PROJECT_MANAGE, project_id, lambda world: {}),
    Endpoint("queue:project-exposure", "GET", _C.PROJECT_MANAGE, project_id),
    # Only those whom the organization named, whatever their roles.
    Endpoint("queue:wellness", "GET", _C.PROJECT_VIEW, project_id, allowed=frozenset({404})),
    Endpoint("queue:my-protection", "GET", None),
    Endpoint("queue:my-protection", "PUT", None, body=lambda world: {}),
    Endpoint("queue:my-meter", "GET", None),
    Endpoint("queue:my-breaks", "POST", None, body=lambda world: {"minutes": 1}),
    Endpoint("queue:my-breaks", "DELETE", None),
    Endpoint("queue:my-stop", "POST", None, body=lambda world: {}),
    Endpoint("queue:my-exposure", "GET", None, query="?days=7"),
    # Only for those who are in no project any more.
    Endpoint(
        "queue:my-exposure",
        "DELETE",
        None,
        _has_left,
        lambda world: {"confirm": "delete"},
        allowed=frozenset({204, 409}),
    ),
    Endpoint("queue:my-exposure-export", "GET", None, query="?as=csv"),
    Endpoint("queue:my-check-ins", "GET", None),
    # Only where an organization of theirs asks.
    Endpoint("queue:my-check-ins", "POST", None, body=_how_one_is, allowed=frozenset({201, 404})),
    Endpoint("queue:my-check-in", "DELETE", None, _check_in),
]
