from __future__ import annotations

from typing import Any

from core.accounts.models import User
from core.accounts.selectors import Capability
from policies import services
from policies.models import Release
from tests.architecture.role_matrix import Endpoint, project_id
from tests.policies.clause_texts import axis_json, verdict_json
from tests.policies.releases import approved, draft_made, edited, policy_made, published, release_made
from tests.world import World

_C = Capability

# Every call makes a policy of its own: keys must not meet.
_made = iter(range(1_000_000))


def _clauses() -> dict[str, Any]:
    number = next(_made)
    return {f"clause-{number}": verdict_json(), f"axis-{number}": axis_json()}


def _policy(world: World, person: User) -> dict[str, Any]:
    return {"policy_id": policy_made(world, key=f"policy-{next(_made)}").pk}


def _draft_row(world: World) -> Release:
    return draft_made(world, policy_made(world, key=f"policy-{next(_made)}"), clauses=_clauses())


def _draft(world: World, person: User) -> dict[str, Any]:
    return {"release_id": _draft_row(world).pk}


def _draft_clause(world: World, person: User) -> dict[str, Any]:
    draft = _draft_row(world)
    return {"release_id": draft.pk, "key": draft.clauses.get(kind="verdict").key}


def _empty_draft(world: World, person: User) -> dict[str, Any]:
    return {"release_id": draft_made(world, policy_made(world, key=f"policy-{next(_made)}"), clauses={}).pk}


def _in_review(world: World, person: User) -> dict[str, Any]:
    """A release written by one policy editor and handed in, for whoever else may approve it."""
    draft = _draft_row(world)
    services.release_submit(world.actor("policy_editor"), release_id=draft.pk)
    return {"release_id": draft.pk}


def _in_review_by_another(world: World, person: User) -> dict[str, Any]:
    """The same, written by the second policy editor, so that the first may approve it."""
    world.people["policy_editor"], world.people["policy_editor2"] = (
        world.people["policy_editor2"],
        world.people["policy_editor"],
    )
    kwargs = _in_review(world, person)
    world.people["policy_editor"], world.people["policy_editor2"] = (
        world.people["policy_editor2"],
        world.people["policy_editor"],
    )
    return kwargs


def _approved(world: World, person: User) -> dict[str, Any]:
    return {"release_id": approved(world, _draft_row(world)).pk}


def _released_row(world: World) -> Release:
    return release_made(world, key=f"policy-{next(_made)}", clauses=_clauses())


def _released(world: World, person: User) -> dict[str, Any]:
    return {"release_id": _released_row(world).pk}


def _successor(world: World) -> Release:
    first = _released_row(world)
    draft = draft_made(world, first.policy, based_on=first)
    edited(world, draft, draft.clauses.get(kind="verdict").key, verdict_json(question="Another?"), "semantic")
    return published(world, draft)


def _successor_kwargs(world: World, person: User) -> dict[str, Any]:
    return {"release_id": _successor(world).pk}


def _campaign_body(world: World) -> dict[str, Any]:
    second = _successor(world)
    return {"release_id": str(second.pk), "against_id": str(second.based_on_id)}


def _campaign(world: World, person: User) -> dict[str, Any]:
    second = _successor(world)
    campaign = services.campaign_start(
        world.actor("policy_editor"),
        project_id=world.project.pk,
        release_id=second.pk,
        against_id=second.based_on_id,  # type: ignore[arg-type]
    )
    return {"campaign_id": campaign.pk}


ENDPOINTS = [
    Endpoint("policies:policy-list", "GET", _C.PROJECT_VIEW, project_id),
    Endpoint(
        "policies:policy-list",
        "POST",
        _C.POLICY_EDIT,
        project_id,
        lambda world: {"key": f"policy-{next(_made)}", "title": "Policy"},
    ),
    Endpoint("policies:policy", "GET", _C.PROJECT_VIEW, _policy),
    Endpoint("policies:release-list", "POST", _C.POLICY_EDIT, _policy, lambda world: {}),
    Endpoint("policies:release", "GET", _C.PROJECT_VIEW, _released),
    Endpoint(
        "policies:release", "PATCH", _C.POLICY_EDIT, _empty_draft, lambda world: {"version": 1, "title": "T"}
    ),
    Endpoint(
        "policies:outline", "PUT", _C.POLICY_EDIT, _empty_draft, lambda world: {"version": 1, "outline": []}
    ),
    Endpoint(
        "policies:clause-list",
        "POST",
        _C.POLICY_EDIT,
        _draft,
        lambda world: {"key": f"clause-{next(_made)}", "document": axis_json()},
    ),
    Endpoint(
        "policies:clause",
        "PUT",
        _C.POLICY_EDIT,
        _draft_clause,
        lambda world: {"version": 1, "document": verdict_json(title="Other")},
    ),
    Endpoint("policies:clause", "DELETE", _C.POLICY_EDIT, _draft_clause, query="?version=1"),
    Endpoint("policies:submit", "POST", _C.POLICY_EDIT, _draft),
    Endpoint("policies:withdraw", "POST", _C.POLICY_EDIT, _in_review),
    Endpoint(
        "policies:approve",
        "POST",
        _C.POLICY_APPROVE,
        _in_review_by_another,
        lambda world: {"verdict": "approved"},
    ),
    Endpoint("policies:publish", "POST", _C.POLICY_EDIT, _approved, lambda world: {}),
    Endpoint("policies:retire", "POST", _C.POLICY_EDIT, _released, lambda world: {}),
    Endpoint("policies:guide", "GET", _C.PROJECT_VIEW, _released),
    Endpoint("policies:difference", "GET", _C.PROJECT_VIEW, _successor_kwargs),
    Endpoint("policies:impact", "GET", _C.RESULTS_VIEW, _successor_kwargs),
    Endpoint("policies:campaign-list", "GET", _C.RESULTS_VIEW, project_id),
    Endpoint("policies:campaign-list", "POST", _C.POLICY_APPROVE, project_id, _campaign_body),
    Endpoint("policies:campaign", "GET", _C.RESULTS_VIEW, _campaign),
]
