"""How much harm a clause's posts hold and how much of it was found."""

from __future__ import annotations

import uuid
from collections import Counter
from collections.abc import Collection
from dataclasses import dataclass

from active_learning.domain.harm_found import RoundSeen, prevalence, recall
from active_learning.models import Pick, Round
from active_learning.selectors.held_out import posts_of_evaluation
from annotation.selectors import decisions_current
from core.figures.intervals import Measured
from policies.selectors import release_get


@dataclass(frozen=True)
class HarmFound:
    """What the answers to random posts say; posts that models are measured on are left out of everything.

    Attributes
    ----------
    drawn, answered, harmful
        Posts drawn at random by the rounds on this clause's meaning up to this one; decided since; harmful.
    found
        Posts decided as harmful.
    population
        Posts that the newest of the rounds spoke of.
    """

    rounds: int
    drawn: int
    answered: int
    harmful: int
    found: int
    population: int
    prevalence: Measured
    recall: Measured


def harm_found(shown: Round) -> HarmFound:
    """Return what the round and those before it say of harm, by what is decided now."""
    clause = release_get(shown.release_id).clauses[shown.clause_key]
    harmful = set(clause.harmful_values)
    rounds = list(
        Round.objects.filter(
            project_id=shown.project_id,
            clause_key=shown.clause_key,
            meaning_revision=shown.meaning_revision,
            finished_at__isnull=False,
            pk__lte=shown.pk,
        ).order_by("pk")
    )
    decided = decisions_current(
        shown.project_id, release_id=shown.release_id, clause_keys=[shown.clause_key]
    ).filter(post__is_hidden=False)
    picks = Pick.objects.filter(round__in=rounds)
    answers = dict(decided.filter(post_id__in=picks.values("post_id")).values_list("post_id", "answer"))
    tallies: dict[uuid.UUID, Counter[str]] = {found.pk: Counter() for found in rounds}
    for round_id, post_id, is_random in picks.values_list("round_id", "post_id", "is_random"):
        _count(tallies[round_id], "drawn" if is_random else "picked", answers.get(post_id), harmful)
    seen = [_seen(found, tallies[found.pk], harmful) for found in rounds]
    in_sight = decided.filter(answer__in=harmful).exclude(posts_of_evaluation(shown.project_id, "post__"))
    found_now = in_sight.count()
    share = prevalence(seen)
    population = seen[-1].population if seen else 0
    return HarmFound(
        rounds=len(seen),
        drawn=sum(one.drawn for one in seen),
        answered=sum(one.drawn_answered for one in seen),
        harmful=sum(one.drawn_harmful for one in seen),
        found=found_now,
        population=population,
        prevalence=share,
        recall=recall(found_now, population, share),
    )


def _count(tally: Counter[str], kind: str, answer: str | None, harmful: Collection[str]) -> None:
    tally[kind] += 1
    if answer is not None:
        tally[f"{kind}_answered"] += 1
        tally[f"{kind}_harmful"] += answer in harmful


def _seen(found: Round, tally: Counter[str], harmful: Collection[str]) -> RoundSeen:
    answers = found.metrics.get("answers", {})
    return RoundSeen(
        known=sum(answers.values()),
        known_harmful=sum(total for answer, total in answers.items() if answer in harmful),
        picked=tally["picked"],
        picked_answered=tally["picked_answered"],
        picked_harmful=tally["picked_harmful"],
        drawn=tally["drawn"],
        drawn_answered=tally["drawn_answered"],
        drawn_harmful=tally["drawn_harmful"],
        pool=int(found.metrics.get("pool", 0)),
    )
