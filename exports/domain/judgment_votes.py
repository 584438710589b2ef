"""From a judged comparison to rows of ``votes``: every single answer."""

from __future__ import annotations

from collections.abc import Iterator

from exports.domain.building import Excluded, Row, Terms, row_of
from exports.domain.identity import short_key, subject_key
from exports.domain.label_rows import vote_exclusion
from exports.domain.records import JudgedComparison, JudgmentRecord

_CHOICES = {"tie": "tie", "both_good": "both_good", "both_unacceptable": "both_bad"}


def judgment_vote_rows(comparison: JudgedComparison, terms: Terms) -> Iterator[Row | Excluded]:
    """Yield one row of ``votes`` for each person, or model judge, and asked axis, by row identifier.

    A judge's answer is marked as a simulated one that does not count, and its row names the model and its version.
    """
    found = [
        _vote_row(comparison, judgment, axis, terms)
        for judgment in (*comparison.judgments, *comparison.judges)
        for axis in judgment.axes
        if axis in terms.axes
    ]
    yield from sorted(
        found, key=lambda item: item.values["example_id"] if isinstance(item, Row) else item.example_id
    )


def _vote_row(
    comparison: JudgedComparison, judgment: JudgmentRecord, axis: str, terms: Terms
) -> Row | Excluded:
    example_id = f"{subject_key(comparison.id)}-{axis}-{short_key(judgment.submission_id)}"
    vote = judgment.axes[axis]
    stale = not terms.holds(terms.axes[axis], vote.meaning_revision)
    reason = vote_exclusion(is_stale=stale, is_simulated=judgment.is_simulated, terms=terms)
    if reason is not None:
        return Excluded("votes", example_id, comparison.id, reason)
    return row_of(
        "votes",
        split=terms.split(comparison.group_key),
        own={
            "subject": "comparison",
            "annotator": judgment.annotator,
            "axis": axis,
            "choice": _CHOICES.get(vote.choice) or ("A" if vote.value < 0 else "B"),
            "strength": vote.value,
            "severity": None,
            "confidence": judgment.confidence,
            "position_a": "first" if judgment.a_was_first else "second",
            "rationale": judgment.reason,
            "seconds": judgment.seconds,
            "is_gold": judgment.asked == "gold",
            "superseded": judgment.is_superseded,
            "counted": judgment.is_counted,
            "assisted": False,
            "precedents": [],
        },
        provenance={
            "example_id": example_id,
            "item_id": comparison.id,
            "policy_version": judgment.policy_version,
            "simulated": judgment.is_simulated,
            "stale": stale,
        },
        meta={
            "external_id": comparison.external_id,
            "meaning_revision": vote.meaning_revision,
            "asked": judgment.asked,
            **({} if judgment.model is None else {"judge": dict(judgment.model)}),
        },
        meanings=[(axis, vote.meaning_revision)],
    )
