"""From a decided post, or a judged response, to a row of ``guard``: the policy, what it judges, and the verdict."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Iterator, Sequence
from typing import Any

from exports.domain.building import Excluded, Row, Terms, row_of
from exports.domain.decided_rows import decided_of, decided_provenance, worst_of
from exports.domain.exclusions import Reason
from exports.domain.identity import subject_key
from exports.domain.label_rows import group_of_post
from exports.domain.pair_rows import assessed_or_reason, comparison_problem, judged_row, response_problem
from exports.domain.preference import SIDES, Assessment, counted_judgments
from exports.domain.records import JudgedComparison, JudgmentRecord, LabelledPost

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
    """Yield a row for each response that people called acceptable or not, or why it makes none."""
    problem = comparison_problem(comparison, terms)
    judgments, stale = counted_judgments(comparison, terms)
    for side in SIDES:
        example_id = f"{subject_key(comparison.id)}-{side}"
        reason = problem or response_problem(comparison, side)
        verdict = reason or assessed_or_reason(comparison, side, terms)
        refusing = [judgment for judgment in judgments if judgment.refuses(side)]
        cites_stale = any(
            key in terms.clauses and not terms.holds(terms.clauses[key], revision)
            for judgment in refusing
            for key, revision in judgment.cited.get(side, ())
        )
        if cites_stale and not terms.definition.include_stale and not isinstance(verdict, Reason):
            verdict = Reason.STALE
        if isinstance(verdict, Reason):
            yield Excluded("guard", example_id, comparison.id, verdict)
            continue
        yield judged_row(
            "guard",
            example_id,
            _reply_own(comparison, side, verdict, judgments, refusing, terms),
            comparison,
            judgments,
            terms,
            agreement=verdict.agreeing / verdict.said,
            stale=stale or cites_stale,
        )


def _reply_own(
    comparison: JudgedComparison,
    side: str,
    verdict: Assessment,
    judgments: Sequence[JudgmentRecord],
    refusing: Sequence[JudgmentRecord],
    terms: Terms,
) -> dict[str, Any]:
    violates = verdict.acceptable is False
    cited = Counter(
        key for judgment in refusing for key, _ in judgment.cited.get(side, ()) if key in terms.clauses
    )
    category = min(cited, key=lambda key: (-cited[key], key)) if cited and violates else None
    agreeing = refusing if violates else [judgment for judgment in judgments if judgment not in refusing]
    against = verdict.agreeing if violates else verdict.said - verdict.agreeing
    turns = [*comparison.prompt, ("assistant", comparison.response(side).text)]
    return _own(
        terms,
        what=_REPLY,
        content="\n\n".join(f"{role}: {said}" for role, said in turns),
        category=category,
        violates=violates,
        reasons=[judgment.reason for judgment in agreeing],
        severity=None,
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
