"""Which clauses people do not read alike, and the posts that split them."""

from __future__ import annotations

import uuid
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, LiteralString

from django.db import connection
from django.db.models import Q

from annotation.domain.ambiguity import UNSURE_TO, Ambiguity, Sign, ambiguity_of, evenness
from annotation.domain.clusters import MOST, clustered
from annotation.models import Decision
from annotation.selectors.decisions import decisions_current
from core.content.selectors import parts_of, posts_in
from core.db.prepared import rows
from policies.selectors import ClauseView, LikeBy, Likeness, ReleaseView, likeness_between, posts_held_out
from policies.selectors.impact import read_only
from policies.services import axes_rest_on, axes_unclear

# Votes as everywhere: in a slot, not superseded, no gold. A post counts as split where two answers differ: the first
# and the last of them in the order of their bytes, for which nothing need be sorted.
_ANSWERED: LiteralString = """
answered AS (
  SELECT vote.clause_key, vote.post_id, count(*) AS votes,
    min(vote.answer COLLATE "C") <> max(vote.answer COLLATE "C") AS is_split,
    count(vote.confidence) AS said_how_sure,
    count(*) FILTER (WHERE vote.confidence <= %(unsure_to)s) AS unsure
  FROM annotation_verdict AS vote
  JOIN queue_submission AS given ON given.id = vote.submission_id AND given.slot_id IS NOT NULL
  JOIN queue_task AS task ON task.id = given.task_id AND task.source <> 'gold'
  JOIN content_post AS post ON post.id = vote.post_id AND NOT post.is_hidden
    AND (%(language)s = '' OR post.language = %(language)s OR post.language LIKE %(language)s || '-%%')
  WHERE vote.project_id = %(project)s
    AND (vote.clause_key, vote.meaning_revision) IN (SELECT * FROM unnest(%(keys)s::text[], %(meanings)s::int[]))
    AND NOT EXISTS (
      SELECT 1 FROM queue_submission AS newer WHERE newer.supersedes_id = given.id AND newer.supersedes_id IS NOT NULL)
  GROUP BY vote.clause_key, vote.post_id
)
"""
_COUNTS: LiteralString = f"""
WITH {_ANSWERED}, asked AS (
  SELECT DISTINCT note.clause_key, task.post_id
  FROM queue_note AS note JOIN queue_task AS task ON task.id = note.task_id AND task.source <> 'gold'
  WHERE note.project_id = %(project)s AND note.kind = 'question' AND note.clause_key = ANY(%(keys)s::text[])
)
SELECT answered.clause_key, count(*), count(*) FILTER (WHERE votes > 1),
  count(*) FILTER (WHERE is_split), sum(said_how_sure)::bigint, sum(unsure)::bigint,
  count(*) FILTER (WHERE asked.post_id IS NOT NULL)
FROM answered LEFT JOIN asked ON asked.clause_key = answered.clause_key AND asked.post_id = answered.post_id
GROUP BY answered.clause_key
"""  # noqa: S608 - texts of ours
_REVERSED: LiteralString = """
SELECT vote.clause_key, count(*),
  count(*) FILTER (WHERE review.outcome = 'amended' AND (
    SELECT amended.answer FROM annotation_verdict AS amended
    WHERE amended.submission_id = review.amendment_id AND amended.clause_key = vote.clause_key) <> vote.answer)
FROM queue_review AS review
JOIN annotation_verdict AS vote ON vote.submission_id = review.submission_id
JOIN content_post AS post ON post.id = vote.post_id AND NOT post.is_hidden
  AND (%(language)s = '' OR post.language = %(language)s OR post.language LIKE %(language)s || '-%%')
WHERE review.project_id = %(project)s AND review.outcome IN ('accepted', 'amended')
  AND (vote.clause_key, vote.meaning_revision) IN (SELECT * FROM unnest(%(keys)s::text[], %(meanings)s::int[]))
GROUP BY vote.clause_key
"""
_SPLIT: LiteralString = """
WITH given AS (
  SELECT vote.post_id, vote.answer, count(*) AS votes
  FROM annotation_verdict AS vote
  JOIN queue_submission AS given ON given.id = vote.submission_id AND given.slot_id IS NOT NULL
  JOIN queue_task AS task ON task.id = given.task_id AND task.source <> 'gold'
  JOIN content_post AS post ON post.id = vote.post_id AND NOT post.is_hidden
    AND (%(language)s = '' OR post.language = %(language)s OR post.language LIKE %(language)s || '-%%')
  WHERE vote.project_id = %(project)s AND vote.clause_key = %(key)s AND vote.meaning_revision = %(meaning)s
    AND NOT EXISTS (
      SELECT 1 FROM queue_submission AS newer WHERE newer.supersedes_id = given.id AND newer.supersedes_id IS NOT NULL)
  GROUP BY vote.post_id, vote.answer
)
SELECT post_id, jsonb_object_agg(answer, votes) FROM given GROUP BY post_id HAVING count(*) > 1
ORDER BY sum(votes) DESC, post_id LIMIT %(most)s
"""
_NEWEST: LiteralString = """
SELECT
  (SELECT id FROM queue_note WHERE project_id = %(project)s AND kind = 'question' ORDER BY id DESC LIMIT 1),
  (SELECT id FROM queue_review WHERE project_id = %(project)s ORDER BY id DESC LIMIT 1)
"""
_READ = 2_000

