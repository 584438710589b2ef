from __future__ import annotations

from typing import Any

from core.accounts.models import User
from core.accounts.selectors import Capability
from policies import services
from policies.models import Campaign, Release
from tests.architecture.role_matrix import Endpoint, project_id
from tests.policies.clause_texts import axis_json, verdict_json
from tests.policies.precedents import precedent_made
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


def _running_campaign(world: World, person: User) -> dict[str, Any]:
    kwargs = _campaign(world, person)
    Campaign.objects.filter(pk=kwargs["campaign_id"]).update(state="running", margin=0.1)
    return kwargs


def _paused_campaign(world: World, person: User) -> dict[str, Any]:
    kwargs = _campaign(world, person)
    Campaign.objects.filter(pk=kwargs["campaign_id"]).update(state="paused")
    return kwargs


_fixed = iter(range(1_000_000))


def _fixed_clauses(world: World, person: User) -> dict[str, Any]:
    """A draft whose two questions `_merge_body` names."""
    number = next(_fixed)
    clauses = {f"left-{number}": verdict_json(), f"right-{number}": verdict_json(title="Other")}
    draft = draft_made(world, policy_made(world, key=f"policy-{next(_made)}"), clauses=clauses)
    _merging.append(number)
    return {"release_id": draft.pk}


_merging: list[int] = []


def _merge_body(world: World) -> dict[str, Any]:
    number = _merging[-1] if _merging else 0
    rows = [{"key": f"left-{number}", "version": 1}, {"key": f"right-{number}", "version": 1}]
    return {"clauses": rows, "key": f"merged-{next(_made)}", "title": "Merged"}


def _comment(world: World, person: User) -> dict[str, Any]:
    draft = _draft_row(world)
    key = draft.clauses.get(kind="verdict").key
    comment = services.comment_write(
        world.actor("policy_editor"), release_id=draft.pk, clause_key=key, text="Hm."
    )
    return {"comment_id": comment.pk}


def _suggestion(world: World, person: User) -> dict[str, Any]:
    draft = _draft_row(world)
    key = draft.clauses.get(kind="verdict").key
    made = services.suggestion_make(
        world.actor("policy_editor"), release_id=draft.pk, clause_key=key, at="question", proposed="Else?"
    )
    return {"suggestion_id": made.pk}


def _retired_clause(world: World, person: User) -> dict[str, Any]:
    first = _released_row(world)
    draft = draft_made(world, first.policy, based_on=first)
    key = draft.clauses.get(kind="verdict").key
    services.clause_delete(world.actor("policy_editor"), release_id=draft.pk, key=key, version=1)
    return {"release_id": draft.pk, "key": key}


def _file(world: World, person: User) -> dict[str, Any]:
    return {**_released(world, person), "form": "json"}


def _import_body(world: World) -> dict[str, Any]:
    number = next(_made)
    clause = {"key": f"clause-{number}", "parent_key": "", "document": verdict_json()}
    return {"key": f"policy-{number}", "title": "Imported", "clauses": [clause]}


