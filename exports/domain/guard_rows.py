"""From a decided post, or a judged response, to a row of ``guard``: the rules, what they judge, and the verdict.

The row's messages are text, so nothing that shows media makes one.
"""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Iterator, Sequence
from math import ceil
from statistics import median
from typing import Any

from exports.domain.building import Excluded, Row, Terms, row_of
from exports.domain.decided_rows import decided_of, decided_provenance, worst_of
from exports.domain.exclusions import Reason
from exports.domain.identity import subject_key
from exports.domain.label_rows import group_of_post
from exports.domain.pair_rows import assessed_or_reason, assessed_row, comparison_problem, response_problem
from exports.domain.preference import SIDES, cited_by, counted_judgments, opinions_of
from exports.domain.records import (
    JudgedComparison,
    JudgedSlate,
    LabelledPost,
    OpinionRecord,
    Prompted,
    ResponseRecord,
)
from exports.domain.slate_rows import assessed, assessed_reply_row, reply_id

_ASKED = (
    "Judge {what} by each rule below, exactly as it is written. Answer with one JSON object and nothing else: "
    '{{"violation": 1 or 0, "policy_category": key of the rule it breaks or null, "rationale": why}}.'
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
    for side in SIDES:
        example_id = f"{subject_key(comparison.id)}-{side}"
        reason = problem or response_problem(comparison, side)
        verdict = reason or assessed_or_reason(comparison, side, terms)
        if isinstance(verdict, Reason):
            yield Excluded("guard", example_id, comparison.id, verdict)
            continue
        opinions = opinions_of(counted_judgments(comparison, terms)[0], side)
        own = _reply_own(
            comparison, comparison.response(side), opinions, terms, violates=verdict.acceptable is False
        )
        yield assessed_row("guard", example_id, own, comparison, side, verdict, terms)


def guard_slate_rows(slate: JudgedSlate, terms: Terms) -> Iterator[Row | Excluded]:
    """Yield a row for each response of a slate that most called acceptable or not, or why it makes none, by place."""
    for place, response in enumerate(slate.responses):
        found = assessed(slate, place, terms)
        if isinstance(found.acceptable, Reason):
            yield Excluded("guard", reply_id(slate, place), slate.id, found.acceptable)
            continue
        own = _reply_own(slate, response, found.opinions, terms, violates=not found.acceptable)
        yield assessed_reply_row("guard", own, slate, place, found, terms)


def _reply_own(
    judged: Prompted,
    response: ResponseRecord,
    opinions: Sequence[OpinionRecord],
    terms: Terms,
    *,
    violates: bool,
) -> dict[str, Any]:
    cited = Counter(key for key, _ in cited_by(opinions, terms))
    agreeing = [opinion for opinion in opinions if opinion.acceptable is not violates]
    severities = [opinion.severity for opinion in agreeing if violates and opinion.severity is not None]
    turns = [*judged.prompt, ("assistant", response.text)]
    return _own(
        terms,
        what=_REPLY,
        content="\n\n".join(f"{role}: {said}" for role, said in turns),
        category=min(cited, key=lambda key: (-cited[key], key)) if cited and violates else None,
        violates=violates,
        reasons=[opinion.reason for opinion in agreeing],
        severity=ceil(median(severities)) if severities else None,
        p_violating=sum(not opinion.acceptable for opinion in opinions) / len(opinions),
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
    return {
        "messages": [
            {"role": "system", "content": terms.judging_prompt(_ASKED.format(what=what))},
            {"role": "user", "content": content},
            {"role": "assistant", "content": json.dumps(answer, ensure_ascii=False)},
        ],
        "policy_id": terms.release_label.partition("@")[0],
        "category_path": [] if category is None else list(terms.path(category)),
        "modality": "text",
        "severity": severity,
        "p_violating": p_violating,
    }
