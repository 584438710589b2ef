"""Everything the workspace needs to show one leased task, in one answer."""

from __future__ import annotations

import uuid
from collections.abc import Mapping, Sequence
from types import MappingProxyType
from typing import Any

from annotation.errors import NotALabelTaskError
from annotation.selectors.posts import shown_document
from annotation.selectors.questions import clauses_asked
from annotation.selectors.suggestions import bundle_part
from core.accounts.selectors import Actor, Project
from core.content.selectors import ShownPost, posts_shown
from core.errors import NotFoundError
from core.queue.selectors import (
    GOLD_SOURCE,
    ONBOARDING,
    Coverings,
    HeldTask,
    Lease,
    Submission,
    coverings_for,
    drafts_of,
    held_of,
    lease_get,
    returned_comment,
    work_must_be_open,
)
from policies.selectors import ClauseView, ReleaseView, release_fixed

# What a task's context may tell the person who answers it. Everything else in it stays on the server: nothing the
# annotator receives may tell gold or a model's guess from ordinary work.
_CAMPAIGN = ("campaign_id", "release_id", "against_id", "clauses", "old_answers")


def label_bundle(actor: Actor, lease_id: uuid.UUID) -> dict[str, Any]:
    """Return the lease, the post with its parts, the clauses asked as the release says them, and what was
    written.

    Raises
    ------
    NotFoundError, NotALabelTaskError, WorkClosedError
    """
    lease = lease_get(actor, lease_id)
    held = held_of(lease)
    if held.state == "held":
        work_must_be_open(actor, lease.task.project)
    if held.kind != "label" or held.post_id is None:
        raise NotALabelTaskError()
    found = bundles_of(actor, lease.task.project, [held])
    if not found:
        raise NotFoundError()
    own = _submission(lease)
    returned = None if own is None else returned_comment(own["id"])
    suggestions = bundle_part(held, is_answered=own is not None)
    return found[0] | {"submission": own, "returned": returned, "suggestions": suggestions}


def bundles_of(
    actor: Actor,
    project: Project,
    held: Sequence[HeldTask],
    *,
    posts: Mapping[uuid.UUID, ShownPost] = MappingProxyType({}),
    drafts: Mapping[uuid.UUID, dict[str, Any]] = MappingProxyType({}),
    suggestions: Mapping[uuid.UUID, dict[str, Any]] = MappingProxyType({}),
    coverings: Coverings | None = None,
) -> list[dict[str, Any]]:
    """Return what `label_bundle` does of several leases of the actor's that were not answered yet, in their order.

    One whose post was hidden meanwhile is left out.

    Parameters
    ----------
    posts, drafts
        What was read before, by post and by task; what is not among the posts is read here.
    suggestions
        By lease, what of models' suggestions its page gets.
    coverings
        How the posts are shown; read here where it was not read before, or not of all of them.
    """
    if not held:
        return []
    unread = [one for one in held if one.post_id is not None and one.post_id not in posts]
    if unread:
        posts = {**posts, **posts_shown([one.post_id for one in unread if one.post_id is not None])}
        drafts = {**drafts, **drafts_of(actor, [one.task_id for one in unread])}
    if unread or coverings is None:
        coverings = coverings_for(actor, project, list(posts))
    return [
        _bundle(actor, project, one, posts[one.post_id], drafts.get(one.task_id))
        | {"suggestions": suggestions.get(one.lease_id), "protection": coverings.of(one.post_id)}
        for one in held
        if one.post_id is not None and one.post_id in posts
    ]


def _bundle(
    actor: Actor, project: Project, held: HeldTask, post: ShownPost, draft: dict[str, Any] | None
) -> dict[str, Any]:
    release = release_fixed(held.release_id)
    clauses = clauses_asked(release, held.clause_keys)
    return {
        "lease": {
            "id": held.lease_id,
            "epoch": held.epoch,
            "state": held.state,
            "expires_at": held.expires_at,
        },
        "task": {"id": held.task_id, "project_id": held.project_id, "project_state": project.state},
        "release": release_summary(release),
        "clauses": [clause_document(release, clause) for clause in clauses],
        "post": shown_document(post),
        "draft": draft,
        "campaign": _campaign(actor, held.context) if held.source == "campaign" else None,
        "onboarding": _onboarding(held),
        "submission": None,
        "returned": None,
    }


def _onboarding(held: HeldTask) -> dict[str, Any] | None:
    """Which step of the project's onboarding it is: that one is asked to learn is said openly."""
    told = held.context.get(ONBOARDING) if held.source == GOLD_SOURCE else None
    return None if told is None else {"step": told["step"], "of": told["of"], "try_number": told["try"]}


def release_summary(release: ReleaseView) -> dict[str, Any]:
    """Return what people read about a release beside their work."""
    return {"id": release.id, "label": release.label, "title": release.title, "state": release.state}


def clause_document(release: ReleaseView, clause: ClauseView) -> dict[str, Any]:
    """Return one clause with everything a person may need while answering it."""
    parent = release.clauses.get(clause.parent_key)
    return {
        "key": clause.key,
        "parent_title": parent.title if parent is not None else "",
        "title": clause.title,
        "question": clause.question,
        "blocks": [dict(block) for block in clause.blocks],
        "answers": [
            {"value": answer.value, "label": answer.label, "harmful": answer.harmful}
            for answer in clause.answers
        ],
        "severities": [{"value": step.value, "label": step.label} for step in clause.severities],
        "evidence_kinds": list(clause.evidence_kinds),
        "requires": {
            "evidence": clause.requires_evidence,
            "reason": clause.requires_reason,
            "severity": clause.requires_severity,
        },
        "meaning_revision": clause.meaning_revision,
    }


def _campaign(actor: Actor, context: dict[str, Any]) -> dict[str, Any]:
    told = {key: context[key] for key in _CAMPAIGN if key in context}
    return told | {"old_answers": [_old_answer(actor, given) for given in told.get("old_answers", ())]}


def _old_answer(actor: Actor, given: dict[str, Any]) -> dict[str, Any]:
    """Return an answer given before, and by whom as far as this person may know: they, others, or a decision."""
    known = {key: value for key, value in given.items() if key != "person_id"}
    if "method" in given:
        return known | {"by": "decision"}
    if "person_id" not in given:
        return known
    return known | {"by": "you" if given["person_id"] == str(actor.user.pk) else "somebody"}


def _submission(lease: Lease) -> dict[str, Any] | None:
    """The person's own newest answer to this task, so that they can look at it again and supersede it."""
    newest = (
        Submission.objects.filter(
            task_id=lease.task_id, person_id=lease.person_id, superseded_by__isnull=True
        )
        .order_by("-id")
        .first()
    )
    if newest is None:
        return None
    return {"id": newest.pk, "document": newest.document, "is_late": newest.is_late}
