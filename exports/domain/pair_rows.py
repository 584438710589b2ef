"""From a judged comparison to rows of ``dpo``, ``rm``, ``kto``, ``sft``, ``sft_pc`` and ``votes``.

Who becomes a row: a better response that is acceptable beats the other one; two unacceptable responses, ties
and axes that disagree make no pair; a rewritten response beats its original and is a demonstration.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from hashlib import sha256
from typing import Any

from exports.domain.building import Excluded, Row, Terms, row_of, source_of
from exports.domain.definition import ReplySource
from exports.domain.exclusions import Reason
from exports.domain.identity import normalised, short_key, subject_key
from exports.domain.label_rows import vote_exclusion
from exports.domain.preference import (
    SIDES,
    Preference,
    assessment_of,
    counted_judgments,
    is_stale,
    preference_of,
    prompt_problem,
)
from exports.domain.records import JudgedComparison, JudgmentRecord

_REWRITE_MARGIN = 1.0
_CHOICES = {"tie": "tie", "both_good": "both_good", "both_unacceptable": "both_bad"}


@dataclass(frozen=True, slots=True)
class _Rewrite:
    """One improved text of a response and everybody who wrote exactly it."""

    side: str
    text: str
    authors: tuple[JudgmentRecord, ...]
    stale: bool


def pair_rows(kind: str, comparison: JudgedComparison, terms: Terms) -> Iterator[Row | Excluded]:
    """Yield the rows of ``dpo`` or ``rm`` a comparison gives, by identifier, and what it does not give."""
    base = subject_key(comparison.id)
    problem = _problem(comparison, terms)
    preference = problem or _pair_of(comparison, terms)
    if isinstance(preference, Reason):
        yield Excluded(kind, base, comparison.id, preference)
    else:
        yield _pair_row(kind, base, comparison, preference, terms)
    if problem is None:
        for rewrite in _rewrites(comparison, terms):
            yield _rewrite_pair(kind, comparison, rewrite, terms)


def unpaired_rows(comparison: JudgedComparison, terms: Terms) -> Iterator[Row | Excluded]:
    """Yield the rows of ``kto``: each response that people assessed, and each rewritten one."""
    problem = _problem(comparison, terms)
    judgments, stale = counted_judgments(comparison, terms)
    for side in SIDES:
        example_id = f"{subject_key(comparison.id)}-{side}"
        verdict = assessment_of(judgments, side)
        reason = problem or _response_problem(comparison, side)
        if reason is None and verdict.acceptable is None:
            reason = Reason.ASSESSMENTS_DISAGREE if verdict.said else _silence(comparison, terms)
        if reason is not None or verdict.acceptable is None:
            yield Excluded("kto", example_id, comparison.id, reason or Reason.NOT_ASSESSED)
            continue
        own = {
            "prompt": _messages(comparison),
            "completion": _reply(comparison.response(side).text),
            "label": verdict.acceptable,
        }
        agreement = verdict.agreeing / verdict.said
        yield _row("kto", example_id, own, comparison, judgments, terms, agreement=agreement, stale=stale)
    if problem is None:
        for rewrite in _rewrites(comparison, terms):
            own = {"prompt": _messages(comparison), "completion": _reply(rewrite.text), "label": True}
            yield _rewrite_row("kto", comparison, rewrite, own, terms)


def demonstration_rows(kind: str, comparison: JudgedComparison, terms: Terms) -> Iterator[Row | Excluded]:
    """Yield the rows of ``sft`` or ``sft_pc``: rewritten responses, and the better ones when asked for."""
    base = subject_key(comparison.id)
    problem = _problem(comparison, terms)
    found = False
    if problem is None and ReplySource.CHOSEN in terms.definition.replies:
        preference = _pair_of(comparison, terms)
        if isinstance(preference, Reason):
            problem = preference
        else:
            found = True
            own = _demonstration(kind, comparison, comparison.response(preference.chosen).text)
            yield _row(
                kind,
                base,
                own,
                comparison,
                preference.judgments,
                terms,
                agreement=preference.agreement,
                p_chosen=preference.p_chosen,
                stale=preference.is_stale,
                simulated=any(decision.is_simulated for decision in preference.decisions),
            )
    if prompt_problem(comparison) is None and ReplySource.REWRITES in terms.definition.replies:
        for rewrite in _rewrites(comparison, terms):
            found = True
            yield _rewrite_row(
                kind, comparison, rewrite, _demonstration(kind, comparison, rewrite.text), terms
            )
    if not found:
        yield Excluded(kind, base, comparison.id, problem or Reason.NO_REPLY)


def judgment_vote_rows(comparison: JudgedComparison, terms: Terms) -> Iterator[Row | Excluded]:
    """Yield one row of ``votes`` for each person and asked axis, by row identifier."""
    found = [
        _vote_row(comparison, judgment, axis, terms)
        for judgment in comparison.judgments
        for axis in judgment.axes
        if axis in terms.axes
    ]
    yield from sorted(
        found, key=lambda item: item.values["example_id"] if isinstance(item, Row) else item.example_id
    )


def _problem(comparison: JudgedComparison, terms: Terms) -> Reason | None:
    if terms.definition.languages and comparison.language not in terms.definition.languages:
        return Reason.LANGUAGE
    return prompt_problem(comparison)


def _response_problem(comparison: JudgedComparison, side: str) -> Reason | None:
    response = comparison.response(side)
    if response.has_media:
        return Reason.HAS_MEDIA
    return None if response.text.strip() else Reason.EMPTY_TEXT


def _pair_of(comparison: JudgedComparison, terms: Terms) -> Preference | Reason:
    """Return the pair a comparison makes, or why it makes none."""
    preference = preference_of(comparison, terms)
    if isinstance(preference, Preference):
        return _pair_problem(comparison, preference, terms) or preference
    if preference in (Reason.TIE, Reason.UNDECIDED):
        judgments, _ = counted_judgments(comparison, terms)
        if all(assessment_of(judgments, side).acceptable is False for side in SIDES):
            return Reason.BOTH_UNACCEPTABLE
    return preference


def _pair_problem(comparison: JudgedComparison, preference: Preference, terms: Terms) -> Reason | None:
    """Return why a preference makes no pair: empty, equal or unacceptable texts."""
    for side in SIDES:
        reason = _response_problem(comparison, side)
        if reason is not None:
            return reason
    if normalised(comparison.response_a.text) == normalised(comparison.response_b.text):
        return Reason.IDENTICAL
    chosen = assessment_of(preference.judgments, preference.chosen).acceptable
    rejected = assessment_of(preference.judgments, preference.rejected).acceptable
    if chosen is False and rejected is False:
        return None if terms.definition.include_pairs_among_bad else Reason.BOTH_UNACCEPTABLE
    return Reason.CHOSEN_UNACCEPTABLE if chosen is False else None


def _silence(comparison: JudgedComparison, terms: Terms) -> Reason:
    """Return why nobody's assessment counts: none was given, or those given are stale or simulated."""
    standing = [judgment for judgment in comparison.judgments if judgment.is_counted]
    counted, _ = counted_judgments(comparison, terms)
    if counted or not standing:
        return Reason.NOT_ASSESSED
    return Reason.STALE if any(is_stale(judgment, terms) for judgment in standing) else Reason.SIMULATED


