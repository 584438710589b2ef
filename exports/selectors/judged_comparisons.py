"""Comparisons with their judgments, streamed in the order of their identifiers, a batch at a time."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterator, Mapping, Sequence
from itertools import islice
from uuid import UUID

from core.accounts.selectors import MemberView, pseudonyms
from core.content.selectors import posts_with_parts
from exports.domain.identity import conversation_group
from exports.domain.label_rows import group_of_post
from exports.domain.records import (
    AxisDecisionRecord,
    AxisVoteRecord,
    JudgedComparison,
    JudgmentRecord,
    PostRecord,
)
from exports.selectors.labelled_posts import post_record
from exports.selectors.material import MaterialShown, material_shown, response_record
from exports.selectors.releases import ReleaseLabels
from preferences.selectors import (
    AxisDecisionView,
    DecidedComparison,
    Held,
    JudgeVoteView,
    JudgmentView,
    comparison_decisions,
    comparisons_gold,
    demonstrations,
    held_renewed,
    judge_votes_of,
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
    judges: dict[UUID, list[JudgeVoteView]] = defaultdict(list)
    for vote in judge_votes_of(ids):
        judges[vote.comparison_id].append(vote)
    rewrites: dict[UUID, dict[str, str]] = defaultdict(dict)
    for demonstration in demonstrations(project_id, comparison_ids=ids):
        rewrites[demonstration.submission_id][demonstration.side] = demonstration.text
    wanted = {comparison.post_id for comparison, _ in batch if comparison.post_id is not None}
    posts = {post.pk: post_record(post) for post in posts_with_parts(wanted)} if wanted else {}
    material = material_shown([comparison for comparison, _ in batch], posts.values())
    gold = comparisons_gold(ids)
    labels.read(
        {judgment.release_id for given in judgments.values() for judgment in given}
        | {axis.release_id for comparison, held in batch for axis in (*comparison.axes, *held)}
        | {vote.release_id for told in judges.values() for vote in told}
    )
    for comparison, held in batch:
        if comparison.post_id is not None and comparison.post_id not in posts:
            continue  # its post is hidden
        if not material.shows_all(comparison):
            continue  # so are some of its media
        gone = _renewed(judgments[comparison.id])
        given = [
            _judgment(row, rewrites[row.submission_id], people, labels, gone)
            for row in judgments[comparison.id]
        ]
        post = posts[comparison.post_id] if comparison.post_id is not None else None
        beside = [_judge_vote(vote, labels) for vote in judges[comparison.id]]
        yield _comparison(
            comparison, held, given, beside, post, material, labels, is_gold=comparison.id in gold
        )


def _comparison(
    view: DecidedComparison,
    held: Sequence[AxisDecisionView],
    judgments: Sequence[JudgmentRecord],
    judges: Sequence[JudgmentRecord],
    post: PostRecord | None,
    material: MaterialShown,
    labels: ReleaseLabels,
    *,
    is_gold: bool,
) -> JudgedComparison:
    prompt = tuple((str(message["role"]), str(message["content"])) for message in view.messages)
    known = {(axis.clause_key, axis.meaning_revision) for axis in held}
    others = [axis for axis in view.axes if (axis.clause_key, axis.meaning_revision) not in known]
    return JudgedComparison(
        id=str(view.id),
        external_id=view.external_id,
        prompt=prompt,
        response_a=response_record(view.response_a, material),
        response_b=response_record(view.response_b, material),
        group_key=group_of_post(post) if post is not None else conversation_group(prompt),
        language=view.language or (post.language if post else ""),
        decisions=tuple(_decision(view.id, axis, labels) for axis in (*held, *others)),
        judgments=tuple(judgments),
        judges=tuple(judges),
        prompt_has_media=view.material_id is not None
        or (post is not None and any(part.sha256 for part in post.parts)),
        prompt_pictures=material.prompt_pictures(view, post),
        prompt_media=material.prompt_media(view, post),
        is_gold=is_gold,
        slate_id=str(view.slate_id) if view.slate_id is not None else None,
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


def _renewed(judgments: Sequence[JudgmentView]) -> set[tuple[UUID, str | int]]:
    """Return (submission, side) of assessments that were asked again since under a clause's new meaning."""
    return held_renewed(
        [
            Held(view.submission_id, row.side, view.release_id, tuple(row.cited))
            for view in judgments
            if view.counts
            for row in view.assessments
            if row.acceptable is not None
        ]
    )


def _judgment(
    view: JudgmentView,
    rewrites: Mapping[str, str],
    people: Mapping[UUID, MemberView],
    labels: ReleaseLabels,
    gone: Collection[tuple[UUID, str | int]],
) -> JudgmentRecord:
    return JudgmentRecord(
        submission_id=str(view.submission_id),
        annotator=people[view.person_id].pseudonym,
        policy_version=labels[view.release_id],
        axes={
            answer.clause_key: AxisVoteRecord(
                answer.choice, answer.value, answer.meaning_revision, answer.weight
            )
            for answer in view.answers
        },
        acceptable={
            row.side: row.acceptable
            for row in view.assessments
            if row.acceptable is not None and (view.submission_id, row.side) not in gone
        },
        rewrites=dict(rewrites),
        cited={row.side: tuple(row.cited) for row in view.assessments if row.cited},
        severities={row.side: row.severity for row in view.assessments if row.severity is not None},
        a_was_first=view.shown_first == "a",
        reason=view.reason,
        seconds=view.active_ms / 1000,
        confidence=view.confidence,
        is_simulated=view.person_is_simulated,
        asked=view.asked,
        is_superseded=view.is_superseded,
        is_counted=view.counts,
    )


def _judge_vote(view: JudgeVoteView, labels: ReleaseLabels) -> JudgmentRecord:
    """Return what a model judge said: marked as a model's, and counted by nothing."""
    return JudgmentRecord(
        submission_id=str(view.call_id),
        annotator=f"judge:{view.judge}",
        policy_version=labels[view.release_id],
        axes={view.clause_key: AxisVoteRecord(view.choice, view.value, view.meaning_revision)},
        a_was_first=view.shown_first == "a",
        reason=view.said,
        seconds=view.duration_ms / 1000,
        is_simulated=True,
        asked="judge",
        is_counted=False,
        model={"name": view.judge, "model": view.model, "version": view.version, "prompt": view.fingerprint},
    )