def _precedent(world: World, person: User) -> dict[str, Any]:
    return {"precedent_id": precedent_made(world, _released_row(world)).pk}


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
    Endpoint("policies:release", "DELETE", _C.POLICY_EDIT, _draft),
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
    Endpoint(
        "policies:clause-split",
        "POST",
        _C.POLICY_EDIT,
        _draft_clause,
        lambda world: {
            "version": 1,
            "into": [
                {"key": f"part-{next(_made)}", "title": "One"},
                {"key": f"part-{next(_made)}", "title": "Two"},
            ],
        },
    ),
    Endpoint("policies:clauses-merge", "POST", _C.POLICY_EDIT, _fixed_clauses, _merge_body),
    Endpoint("policies:clause-restore", "POST", _C.POLICY_EDIT, _retired_clause),
    Endpoint("policies:versions", "GET", _C.POLICY_APPROVE, _draft_clause),
    Endpoint(
        "policies:version",
        "GET",
        _C.POLICY_APPROVE,
        lambda world, person: {**_draft_clause(world, person), "version": 1},
    ),
    Endpoint("policies:example-media", "GET", _C.PROJECT_VIEW, _released),
    Endpoint("policies:wording", "GET", _C.PROJECT_VIEW, _released),
    Endpoint("policies:taxonomies", "GET", None),
    Endpoint("policies:discussion", "GET", _C.POLICY_APPROVE, _draft),
    Endpoint(
        "policies:comment-list",
        "POST",
        _C.POLICY_APPROVE,
        _fixed_clauses,
        lambda world: {"clause_key": f"left-{_merging[-1] if _merging else 0}", "text": "Why?"},
    ),
    Endpoint("policies:comment", "PATCH", _C.POLICY_APPROVE, _comment, lambda world: {"is_resolved": True}),
    Endpoint(
        "policies:suggestion-list",
        "POST",
        _C.POLICY_APPROVE,
        _fixed_clauses,
        lambda world: {
            "clause_key": f"left-{_merging[-1] if _merging else 0}",
            "at": "question",
            "proposed": "Else?",
        },
    ),
    Endpoint("policies:suggestion-accept", "POST", _C.POLICY_EDIT, _suggestion, lambda world: {"version": 1}),
    Endpoint("policies:suggestion-reject", "POST", _C.POLICY_EDIT, _suggestion, lambda world: {}),
    Endpoint(
        "policies:suggestion-withdraw", "POST", _C.POLICY_APPROVE, _suggestion, allowed=frozenset({200, 403})
    ),
    Endpoint("policies:reviewers", "GET", _C.POLICY_APPROVE, _draft),
    Endpoint(
        "policies:reviewers",
        "PUT",
        _C.POLICY_EDIT,
        _draft,
        lambda world: {"person_ids": [str(world.people["policy_editor2"].pk)]},
    ),
    Endpoint("policies:presence", "POST", _C.POLICY_APPROVE, _draft, lambda world: {}),
    Endpoint("policies:approvals", "PUT", _C.PROJECT_MANAGE, _policy, lambda world: {"required": 2}),
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
    Endpoint("policies:renderings", "GET", _C.PROJECT_VIEW, _released),
    Endpoint("policies:policy-file", "GET", _C.PROJECT_VIEW, _file),
    Endpoint(
        "policies:import-preview",
        "POST",
        _C.POLICY_EDIT,
        project_id,
        lambda world: {"files": [{"name": "rules.md", "text": "# Rules\n\nNo weapons.\n"}]},
    ),
    Endpoint("policies:policy-import", "POST", _C.POLICY_EDIT, project_id, _import_body),
    Endpoint("policies:difference", "GET", _C.PROJECT_VIEW, _successor_kwargs),
    Endpoint("policies:impact", "GET", _C.RESULTS_VIEW, _successor_kwargs),
    Endpoint("policies:records", "GET", _C.RESULTS_VIEW, _successor_kwargs),
    Endpoint("policies:records", "GET", _C.QUALITY_KEEP, _successor_kwargs, query="?nouns=gold%20items"),
    Endpoint("policies:records-count", "GET", _C.RESULTS_VIEW, _successor_kwargs),
    Endpoint("policies:campaign-list", "GET", _C.RESULTS_VIEW, project_id),
    Endpoint("policies:campaign-list", "POST", _C.POLICY_APPROVE, project_id, _campaign_body),
    Endpoint("policies:campaign", "GET", _C.RESULTS_VIEW, _campaign),
    Endpoint("policies:outcomes", "GET", _C.RESULTS_VIEW, _successor_kwargs),
    Endpoint("policies:campaign-plan", "GET", _C.RESULTS_VIEW, _successor_kwargs),
    Endpoint("policies:campaign-findings", "GET", _C.RESULTS_VIEW, _campaign),
    Endpoint(
        "policies:campaign-widen",
        "POST",
        _C.POLICY_APPROVE,
        _running_campaign,
        lambda world: {"margin": 0.02},
    ),
    Endpoint("policies:campaign-pause", "POST", _C.POLICY_APPROVE, _running_campaign),
    Endpoint("policies:campaign-resume", "POST", _C.POLICY_APPROVE, _paused_campaign),
    Endpoint("policies:campaign-cancel", "POST", _C.POLICY_APPROVE, _campaign),
    Endpoint("policies:precedent-list", "GET", _C.CONTENT_VIEW, project_id),
    Endpoint("policies:precedent-search", "GET", _C.CONTENT_VIEW, project_id, query="?text=hello"),
    Endpoint("policies:precedent", "GET", _C.CONTENT_VIEW, _precedent),
    Endpoint("policies:precedent-approve", "POST", _C.POLICY_APPROVE, _precedent),
    Endpoint(
        "policies:precedent-retire",
        "POST",
        _C.POLICY_APPROVE,
        _precedent,
        lambda world: {"reason": "The group is fictional."},
    ),
]