ALIKE_FROM = {LikeBy.TEXT: 0.55, LikeBy.PICTURE: 0.6, LikeBy.WORDS: 0.3}
"""From this mean likeness on posts stand in one group; letters agree less than what an encoder makes of them."""


@dataclass(frozen=True, slots=True)
class ClauseAmbiguity:
    """A clause with its score, and on how many posts it was answered; of an axis, on how many comparisons.

    ``gaps``: what adjudicators said an axis leaves open; of a question, that stands with its posts.
    """

    release: ReleaseView
    clause: ClauseView
    posts: int
    ambiguity: Ambiguity
    gaps: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class SplitPost:
    """A post that people answered apart. ``apart``: 0 to 1, as even as their number allows."""

    post_id: uuid.UUID
    external_id: str
    language: str
    excerpt: str
    kinds: tuple[str, ...]
    votes: dict[str, int]
    apart: float
    decided: str | None
    method: str | None
    gaps: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class SplitGroup:
    """Posts that are alike, the most central first. ``likeness`` is the mean over their pairs."""

    likeness: float
    posts: list[SplitPost]


@dataclass(frozen=True, slots=True)
class ClauseSplits:
    """What splits people on one clause: groups of alike posts, the largest first, and by what they are alike.

    ``like_by`` is None where no two posts could be compared; ``is_cut`` when there are more posts than are shown.
    """

    ambiguity: ClauseAmbiguity
    groups: list[SplitGroup]
    like_by: LikeBy | None
    is_cut: bool


def clauses_unclear(
    project_id: uuid.UUID, releases: Sequence[ReleaseView], *, language: str = ""
) -> list[ClauseAmbiguity]:
    """Return the questions of the releases by how unclear they are, the least clear first; ties by their order.

    Axes are among them once somebody has answered them.
    """
    asked = [(release, clause) for release in releases for clause in release.verdict_clauses]
    counted = _counts(project_id, [clause for _, clause in asked], language)
    found = [
        ClauseAmbiguity(release, clause, *counted.get(clause.key, (0, ambiguity_of({}))))
        for release, clause in asked
    ]
    found += _axes(project_id, releases, language)
    return sorted(found, key=lambda row: -row.ambiguity.score)


def _axes(project_id: uuid.UUID, releases: Sequence[ReleaseView], language: str) -> list[ClauseAmbiguity]:
    compared = [(release, axis) for release in releases for axis in release.axis_clauses]
    told = axes_unclear(project_id, [axis for _, axis in compared], language=language, unsure_to=UNSURE_TO)
    return [
        ClauseAmbiguity(
            release,
            axis,
            signs.items,
            ambiguity_of({Sign(sign): counted for sign, counted in signs.counts.items()}),
            signs.gaps,
        )
        for release, axis in compared
        if (signs := told.get(axis.key)) is not None
    ]


def unclear_rests_on(project_id: uuid.UUID) -> str:
    """Return what `clauses_unclear` rests on beside answers and decisions: which questions and reviews there are.

    Of axes, also which judgments.
    """
    newest = rows(_NEWEST, {"project": project_id})[0]
    return " ".join([*(str(one) for one in newest), axes_rest_on(project_id)])


def clause_splits(
    project_id: uuid.UUID, release: ReleaseView, clause: ClauseView, *, language: str = ""
) -> ClauseSplits:
    """Return the posts that split people on the clause, put together by likeness.

    Posts that are held out for measuring are left out: what is written into a clause must not come from them.
    """
    values = {
        "project": project_id,
        "key": clause.key,
        "meaning": clause.meaning_revision,
        "language": language,
        "most": _READ,
    }
    with read_only():
        votes = {post_id: dict(answers) for post_id, answers in rows(_SPLIT, values)}
    shut = posts_held_out(project_id, votes.keys())
    open_ids = [post_id for post_id in votes if post_id not in shut]
    open_ids.sort(key=lambda one: (-evenness(list(votes[one].values())), -sum(votes[one].values()), str(one)))
    chosen = open_ids[:MOST]
    alike, like_by = _alike(chosen)
    shown = _split_posts(project_id, release, clause, {one: votes[one] for one in chosen})
    groups = clustered(chosen, alike, least=ALIKE_FROM[like_by or LikeBy.WORDS])
    return ClauseSplits(
        ClauseAmbiguity(
            release,
            clause,
            *_counts(project_id, [clause], language).get(clause.key, (0, ambiguity_of({}))),
        ),
        [
            SplitGroup(group.likeness, [shown[post_id] for post_id in group.post_ids if post_id in shown])
            for group in groups
        ],
        like_by,
        len(open_ids) > len(chosen),
    )


