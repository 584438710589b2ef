"""Rulings that later posts may be held against. Whatever is read of them goes through `precedents_open`.

A precedent on a post that is held out for measuring (a test split, an evaluation set, gold) is as if it were not
there: it stands in no list, is not found by its identifier, and no count holds it.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.db.models import Case, F, Q, QuerySet, Value, When
from django.db.models.fields import BooleanField

from core.accounts.selectors import Actor, Capability, project_get, projects_visible_to
from core.content.selectors import parts_of, post_open_to
from policies.domain.likeness import LikeBy, Likeness
from policies.domain.word_likeness import joined_trigrams, likeness_of
from policies.errors import PrecedentNotFoundError
from policies.models import Precedent
from policies.models.precedent import PrecedentState
from policies.precedent_registry import (
    citations_counted,
    held_out,
    likeness_among,
    likeness_to_posts,
)
from policies.selectors.releases import meanings, releases_current

MOST_COMPARED = 2_000
"""So many precedents, the newest ones, are held against a post to find those alike."""
MOST_FOUND = 20


@dataclass(frozen=True, slots=True)
class PrecedentView:
    """A precedent as other apps see it.

    ``holds`` tells whether its clause still means, under the release it was read against, what it meant when it was
    ruled. ``likeness`` is None where nothing was compared; ``cited`` counts the answers that stand and cite it.
    """

    id: UUID
    project_id: UUID
    post_id: UUID
    external_id: str
    language: str
    release_id: UUID
    release_label: str
    clause_key: str
    clause_title: str
    meaning_revision: int
    answer: str
    answer_label: str
    severity: int | None
    severity_label: str
    reason: str
    state: str
    holds: bool
    decision_id: UUID
    ruling_id: UUID
    ruled_by_id: UUID
    ruled_by_name: str
    ruled_at: datetime
    approved_by_name: str
    approved_at: datetime | None
    retired_by_name: str
    retired_at: datetime | None
    retired_reason: str
    likeness: Likeness | None
    cited: int


@dataclass(frozen=True, slots=True)
class Asked:
    """What precedents are looked for by: a post's own texts and files, or some given ones."""

    texts: tuple[str, ...] = ()
    assets: tuple[str, ...] = ()
    post_id: UUID | None = None


def precedents_open(project_id: UUID) -> QuerySet[Precedent]:
    """Return the project's precedents on posts that are neither hidden nor held out."""
    rows = Precedent.objects.filter(project_id=project_id, post__is_hidden=False)
    return rows.exclude(held_out(project_id, "post__"))


def precedents_holding(project_id: UUID, release_id: UUID) -> QuerySet[Precedent]:
    """Return the approved ones whose clause means under the release what it meant when they were ruled."""
    rows = precedents_open(project_id).filter(state=PrecedentState.APPROVED)
    return rows.filter(_holding(meanings(release_id)))


def precedents_in(
    actor: Actor,
    project_id: UUID,
    *,
    clause_key: str | None = None,
    state: str | None = None,
    post_id: UUID | None = None,
) -> QuerySet[Precedent]:
    """Return the project's precedents for those who may browse its posts, each with ``holds`` (in effect now)."""
    project_get(actor, project_id, needs=Capability.CONTENT_VIEW)
    rows = precedents_open(project_id)
    if clause_key:
        rows = rows.filter(clause_key=clause_key)
    if state:
        rows = rows.filter(state=state)
    if post_id is not None:
        rows = rows.filter(post_id=post_id)
    return with_holds(rows, meanings_now(project_id))


