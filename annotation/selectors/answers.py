"""All answers to one post side by side, for review."""

from __future__ import annotations

import uuid
from typing import Any

from annotation.models import Decision, Verdict
from annotation.selectors.bundles import clause_document, release_summary
from annotation.selectors.citations import cited_by
from annotation.selectors.posts import post_document
from core.accounts.selectors import pseudonyms
from core.queue.selectors import person_told, review_told, reviews_of
from policies.selectors import ReleaseView, releases_get


def post_answers(project_id: uuid.UUID, post_id: uuid.UUID) -> dict[str, Any]:
    """Return the post, every answer to it (superseded and late ones marked), and every decision, newest
    first.

    People appear under their pseudonym in the project, simulated ones marked as such.
    """
    verdicts = list(
        Verdict.objects.filter(project_id=project_id, post_id=post_id)
        .select_related("submission")
        .prefetch_related("evidence")
        .order_by("id")
    )
    decisions = list(Decision.objects.filter(project_id=project_id, post_id=post_id).order_by("-id"))
    cited = {verdict.release_id for verdict in verdicts} | {decision.release_id for decision in decisions}
    releases = releases_get(cited)
    names = pseudonyms(project_id)
    superseded = set(
        Verdict.objects.filter(
            project_id=project_id, post_id=post_id, submission__supersedes__isnull=False
        ).values_list("submission__supersedes_id", flat=True)
    )
    return {
        "post": post_document(post_id),
        "releases": [release_summary(release) for release in _newest_first(releases)],
        "clauses": _clauses(releases, verdicts, decisions),
        "submissions": _submissions(
            verdicts, names, superseded, cited_by(project_id, [verdict.pk for verdict in verdicts])
        ),
        "decisions": _decisions(decisions, names),
    }


def _newest_first(releases: dict[uuid.UUID, ReleaseView]) -> list[ReleaseView]:
    return sorted(releases.values(), key=lambda release: release.number, reverse=True)


def _clauses(
    releases: dict[uuid.UUID, ReleaseView], verdicts: list[Verdict], decisions: list[Decision]
) -> list[dict[str, Any]]:
    """Each meaning that was answered, told in the words of the newest release that has it."""
    meant = {(row.clause_key, row.meaning_revision) for row in verdicts}
    meant |= {(row.clause_key, row.meaning_revision) for row in decisions}
    found: dict[tuple[str, int], dict[str, Any]] = {}
    for release in _newest_first(releases):
        for clause in release.verdict_clauses:
            key = (clause.key, clause.meaning_revision)
            if key in meant and key not in found:
                found[key] = {**clause_document(release, clause), "release_id": release.id}
    return list(found.values())


def _submissions(
    verdicts: list[Verdict],
    names: dict[uuid.UUID, Any],
    superseded: set[uuid.UUID | None],
    cited: dict[uuid.UUID, list[uuid.UUID]],
) -> list[dict[str, Any]]:
    found: dict[uuid.UUID, dict[str, Any]] = {}
    reviews = reviews_of({verdict.submission_id for verdict in verdicts})
    for verdict in verdicts:
        submission = verdict.submission
        entry = found.setdefault(
            submission.pk,
            {
                "id": submission.pk,
                "person": person_told(names, submission.person_id),
                "release_id": verdict.release_id,
                "created_at": submission.created_at,
                "active_ms": submission.active_ms,
                "is_late": submission.is_late,
                "counts": submission.slot_id is not None and submission.pk not in superseded,
                "is_superseded": submission.pk in superseded,
                "notes": str(submission.document.get("notes", "")),
                "supersedes_id": submission.supersedes_id,
                "reviews": [review_told(review, names) for review in reviews.get(submission.pk, [])],
                "verdicts": [],
            },
        )
        entry["verdicts"].append(
            {
                "clause_key": verdict.clause_key,
                "meaning_revision": verdict.meaning_revision,
                "answer": verdict.answer,
                "severity": verdict.severity,
                "confidence": verdict.confidence,
                "reason": verdict.reason,
                "is_assisted": verdict.is_assisted,
                "precedents": cited.get(verdict.pk, []),
                "evidence": [piece.data for piece in verdict.evidence.all()],
            }
        )
    return list(found.values())


def _decisions(decisions: list[Decision], names: dict[uuid.UUID, Any]) -> list[dict[str, Any]]:
    seen: set[tuple[str, int]] = set()
    found = []
    for decision in decisions:
        meaning = (decision.clause_key, decision.meaning_revision)
        found.append(
            {
                "id": decision.pk,
                "clause_key": decision.clause_key,
                "meaning_revision": decision.meaning_revision,
                "release_id": decision.release_id,
                "answer": decision.answer,
                "severity": decision.severity,
                "confidence": decision.confidence,
                "method": decision.method,
                "evidence": decision.evidence,
                "decided_by": person_told(names, decision.decided_by_id) if decision.decided_by_id else None,
                "reason_code": decision.reason_code,
                "reason": decision.reason,
                "created_at": decision.created_at,
                "is_current": meaning not in seen,
            }
        )
        seen.add(meaning)
    return found
