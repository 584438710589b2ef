from __future__ import annotations

import time
from collections.abc import Iterable
from types import MappingProxyType
from uuid import UUID

from django.db.models import Exists, OuterRef, QuerySet
from django.utils import timezone

from policies.errors import ReleaseNotFoundError
from policies.models import Clause, Release
from policies.models.release import PUBLISHED, ReleaseState
from policies.selectors.views import AnswerView, ClauseView, MeaningChange, ReleaseView, SeverityView

_STATE_KEPT_S = 10.0
_KEPT_AT_MOST = 200
_kept: dict[UUID, tuple[ReleaseView, float]] = {}


def release_get(release_id: UUID) -> ReleaseView:
    """Return a published release with its clauses, in two queries. For other apps; checks no person.

    Raises
    ------
    ReleaseNotFoundError
        When there is no such release or it is not published yet.
    """
    return _view(_published().filter(id=release_id).first())


def release_fixed(release_id: UUID) -> ReleaseView:
    """Return what `release_get` does, from this process's memory: once published, no word of a release changes.

    Only its state does, which may be some seconds old here.

    Raises
    ------
    ReleaseNotFoundError
    """
    kept = _kept.get(release_id)
    if kept is None or time.monotonic() - kept[1] > _STATE_KEPT_S:
        if len(_kept) >= _KEPT_AT_MOST:
            _kept.clear()
        kept = _kept[release_id] = release_get(release_id), time.monotonic()
    return kept[0]


def releases_get(release_ids: Iterable[UUID]) -> dict[UUID, ReleaseView]:
    """Return several published releases by id, in two queries; missing or unpublished ones are left out."""
    rows = _published().filter(id__in=set(release_ids)).prefetch_related("clauses")
    return {row.id: _view(row) for row in rows}


def release_current(project_id: UUID, *, policy_key: str | None = None) -> ReleaseView | None:
    """Return the release in effect: released, effective by now, the newest; ``None`` when there is none.

    Parameters
    ----------
    project_id
        The project.
    policy_key
        One policy of the project; without it the newest release of any of its policies.
    """
    rows = _in_effect(project_id)
    if policy_key is not None:
        rows = rows.filter(policy__key=policy_key)
    row = rows.order_by("-effective_at", "-number", "-id").first()
    return _view(row) if row is not None else None


def releases_current(project_id: UUID) -> list[ReleaseView]:
    """Return the release in effect of every policy of the project, by policy key."""
    rows = _in_effect(project_id).order_by("policy__key", "-effective_at", "-number").distinct("policy__key")
    return [_view(row) for row in rows.prefetch_related("clauses")]


def releases_in_effect(project_ids: Iterable[UUID]) -> list[ReleaseView]:
    """Return the release in effect of every policy of several projects, in two queries, by project and policy key."""
    rows = (
        _published()
        .filter(
            policy__project_id__in=set(project_ids),
            state=ReleaseState.RELEASED,
            effective_at__lte=timezone.now(),
        )
        .order_by("policy__project_id", "policy__key", "-effective_at", "-number")
        .distinct("policy__project_id", "policy__key")
    )
    return [_view(row) for row in rows.prefetch_related("clauses")]


def releases_taking_effect() -> list[ReleaseView]:
    """Return, of every policy that had a release before it, the one in effect now; of all projects."""
    earlier = Release.objects.filter(
        policy=OuterRef("policy"), state__in=PUBLISHED, number__lt=OuterRef("number")
    )
    rows = (
        _published()
        .filter(Exists(earlier), state=ReleaseState.RELEASED, effective_at__lte=timezone.now())
        .order_by("policy_id", "-effective_at", "-number")
        .distinct("policy_id")
    )
    return [_view(row) for row in rows.prefetch_related("clauses")]


def meanings(release_id: UUID) -> dict[str, int]:
    """Return clause key → meaning revision of a published release; empty when there is none."""
    rows = Clause.objects.filter(release_id=release_id, release__state__in=PUBLISHED)
    return {
        key: revision for key, revision in rows.values_list("key", "meaning_revision") if revision is not None
    }


def meaning_changes(before_id: UUID, after_id: UUID) -> list[MeaningChange]:
    """Return the clauses whose meaning revision differs between two published releases, by key.

    Answers to these, and to no others, hold under one of the releases and not under the other.
    """
    before, after = meanings(before_id), meanings(after_id)
    return [
        MeaningChange(clause_key=key, before=before.get(key), after=after.get(key))
        for key in sorted(before.keys() | after.keys())
        if before.get(key) != after.get(key)
    ]


def _published() -> QuerySet[Release]:
    return Release.objects.filter(state__in=PUBLISHED).select_related("policy")


def _in_effect(project_id: UUID) -> QuerySet[Release]:
    return _published().filter(
        policy__project_id=project_id, state=ReleaseState.RELEASED, effective_at__lte=timezone.now()
    )


def _view(row: Release | None) -> ReleaseView:
    if row is None or row.number is None or row.effective_at is None or row.published_at is None:
        raise ReleaseNotFoundError()
    clauses = sorted(row.clauses.all(), key=lambda clause: (clause.position, clause.key))
    return ReleaseView(
        id=row.id,
        project_id=row.policy.project_id,
        policy_id=row.policy_id,
        policy_key=row.policy.key,
        number=row.number,
        state=row.state,
        title=row.title,
        notes=row.notes,
        effective_at=row.effective_at,
        published_at=row.published_at,
        content_sha256=row.content_sha256,
        clauses=MappingProxyType({clause.key: _clause_view(clause) for clause in clauses}),
    )


def _clause_view(clause: Clause) -> ClauseView:
    requires = clause.requires
    return ClauseView(
        key=clause.key,
        parent_key=clause.parent_key,
        position=clause.position,
        kind=clause.kind,
        title=clause.title,
        question=clause.question,
        blocks=tuple(clause.blocks),
        answers=tuple(
            AnswerView(value=a["value"], label=a["label"], harmful=bool(a.get("harmful")))
            for a in clause.answers
        ),
        severities=tuple(SeverityView(value=s["value"], label=s["label"]) for s in clause.severities),
        modalities=tuple(clause.modalities),
        evidence_kinds=tuple(clause.evidence_kinds),
        requires_evidence=bool(requires.get("evidence")),
        requires_reason=bool(requires.get("reason")),
        requires_severity=bool(requires.get("severity")),
        relations=tuple(clause.relations),
        codes=tuple(clause.codes),
        meaning_revision=clause.meaning_revision or 0,
        change=clause.change,
        change_reason=clause.change_reason,
        language=clause.language,
        translations=tuple(clause.translations),
    )