def precedent_get(
    actor: Actor, precedent_id: UUID, *, needs: Capability = Capability.CONTENT_VIEW
) -> Precedent:
    """Return a precedent of a project the actor browses.

    Raises
    ------
    PrecedentNotFoundError
        When there is none, it is not the actor's to see, or its post is held out: all look the same.
    CapabilityMissingError
    """
    found = Precedent.objects.filter(pk=precedent_id, project__in=projects_visible_to(actor)).first()
    if found is None:
        raise PrecedentNotFoundError()
    row = with_holds(precedents_open(found.project_id), meanings_now(found.project_id)).filter(pk=found.pk)
    shown = row.first()
    if shown is None:
        raise PrecedentNotFoundError()
    project_get(actor, found.project_id, needs=Capability.CONTENT_VIEW)
    project_get(actor, found.project_id, needs=needs)
    return shown


def precedents_found(
    actor: Actor,
    project_id: UUID,
    *,
    clause_keys: Collection[str] = (),
    release_id: UUID | None = None,
    text: str | None = None,
    post_id: UUID | None = None,
    media_sha256: str | None = None,
    most: int = 5,
) -> list[PrecedentView]:
    """Return the approved precedents that hold and are most like what was asked, most alike first.

    Parameters
    ----------
    release_id
        They hold under this release; under those in effect when left out.
    post_id
        A post of the project that the actor may see; itself is never among what is found.

    Raises
    ------
    NotFoundError, CapabilityMissingError
    """
    project_get(actor, project_id, needs=Capability.CONTENT_VIEW)
    meant = meanings_now(project_id) if release_id is None else meanings(release_id)
    rows = precedents_open(project_id).filter(_holding(meant), state=PrecedentState.APPROVED)
    if clause_keys:
        rows = rows.filter(clause_key__in=list(clause_keys))
    asked = Asked((text,) if text else (), (media_sha256,) if media_sha256 else ())
    if post_id is not None:
        own = post_open_to(actor, post_id)
        asked = asked_of(own.pk)
    return precedents_like(rows, asked, meant=meant, most=most)


def precedents_like(
    rows: QuerySet[Precedent], asked: Asked, *, meant: Mapping[str, int], most: int
) -> list[PrecedentView]:
    """Return up to ``most`` of the rows, most like what was asked first; where nothing can be compared the newest.

    Encoders' vectors decide where both sides have them, letters where they do not.
    """
    if asked.post_id is not None:
        rows = rows.exclude(post_id=asked.post_id)
    places = list(rows.order_by("-id").values_list("pk", "post_id")[:MOST_COMPARED])
    alike = likeness_of_posts(asked, {post_id for _, post_id in places})
    places.sort(key=lambda place: -alike[place[1]].score if place[1] in alike else 1.0)
    chosen = places[: max(1, min(most, MOST_FOUND))]
    shown = {
        row.pk: row for row in with_holds(Precedent.objects.filter(pk__in=[pk for pk, _ in chosen]), meant)
    }
    return precedent_views([shown[pk] for pk, _ in chosen if pk in shown], alike)


def likeness_of_posts(asked: Asked, post_ids: Collection[UUID]) -> dict[UUID, Likeness]:
    """Return how alike each post is to what was asked; posts with which nothing can be compared are left out."""
    if not post_ids or not (asked.texts or asked.assets):
        return {}
    found = likeness_to_posts(texts=asked.texts, assets=asked.assets, post_ids=post_ids)
    unread = [post_id for post_id in post_ids if post_id not in found]
    own = joined_trigrams(asked.texts)
    for post_id, parts in parts_of(unread).items() if unread else ():
        if asked.assets and any(part.asset and part.asset.sha256 in asked.assets for part in parts):
            found[post_id] = Likeness(1.0, LikeBy.PICTURE)
            continue
        score = likeness_of(own, joined_trigrams(part.text or "" for part in parts))
        if score > 0:
            found[post_id] = Likeness(round(score, 4), LikeBy.WORDS)
    return found