def _counts(
    project_id: uuid.UUID, clauses: Sequence[ClauseView], language: str
) -> dict[str, tuple[int, Ambiguity]]:
    values: dict[str, Any] = {
        "project": project_id,
        "keys": [clause.key for clause in clauses],
        "meanings": [clause.meaning_revision for clause in clauses],
        "language": language,
    }
    gaps = _gaps(project_id, clauses, language)
    reversed_in = {key: (count, of) for key, of, count in rows(_REVERSED, values)}
    return {
        key: (
            posts,
            ambiguity_of(
                {
                    Sign.SPLIT: (split, several),
                    Sign.GAP: gaps.get(key, (0, 0)),
                    Sign.ASKED: (asked, posts),
                    Sign.REVERSED: reversed_in.get(key, (0, 0)),
                    Sign.UNSURE: (unsure, said),
                }
            ),
        )
        for key, posts, several, split, said, unsure, asked in _gone_through(
            _COUNTS, {**values, "unsure_to": UNSURE_TO}
        )
    }


def _gone_through(statement: LiteralString, values: dict[str, Any]) -> list[tuple[Any, ...]]:
    """Run a statement over every vote: planned for these values, with memory and processors for it."""
    with read_only(), connection.cursor() as cursor:
        cursor.execute(statement, values)
        return list(cursor.fetchall())


def _gaps(project_id: uuid.UUID, clauses: Sequence[ClauseView], language: str) -> dict[str, tuple[int, int]]:
    """By clause, of the posts an adjudicator decided, in how many they found a gap in the clause."""
    found: dict[str, tuple[int, int]] = {}
    for key, reason_code in _adjudicated(project_id, clauses, language).values_list(
        "clause_key", "reason_code"
    ):
        count, of = found.get(key, (0, 0))
        found[key] = (count + (reason_code == "guideline_gap"), of + 1)
    return found


def _adjudicated(project_id: uuid.UUID, clauses: Sequence[ClauseView], language: str) -> Any:
    meant = Q(pk__in=[])
    for clause in clauses:
        meant |= Q(clause_key=clause.key, meaning_revision=clause.meaning_revision)
    found = Decision.objects.filter(meant, project_id=project_id, method="adjudicated", post__is_hidden=False)
    if language:
        found = found.filter(Q(post__language=language) | Q(post__language__startswith=f"{language}-"))
    return found.order_by("clause_key", "post_id", "-id").distinct("clause_key", "post_id")


def _alike(post_ids: Sequence[uuid.UUID]) -> tuple[dict[tuple[uuid.UUID, uuid.UUID], float], LikeBy | None]:
    """How alike each two of the posts are, and by what most of the pairs were compared."""
    between: dict[tuple[uuid.UUID, uuid.UUID], Likeness] = likeness_between(post_ids)
    used = [likeness.by for likeness in between.values()]
    like_by = max(sorted(set(used)), key=used.count, default=None)
    return {pair: likeness.score for pair, likeness in between.items()}, like_by


def _split_posts(
    project_id: uuid.UUID, release: ReleaseView, clause: ClauseView, votes: dict[uuid.UUID, dict[str, int]]
) -> dict[uuid.UUID, SplitPost]:
    current = {
        row.post_id: row
        for row in decisions_current(
            project_id, release_id=release.id, clause_keys=[clause.key], include_undecided=True
        ).filter(post_id__in=list(votes))
    }
    gaps: dict[uuid.UUID, list[str]] = {}
    said = _adjudicated(project_id, [clause], "").filter(reason_code="guideline_gap", post_id__in=list(votes))
    for post_id, reason in said.values_list("post_id", "reason"):
        gaps.setdefault(post_id, []).append(reason)
    parts = parts_of(votes.keys())
    named = posts_in(project_id).filter(pk__in=list(votes))
    return {
        post_id: SplitPost(
            post_id=post_id,
            external_id=external_id,
            language=language,
            excerpt=next((part.text[:200] for part in parts[post_id] if part.text), ""),
            kinds=tuple(part.kind for part in parts[post_id]),
            votes=votes[post_id],
            apart=round(evenness(list(votes[post_id].values())), 4),
            decided=None if post_id not in current else current[post_id].answer,
            method=None if post_id not in current else current[post_id].method,
            gaps=tuple(gaps.get(post_id, [])),
        )
        for post_id, external_id, language in named.values_list("pk", "external_id", "language")
    }
