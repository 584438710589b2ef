"""Comparisons with their judgments, streamed in the order of their identifiers, a batch at a time."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from itertools import islice
from uuid import UUID

from core.accounts.selectors import MemberView, pseudonyms
from core.content.selectors import posts_with_parts
from exports.domain.identity import prompt_group
from exports.domain.label_rows import group_of_post
from exports.domain.records import (
    AxisDecisionRecord,
    AxisVoteRecord,
    JudgedComparison,
    JudgmentRecord,
    PostRecord,
    ResponseRecord,
)
from exports.selectors.labelled_posts import post_record
from exports.selectors.releases import ReleaseLabels
from preferences.selectors import (
    AxisDecisionView,
    DecidedComparison,
    JudgmentView,
    ResponseView,
    comparison_decisions,
    demonstrations,
    judgments_of,
)

_BATCH = 200


def judged_comparisons(
    project_id: UUID, *, release_id: UUID, labels: ReleaseLabels
) -> Iterator[JudgedComparison]:
    """Yield the project's comparisons that were judged, by identifier.

    Decisions on one axis come newest first: the one that holds under ``release_id``, then the newest of all.
    """
    people = pseudonyms(project_id)
    together = _with_holding(project_id, release_id)
    while batch := list(islice(together, _BATCH)):
        yield from _batch(project_id, batch, people, labels)


_Both = tuple[DecidedComparison, Sequence[AxisDecisionView]]


def _with_holding(project_id: UUID, release_id: UUID) -> Iterator[_Both]:
    """Pair every decided comparison with its decisions that hold under the release, reading both in step."""
    holding = comparison_decisions(project_id, release_id=release_id)
    held = next(holding, None)
    for comparison in comparison_decisions(project_id):
        while held is not None and held.id < comparison.id:
            held = next(holding, None)
        yield comparison, held.axes if held is not None and held.id == comparison.id else ()


def _batch(
    project_id: UUID, batch: Sequence[_Both], people: Mapping[UUID, MemberView], labels: ReleaseLabels
) -> Iterator[JudgedComparison]:
    ids = [comparison.id for comparison, _ in batch]
    judgments: dict[UUID, list[JudgmentView]] = defaultdict(list)
    for judgment in judgments_of(project_id, comparison_ids=ids):
        judgments[judgment.comparison_id].append(judgment)
    rewrites: dict[UUID, dict[str, str]] = defaultdict(dict)
    for demonstration in demonstrations(project_id, comparison_ids=ids):
        rewrites[demonstration.submission_id][demonstration.side] = demonstration.text
    wanted = {comparison.post_id for comparison, _ in batch if comparison.post_id is not None}
    posts = {post.pk: post_record(post) for post in posts_with_parts(wanted)} if wanted else {}
    labels.read(
        {judgment.release_id for given in judgments.values() for judgment in given}
        | {axis.release_id for comparison, held in batch for axis in (*comparison.axes, *held)}
    )
    for comparison, held in batch:
        if comparison.post_id is not None and comparison.post_id not in posts:
            continue  # its post is hidden
        given = [
            _judgment(row, rewrites[row.submission_id], people, labels) for row in judgments[comparison.id]
        ]
        post = posts[comparison.post_id] if comparison.post_id is not None else None
        yield _comparison(comparison, held, given, post, labels)


def _comparison(
    view: DecidedComparison,
    held: Sequence[AxisDecisionView],
    judgments: Sequence[JudgmentRecord],
    post: PostRecord | None,
    labels: ReleaseLabels,
) -> JudgedComparison:
    prompt = tuple((str(message["role"]), str(message["content"])) for message in view.messages)
    known = {(axis.clause_key, axis.meaning_revision) for axis in held}
    others = [axis for axis in view.axes if (axis.clause_key, axis.meaning_revision) not in known]
    return JudgedComparison(
        id=str(view.id),
        external_id=view.external_id,
        prompt=prompt,
        response_a=_response(view.response_a),
        response_b=_response(view.response_b),
        group_key=group_of_post(post) if post is not None else prompt_group(prompt),
        language=view.language or (post.language if post else ""),
        decisions=tuple(_decision(view.id, axis, labels) for axis in (*held, *others)),
        judgments=tuple(judgments),
        prompt_has_media=post is not None and any(part.sha256 for part in post.parts),
    )


def _response(view: ResponseView) -> ResponseRecord:
    return ResponseRecord(
        text=view.text, source_model=view.source_model or None, has_media=view.asset_id is not None
    )


def _decision(comparison_id: UUID, axis: AxisDecisionView, labels: ReleaseLabels) -> AxisDecisionRecord:
    return AxisDecisionRecord(
        id=f"{comparison_id}/{axis.clause_key}/{axis.meaning_revision}",
        axis=axis.clause_key,
        meaning_revision=axis.meaning_revision,
        policy_version=labels[axis.release_id],
        outcome=None if axis.outcome == "none" else axis.outcome,
        p_a=axis.p_a_better,
        method=axis.method,
    )


def _judgment(
    view: JudgmentView, rewrites: Mapping[str, str], people: Mapping[UUID, MemberView], labels: ReleaseLabels
) -> JudgmentRecord:
    return JudgmentRecord(
        submission_id=str(view.submission_id),
        annotator=people[view.person_id].pseudonym,
        policy_version=labels[view.release_id],
        axes={
            answer.clause_key: AxisVoteRecord(answer.choice, answer.value, answer.meaning_revision)
            for answer in view.answers
        },
        acceptable={row.side: row.acceptable for row in view.assessments if row.acceptable is not None},
        rewrites=dict(rewrites),
        a_was_first=view.shown_first == "a",
        reason=view.reason,
        seconds=view.active_ms / 1000,
        confidence=view.confidence,
        is_simulated=view.person_is_simulated,
        is_superseded=view.is_superseded,
        is_counted=view.counts,
    )