def _rewrites(comparison: JudgedComparison, terms: Terms) -> list[_Rewrite]:
    """Return the distinct rewritten texts that differ from their original, by row identifier."""
    judgments, stale = counted_judgments(comparison, terms)
    by_text: dict[tuple[str, str], list[JudgmentRecord]] = {}
    for judgment in judgments:
        for side, text in judgment.rewrites.items():
            if text.strip() and normalised(text) != normalised(comparison.response(side).text):
                by_text.setdefault((side, text), []).append(judgment)
    found = [_Rewrite(side, text, tuple(authors), stale) for (side, text), authors in by_text.items()]
    return sorted(found, key=lambda rewrite: _rewrite_id(comparison, rewrite))


def _rewrite_id(comparison: JudgedComparison, rewrite: _Rewrite) -> str:
    return (
        f"{subject_key(comparison.id)}-edit-{rewrite.side}-{sha256(rewrite.text.encode()).hexdigest()[:12]}"
    )


def _rewrite_pair(kind: str, comparison: JudgedComparison, rewrite: _Rewrite, terms: Terms) -> Row | Excluded:
    reason = _response_problem(comparison, rewrite.side)
    if reason is not None:
        return Excluded(kind, _rewrite_id(comparison, rewrite), comparison.id, reason)
    own: dict[str, Any] = {
        "prompt": _messages(comparison),
        "chosen": _reply(rewrite.text),
        "rejected": _reply(comparison.response(rewrite.side).text),
    }
    if kind == "rm":
        own["margin"] = _REWRITE_MARGIN
    return _rewrite_row(kind, comparison, rewrite, own, terms)


