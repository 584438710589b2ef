"""Everything the workspace needs to show one leased task, in one answer."""

from __future__ import annotations

import uuid
from typing import Any

from annotation.errors import NotALabelTaskError
from annotation.selectors.posts import post_document
from annotation.selectors.questions import clauses_asked
from core.accounts.selectors import Actor
from core.queue.selectors import Lease, Submission, draft_of, lease_get
from policies.selectors import ClauseView, ReleaseView, release_get

# What a task's context may tell the person who answers it. Everything else in it stays on the server: nothing the
# annotator receives may tell gold or a model's guess from ordinary work.
_CAMPAIGN = ("campaign_id", "release_id", "against_id", "clauses", "old_answers")


def label_bundle(actor: Actor, lease_id: uuid.UUID) -> dict[str, Any]:
    """Return the lease, the post with its parts, the clauses asked as the release says them, and what was
    written.

    Raises
    ------
    NotFoundError, NotALabelTaskError
    """
    lease = lease_get(actor, lease_id)
    task = lease.task
    if task.kind != "label" or task.post_id is None:
        raise NotALabelTaskError()
    release = release_get(task.release_id)
    draft = draft_of(lease)
    return {
        "lease": {
            "id": lease.pk,
            "epoch": lease.epoch,
            "state": lease.state,
            "expires_at": lease.expires_at,
        },
        "task": {"id": task.pk, "project_id": task.project_id, "project_state": task.project.state},
        "release": release_summary(release),
        "clauses": [clause_document(release, clause) for clause in clauses_asked(release, task.clause_keys)],
        "post": post_document(task.post_id),
        "draft": None if draft is None else {"document": draft.document, "version": draft.version},
        "campaign": _campaign(task.context) if task.source == "campaign" else None,
        "submission": _submission(lease),
    }


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


def _campaign(context: dict[str, Any]) -> dict[str, Any]:
    return {key: context[key] for key in _CAMPAIGN if key in context}


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
