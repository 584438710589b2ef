"""What an answer about a slate leads to: judgments of the pairs that follow from it, and how good each response is.

The answer itself stays as it was said. Pairs are comparisons of the slate, made when the first answer orders them.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from hashlib import sha256
from statistics import fmean
from uuid import UUID

from core.queue.selectors import superseded
from preferences.domain.document import Choice
from preferences.domain.forms import Form
from preferences.domain.orientation import Side
from preferences.domain.slates import pair_weight, pairs_yielded
from preferences.models import (
    AxisAnswer,
    ClauseCitation,
    Comparison,
    Judgment,
    RatingDecision,
    ResponseAssessment,
    Slate,
    SlateAnswer,
    SlateOpinion,
    SlatePlacement,
)
from preferences.selectors.slates import current_ratings, responses_of

_Pair = tuple[int, int]
_Said = tuple[str, int, int, float]
"""An axis, its meaning, the strength in stored order, and the weight."""

_HALF_A_STEP = 0.5


def slate_pairs_keep(answer: SlateAnswer) -> list[Judgment]:
    """Store, in the caller's transaction, the judgments of pairs that follow from an answer; return them."""
    said = _said_of_pairs(answer)
    if not said:
        return []
    comparisons = _comparisons(answer.slate, list(said))
    judgments = {
        pair: Judgment(
            submission_id=answer.submission_id,
            project_id=answer.project_id,
            comparison=comparisons[pair],
            release_id=answer.release_id,
            person_id=answer.person_id,
            swapped=answer.shown.index(pair[1]) < answer.shown.index(pair[0]),
            asked=answer.asked,
            flags=answer.flags,
            reason_codes=answer.reason_codes,
            reason=answer.reason,
            confidence=answer.confidence,
        )
        for pair in said
    }
    Judgment.objects.bulk_create(judgments.values())
    AxisAnswer.objects.bulk_create(
        AxisAnswer(
            judgment=judgments[pair],
            clause_key=key,
            meaning_revision=meaning,
            choice=str(Choice.PREFER if value else Choice.TIE),
            value=value,
            weight=weight,
        )
        for pair, axes in said.items()
        for key, meaning, value, weight in axes
    )
    _assessments_keep(answer, judgments)
    return list(judgments.values())


def _said_of_pairs(answer: SlateAnswer) -> dict[_Pair, list[_Said]]:
    placed: dict[tuple[str, int], dict[int, int]] = defaultdict(dict)
    for row in answer.placements.order_by("clause_key", "place"):
        placed[(row.clause_key, row.meaning_revision)][row.place] = row.value
    said: dict[_Pair, list[_Said]] = defaultdict(list)
    form, size = Form(answer.form), answer.slate.size
    for (key, meaning), values in placed.items():
        weight = pair_weight(form, values, size=size)
        for pair in pairs_yielded(form, values, size=size):
            said[(pair.one, pair.other)].append((key, meaning, pair.value, weight))
    return dict(sorted(said.items()))


def _comparisons(slate: Slate, pairs: Sequence[_Pair]) -> dict[_Pair, Comparison]:
    """Return the comparisons of a slate's responses, made where they are not there yet."""
    name_of = {pair: f"slate:{slate.pk}:{pair[0]}-{pair[1]}" for pair in pairs}
    responses = responses_of(slate)
    Comparison.objects.bulk_create(
        (
            Comparison(
                project_id=slate.project_id,
                external_id=name,
                prompt_id=slate.prompt_id,
                response_a=responses[one],
                response_b=responses[other],
                slate=slate,
                content_sha256=sha256(f"{slate.content_sha256}\x00{one}\x00{other}".encode()).hexdigest(),
            )
            for (one, other), name in name_of.items()
        ),
        ignore_conflicts=True,
    )
    stored = Comparison.objects.filter(project_id=slate.project_id, external_id__in=name_of.values())
    by_name = {comparison.external_id: comparison for comparison in stored}
    return {pair: by_name[name] for pair, name in name_of.items()}


def _assessments_keep(answer: SlateAnswer, judgments: Mapping[_Pair, Judgment]) -> None:
    """Give every judgment what was said of its two responses alone."""
    opinions = {opinion.place: opinion for opinion in SlateOpinion.objects.filter(answer=answer)}
    pairs = [
        (
            ResponseAssessment(
                judgment=judgment, side=str(side), acceptable=own.acceptable, severity=own.severity
            ),
            own,
        )
        for pair, judgment in judgments.items()
        for side, place in zip(Side, pair, strict=True)
        if (own := opinions.get(place)) is not None
    ]
    ResponseAssessment.objects.bulk_create(assessment for assessment, _ in pairs)
    ClauseCitation.objects.bulk_create(
        ClauseCitation(assessment=assessment, **cited) for assessment, own in pairs for cited in own.cited
    )


def slate_ratings_decide(answer: SlateAnswer) -> list[RatingDecision]:
    """Decide anew how good the responses of a slate are on the axes an answer rates; return all that stands there.

    Of several ratings by one person the newest counts. A decision equal to the current one is not written.
    """
    if answer.form != Form.RATING:
        return []
    # Two people may rate one slate in two tasks at once: the later transaction must see both.
    slate = Slate.objects.select_for_update(of=("self",)).get(pk=answer.slate_id)
    meanings = dict(answer.placements.values_list("clause_key", "meaning_revision"))
    rows = (
        SlatePlacement.objects.filter(
            ~superseded("answer__submission_id"),
            answer__slate=slate,
            answer__form=str(Form.RATING),
            answer__asked="work",
            answer__submission__slot__isnull=False,
            clause_key__in=list(meanings),
        )
        .select_related("answer")
        .order_by("answer_id")
    )
    given: dict[tuple[str, int], dict[UUID, SlatePlacement]] = defaultdict(dict)
    for row in rows:
        if row.meaning_revision == meanings[row.clause_key]:
            given[(row.clause_key, row.place)][row.answer.person_id] = row
    current = {
        (row.clause_key, row.place): row
        for row in current_ratings().filter(slate=slate, clause_key__in=list(meanings))
        if row.meaning_revision == meanings[row.clause_key]
    }
    decided = {key: _rated(answer, key, list(by_person.values())) for key, by_person in given.items()}
    fresh = [
        row
        for key, row in decided.items()
        if key not in current or sorted(current[key].submissions) != sorted(row.submissions)
    ]
    RatingDecision.objects.bulk_create(fresh)
    return list(decided.values())


def _rated(answer: SlateAnswer, key: tuple[str, int], given: Sequence[SlatePlacement]) -> RatingDecision:
    mean = fmean(row.value for row in given)
    return RatingDecision(
        project_id=answer.project_id,
        slate_id=answer.slate_id,
        place=key[1],
        release_id=answer.release_id,
        clause_key=key[0],
        meaning_revision=given[-1].meaning_revision,
        value=mean,
        agreement=sum(abs(row.value - mean) <= _HALF_A_STEP for row in given) / len(given),
        votes=len(given),
        submissions=[row.answer.submission_id for row in given],
    )