def likeness_between(post_ids: Sequence[UUID]) -> dict[tuple[UUID, UUID], Likeness]:
    """Return how alike each two of the posts are, the smaller identifier first; for some hundred posts at most.

    By encoders' vectors where there are any for two of them, else by letters. Pairs with nothing in common are
    left out.
    """
    found = likeness_among(post_ids)
    if found:
        return found
    words = {
        post_id: joined_trigrams(part.text or "" for part in parts)
        for post_id, parts in parts_of(post_ids).items()
    }
    ordered = sorted(words)
    scores = {
        (one, other): likeness_of(words[one], words[other])
        for at, one in enumerate(ordered)
        for other in ordered[at + 1 :]
    }
    return {pair: Likeness(round(score, 4), LikeBy.WORDS) for pair, score in scores.items() if score > 0}


def asked_of(post_id: UUID) -> Asked:
    """Return what a post is compared by: its texts, and its files by SHA-256."""
    parts = parts_of([post_id])[post_id]
    return Asked(
        tuple(part.text for part in parts if part.text),
        tuple(part.asset.sha256 for part in parts if part.asset is not None),
        post_id,
    )


def precedent_views(rows: Sequence[Precedent], alike: Mapping[UUID, Likeness] = {}) -> list[PrecedentView]:
    """Return the rows, which know whether they hold, as views in their order; a few queries, whatever their number."""
    cited = citations_counted([row.pk for row in rows])
    return [_view(row, alike.get(row.post_id), cited[row.pk]) for row in rows]


def meanings_now(project_id: UUID) -> dict[str, int]:
    """Return clause key → meaning revision over the releases in effect; keys are unique in a project."""
    return {
        clause.key: clause.meaning_revision
        for release in releases_current(project_id)
        for clause in release.verdict_clauses
    }


def with_holds(rows: QuerySet[Precedent], meant: Mapping[str, int]) -> QuerySet[Precedent]:
    """Return the rows with ``holds`` and all that is told of them at hand."""
    holds = Case(When(_holding(meant), then=Value(True)), default=Value(False), output_field=BooleanField())
    joins = ("release", "release__policy", "post", "ruled_by", "approved_by", "retired_by")
    return (
        rows.annotate(holds=holds, external_id=F("post__external_id"))
        .select_related(*joins)
        .prefetch_related("release__clauses")
    )


def _holding(meant: Mapping[str, int]) -> Q:
    condition = Q(pk__in=[])
    for key, revision in sorted(meant.items()):
        condition |= Q(clause_key=key, meaning_revision=revision)
    return condition


def _view(row: Precedent, likeness: Likeness | None, cited: int) -> PrecedentView:
    clause = next((one for one in row.release.clauses.all() if one.key == row.clause_key), None)
    answers = {} if clause is None else {one["value"]: one["label"] for one in clause.answers}
    severities = {} if clause is None else {one["value"]: one["label"] for one in clause.severities}
    return PrecedentView(
        id=row.pk,
        project_id=row.project_id,
        post_id=row.post_id,
        external_id=row.post.external_id,
        language=row.post.language,
        release_id=row.release_id,
        release_label=f"{row.release.policy.key}@{row.release.number}",
        clause_key=row.clause_key,
        clause_title=row.clause_key if clause is None else clause.title,
        meaning_revision=row.meaning_revision,
        answer=row.answer,
        answer_label=answers.get(row.answer, row.answer),
        severity=row.severity,
        severity_label="" if row.severity is None else severities.get(row.severity, str(row.severity)),
        reason=row.reason,
        state=row.state,
        holds=bool(getattr(row, "holds", False)),
        decision_id=row.decision_id,
        ruling_id=row.ruling_id,
        ruled_by_id=row.ruled_by_id,
        ruled_by_name=row.ruled_by.display_name,
        ruled_at=row.created_at,
        approved_by_name=row.approved_by.display_name if row.approved_by else "",
        approved_at=row.approved_at,
        retired_by_name=row.retired_by.display_name if row.retired_by else "",
        retired_at=row.retired_at,
        retired_reason=row.retired_reason,
        likeness=likeness,
        cited=cited,
    )