def _rewrite_row(
    kind: str, comparison: JudgedComparison, rewrite: _Rewrite, own: dict[str, Any], terms: Terms
) -> Row:
    example_id = _rewrite_id(comparison, rewrite)
    return _row(
        kind, example_id, own, comparison, rewrite.authors, terms, source="human_edited", stale=rewrite.stale
    )


def _pair_row(
    kind: str, example_id: str, comparison: JudgedComparison, preference: Preference, terms: Terms
) -> Row:
    own: dict[str, Any] = {
        "prompt": _messages(comparison),
        "chosen": _reply(comparison.response(preference.chosen).text),
        "rejected": _reply(comparison.response(preference.rejected).text),
    }
    if kind == "rm":
        own["margin"] = preference.margin
    return _row(
        kind,
        example_id,
        own,
        comparison,
        preference.judgments,
        terms,
        agreement=preference.agreement,
        p_chosen=preference.p_chosen,
        source=source_of(preference.decisions[0].method),
        shown_first=_shown_first(preference),
        stale=preference.is_stale,
        simulated=any(decision.is_simulated for decision in preference.decisions),
        policy_version=preference.decisions[0].policy_version,
        decision_ids=[decision.id for decision in preference.decisions],
    )


def _row(
    kind: str,
    example_id: str,
    own: dict[str, Any],
    comparison: JudgedComparison,
    judgments: Sequence[JudgmentRecord],
    terms: Terms,
    *,
    agreement: float | None = None,
    p_chosen: float | None = None,
    source: str = "human",
    shown_first: str | None = None,
    stale: bool = False,
    simulated: bool = False,
    policy_version: str | None = None,
    decision_ids: Sequence[str] = (),
) -> Row:
    """Add provenance to the columns of one row."""
    newest = max(judgments, key=lambda judgment: judgment.submission_id) if judgments else None
    return row_of(
        kind,
        split=terms.split(comparison.group_key),
        own=own,
        provenance={
            "example_id": example_id,
            "item_id": comparison.id,
            "policy_version": policy_version or (newest.policy_version if newest else terms.release_label),
            "n_annotators": len(judgments),
            "agreement": agreement,
            "p_chosen": p_chosen,
            "source": source,
            "source_model_a": comparison.response_a.source_model,
            "source_model_b": comparison.response_b.source_model,
            "shown_first": shown_first,
            "simulated": simulated or any(judgment.is_simulated for judgment in judgments),
            "stale": stale,
        },
        meta={
            "external_id": comparison.external_id,
            "language": comparison.language,
            "decision_ids": sorted(decision_ids),
        },
        meanings=[
            (axis, vote.meaning_revision)
            for judgment in judgments
            for axis, vote in judgment.axes.items()
            if axis in terms.axes
        ],
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
            "is_gold": judgment.is_gold,
            "superseded": judgment.is_superseded,
            "counted": judgment.is_counted,
        },
        provenance={
            "example_id": example_id,
            "item_id": comparison.id,
            "policy_version": judgment.policy_version,
            "simulated": judgment.is_simulated,
            "stale": stale,
        },
        meta={"external_id": comparison.external_id, "meaning_revision": vote.meaning_revision},
        meanings=[(axis, vote.meaning_revision)],
    )


def _shown_first(preference: Preference) -> str | None:
    """Return whether the chosen or the rejected response was shown first, ``mixed`` when it varied."""
    first = {"a" if judgment.a_was_first else "b" for judgment in preference.judgments}
    if not first:
        return None
    if len(first) > 1:
        return "mixed"
    return "chosen" if preference.chosen in first else "rejected"


def _demonstration(kind: str, comparison: JudgedComparison, text: str) -> dict[str, Any]:
    if kind == "sft":
        return {"messages": [*_messages(comparison), *_reply(text)]}
    return {"prompt": _messages(comparison), "completion": _reply(text)}


def _messages(comparison: JudgedComparison) -> list[dict[str, str]]:
    return [{"role": role, "content": content} for role, content in comparison.prompt]


def _reply(text: str) -> list[dict[str, str]]:
    return [{"role": "assistant", "content": text}]
