"""From a judged slate to rows of ``rating`` and ``kto``: what people say of each response alone.

Pairs that follow from a slate are comparisons, and make rows as those do.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any

from exports.domain.building import Excluded, Row, Terms, row_of
from exports.domain.exclusions import Reason
from exports.domain.identity import subject_key
from exports.domain.preference import assessment, prompt_shape_problem
from exports.domain.records import JudgedSlate, RatingRecord, SlateAnswerRecord

MIDDLE = 0.5
"""Of ratings as a share of the best: above it a response is good for ``kto``, below it is not."""


def rating_rows(slate: JudgedSlate, terms: Terms) -> Iterator[Row | Excluded]:
    """Yield one row of ``rating`` for each response that people rated on an asked axis, by place."""
    for place in range(len(slate.responses)):
        example_id = reply_id(slate, place)
        ratings, stale = _ratings_in_force(slate, place, terms)
        rated = [answer for answer in _answers(slate, terms, stale=stale) if answer.is_rating]
        reason = reply_problem(slate, place, terms)
        if reason is None and not (ratings and rated):
            reason = silence(slate, terms)
        if reason is not None:
            yield Excluded("rating", example_id, slate.id, reason)
            continue
        own = {
            "prompt": [{"role": role, "content": content} for role, content in slate.prompt],
            "response": [{"role": "assistant", "content": slate.responses[place].text}],
            "ratings": [
                {
                    "axis": row.axis,
                    "value": row.value,
                    "highest": row.highest,
                    "votes": row.votes,
                    "agreement": row.agreement,
                }
                for row in ratings
            ],
        }
        agreement = sum(row.agreement for row in ratings) / len(ratings)
        yield reply_row("rating", own, slate, place, rated, terms, agreement=agreement, stale=stale)


def slate_unpaired_rows(slate: JudgedSlate, terms: Terms) -> Iterator[Row | Excluded]:
    """Yield a row of ``kto``, or why there is none, for each response by place.

    Its label is what most call acceptable, else whether its ratings lie above or below the middle.
    """
    for place in range(len(slate.responses)):
        example_id = reply_id(slate, place)
        answers, stale = answers_about(slate, place, terms)
        view = assessment([answer.opinions[place] for answer in answers])
        label, agreement = view.acceptable, view.agreeing / view.said if view.said else None
        ratings: list[RatingRecord] = []
        if not answers:
            ratings, stale = _ratings_in_force(slate, place, terms)
            answers = _answers(slate, terms, stale=stale)
            label, agreement = _rated_label(ratings if answers else ())
        reason = reply_problem(slate, place, terms)
        if reason is None and label is None:
            reason = Reason.ASSESSMENTS_DISAGREE if view.said or ratings else silence(slate, terms)
        if reason is not None or label is None:
            yield Excluded("kto", example_id, slate.id, reason or Reason.NOT_ASSESSED)
            continue
        own = {
            "prompt": [{"role": role, "content": content} for role, content in slate.prompt],
            "completion": [{"role": "assistant", "content": slate.responses[place].text}],
            "label": label,
        }
        yield reply_row("kto", own, slate, place, answers, terms, agreement=agreement, stale=stale)


def reply_id(slate: JudgedSlate, place: int) -> str:
    """Return the identifier of the row that a response makes."""
    return f"{subject_key(slate.id)}-{place}"


def answers_about(slate: JudgedSlate, place: int, terms: Terms) -> tuple[list[SlateAnswerRecord], bool]:
    """Return the answers that count and say whether a response is acceptable, and whether they are stale."""
    for stale in (False, True) if terms.definition.include_stale else (False,):
        found = [answer for answer in _answers(slate, terms, stale=stale) if place in answer.opinions]
        if found:
            return found, stale
    return [], False


def _rated_label(ratings: Sequence[RatingRecord]) -> tuple[bool | None, float | None]:
    mean = sum(row.value / row.highest for row in ratings) / len(ratings) if ratings else MIDDLE
    if mean == MIDDLE:
        return None, None
    return mean > MIDDLE, sum(row.agreement for row in ratings) / len(ratings)


def _ratings_in_force(slate: JudgedSlate, place: int, terms: Terms) -> tuple[list[RatingRecord], bool]:
    """Return the rating on each asked axis that holds, else where asked for a stale one; and whether any is stale."""
    found: list[RatingRecord] = []
    stale = False
    for key, clause in terms.axes.items():
        rows = [row for row in slate.ratings if row.place == place and row.axis == key]
        holding = [row for row in rows if terms.holds(clause, row.meaning_revision)]
        if not holding and rows and terms.definition.include_stale:
            holding, stale = [max(rows, key=lambda row: row.meaning_revision)], True
        found += holding[:1]
    return found, stale


def _answers(slate: JudgedSlate, terms: Terms, *, stale: bool) -> list[SlateAnswerRecord]:
    return [
        answer
        for answer in slate.answers
        if (terms.definition.include_simulated or not answer.is_simulated)
        and (stale or not _is_stale(answer, terms))
    ]


def _is_stale(answer: SlateAnswerRecord, terms: Terms) -> bool:
    return any(
        axis in terms.axes and not terms.holds(terms.axes[axis], meaning)
        for axis, meaning in answer.meanings.items()
    )


def silence(slate: JudgedSlate, terms: Terms) -> Reason:
    """Return why nobody's word on a response counts."""
    if any(_is_stale(answer, terms) for answer in slate.answers):
        return Reason.STALE
    people = [answer for answer in slate.answers if not answer.is_simulated]
    return Reason.NOT_ASSESSED if people or not slate.answers else Reason.SIMULATED


def reply_problem(slate: JudgedSlate, place: int, terms: Terms) -> Reason | None:
    """Return why a response makes no row of a text kind, if it makes none."""
    if terms.definition.languages and slate.language not in terms.definition.languages:
        return Reason.LANGUAGE
    response = slate.responses[place]
    if response.has_media:
        return Reason.HAS_MEDIA
    if not response.text.strip():
        return Reason.EMPTY_TEXT
    return prompt_shape_problem(slate.prompt, has_media=slate.prompt_has_media)


def reply_row(
    kind: str,
    own: dict[str, Any],
    slate: JudgedSlate,
    place: int,
    answers: Sequence[SlateAnswerRecord],
    terms: Terms,
    *,
    agreement: float | None,
    stale: bool,
) -> Row:
    """Add to the columns of a response's row where they come from: ``answers``, of which there is one at least."""
    newest = max(answers, key=lambda answer: answer.submission_id)
    return row_of(
        kind,
        split=terms.split(slate.group_key),
        own=own,
        provenance={
            "example_id": reply_id(slate, place),
            "item_id": slate.id,
            "policy_version": newest.policy_version,
            "n_annotators": len(answers),
            "agreement": agreement,
            "p_chosen": None,
            "source": "human",
            "source_model_a": slate.responses[place].source_model,
            "source_model_b": None,
            "shown_first": None,
            "simulated": any(answer.is_simulated for answer in answers),
            "stale": stale,
        },
        meta={"external_id": slate.external_id, "language": slate.language},
        meanings=[
            (axis, meaning)
            for answer in answers
            for axis, meaning in answer.meanings.items()
            if axis in terms.axes
        ],
    )
