"""From a decided post, or a judged response, to a row of ``guard``: the policy, what it judges, and the verdict."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import replace
from math import ceil
from statistics import median
from typing import Any

from exports.domain.building import Excluded, Row, Terms, row_of
from exports.domain.decided_rows import decided_of, decided_provenance, worst_of
from exports.domain.exclusions import Reason
from exports.domain.identity import subject_key
from exports.domain.label_rows import group_of_post
from exports.domain.pair_rows import assessed_or_reason, comparison_problem, judged_row, response_problem
from exports.domain.preference import SIDES, Assessment, assessment, counted_judgments, opinions_of
from exports.domain.records import (
    JudgedComparison,
    JudgedSlate,
    LabelledPost,
    OpinionRecord,
    Prompted,
    ResponseRecord,
)
from exports.domain.slate_rows import answers_about, reply_id, reply_problem, reply_row, silence

_ASKED = (
    "Judge {what} by this policy. Answer with one JSON object and nothing else: "
    '{{"violation": 1 or 0, "policy_category": key of the clause it breaks or null, "rationale": why}}.'
)
_POST, _REPLY = "the post", "the assistant's last reply"


def guard_post_rows(labelled: LabelledPost, terms: Terms) -> Iterator[Row | Excluded]:
    """Yield the one row of a post that was decided on at least one asked clause, or why it makes none."""
    post = labelled.post
    example_id = subject_key(post.id)
    decided = decided_of(labelled, terms)
    if isinstance(decided, Reason):
        yield Excluded("guard", example_id, post.id, decided)
    elif decided:
        worst = worst_of(decided)
        said = [worst] if worst is not None else decided
        reasons = [
            vote.reason
            for item in said
            for vote in item.votes
            if (vote.answer in item.clause.harmful) == item.is_harmful
        ]
        shares = [item.share for item in decided if item.share is not None]
        own = _own(
            terms,
            what=_POST,
            content=post.text,
            category=None if worst is None else worst.clause.key,
            violates=worst is not None,
            reasons=reasons,
            severity=None if worst is None else worst.decision.severity,
            p_violating=max(shares, default=None),
        )
        yield row_of(
            "guard",
            split=terms.split(group_of_post(post)),
            own=own,
            provenance=decided_provenance(example_id, labelled, decided, terms),
            meta={"external_id": post.external_id, "language": post.language, "subject": "post"},
            meanings=[(item.clause.key, item.decision.meaning_revision) for item in decided],
        )


def guard_reply_rows(comparison: JudgedComparison, terms: Terms) -> Iterator[Row | Excluded]:
    """Yield a row for each response that people called acceptable or not, or why it makes none.

    A slate makes those of its responses itself.
    """
    if comparison.slate_id is not None:
        return
    problem = comparison_problem(comparison, terms)
    judgments, stale = counted_judgments(comparison, terms)
    for side in SIDES:
        opinions = opinions_of(judgments, side)
        reason = problem or response_problem(comparison, side)
        verdict = reason or assessed_or_reason(comparison, side, terms)
        verdict = _unless_cited_stale(verdict, opinions, terms)
        if isinstance(verdict, Reason):
            example_id = f"{subject_key(comparison.id)}-{side}"
            yield Excluded("guard", example_id, comparison.id, verdict)
            continue
        row = judged_row(
            "guard",
            f"{subject_key(comparison.id)}-{side}",
            _reply_own(comparison, comparison.response(side), verdict, opinions, terms),
            comparison,
            judgments,
            terms,
            agreement=verdict.agreeing / verdict.said,
            stale=stale or _cite_stale(opinions, terms),
        )
        yield _resting_on_cited(row, opinions, terms)


def guard_slate_rows(slate: JudgedSlate, terms: Terms) -> Iterator[Row | Excluded]:
    """Yield a row for each response of a slate that most called acceptable or not, or why it makes none, by place."""
    for place, response in enumerate(slate.responses):
        answers, stale = answers_about(slate, place, terms)
        opinions = [answer.opinions[place] for answer in answers]
        verdict = reply_problem(slate, place, terms) or assessment(opinions)
        if isinstance(verdict, Assessment) and verdict.acceptable is None:
            verdict = Reason.ASSESSMENTS_DISAGREE if opinions else silence(slate, terms)
        verdict = _unless_cited_stale(verdict, opinions, terms)
        if isinstance(verdict, Reason):
            yield Excluded("guard", reply_id(slate, place), slate.id, verdict)
            continue
        row = reply_row(
            "guard",
            _reply_own(slate, response, verdict, opinions, terms),
            slate,
            place,
            answers,
            terms,
            agreement=verdict.agreeing / verdict.said,
            stale=stale or _cite_stale(opinions, terms),
        )
        yield _resting_on_cited(row, opinions, terms)


def _cited(opinions: Sequence[OpinionRecord], terms: Terms) -> list[tuple[str, int]]:
    """Return what those who refuse a response cite of the asked clauses, each with its meaning revision."""
    return [
        (key, revision)
        for opinion in opinions
        if not opinion.acceptable
        for key, revision in opinion.cited
        if key in terms.clauses
    ]


def _cite_stale(opinions: Sequence[OpinionRecord], terms: Terms) -> bool:
    return any(not terms.holds(terms.clauses[key], revision) for key, revision in _cited(opinions, terms))


def _unless_cited_stale(
    verdict: Assessment | Reason, opinions: Sequence[OpinionRecord], terms: Terms
) -> Assessment | Reason:
    if isinstance(verdict, Reason) or terms.definition.include_stale or not _cite_stale(opinions, terms):
        return verdict
    return Reason.STALE


def _resting_on_cited(row: Row, opinions: Sequence[OpinionRecord], terms: Terms) -> Row:
    """Return the row with the meanings of what its verdict cites among those it rests on."""
    return replace(row, meanings=tuple(sorted({*row.meanings, *_cited(opinions, terms)})))


def _reply_own(
    judged: Prompted,
    response: ResponseRecord,
    verdict: Assessment,
    opinions: Sequence[OpinionRecord],
    terms: Terms,
) -> dict[str, Any]:
    violates = verdict.acceptable is False
    cited = Counter(key for key, _ in _cited(opinions, terms))
    agreeing = [opinion for opinion in opinions if opinion.acceptable is not violates]
    severities = [opinion.severity for opinion in agreeing if violates and opinion.severity is not None]
    against = verdict.agreeing if violates else verdict.said - verdict.agreeing
    turns = [*judged.prompt, ("assistant", response.text)]
    return _own(
        terms,
        what=_REPLY,
        content="\n\n".join(f"{role}: {said}" for role, said in turns),
        category=min(cited, key=lambda key: (-cited[key], key)) if cited and violates else None,
        violates=violates,
        reasons=[opinion.reason for opinion in agreeing],
        severity=ceil(median(severities)) if severities else None,
        p_violating=against / verdict.said,
    )


def _own(
    terms: Terms,
    *,
    what: str,
    content: str,
    category: str | None,
    violates: bool,
    reasons: Sequence[str],
    severity: int | None,
    p_violating: float | None,
) -> dict[str, Any]:
    answer = {
        "violation": int(violates),
        "policy_category": category,
        "rationale": next((reason.strip() for reason in reasons if reason.strip()), ""),
    }
    asked = _ASKED.format(what=what)
    return {
        "messages": [
            {"role": "system", "content": f"{terms.policy_text.rstrip()}\n\n{asked}".lstrip()},
            {"role": "user", "content": content},
            {"role": "assistant", "content": json.dumps(answer, ensure_ascii=False)},
        ],
        "policy_id": terms.release_label.partition("@")[0],
        "category_path": [] if category is None else list(terms.path(category)),
        "modality": "text",
        "severity": severity,
        "p_violating": p_violating,
    }
