"""What can be trained on a version, and why the rest cannot."""

from __future__ import annotations

from dataclasses import dataclass

from core.errors import ConcordError
from exports.selectors import Version
from exports.selectors.rubric import GradedClause, clauses_graded
from training.domain.recipes import RECIPES, Recipe, RecipeFacts
from training.domain.rubric import weights_usual
from training.errors import KindMissingError, NothingToTrainOnError


@dataclass(frozen=True)
class Offer:
    """One recipe beside a version: ``rows`` to train on, and what stands in the way, if anything does."""

    recipe: Recipe
    facts: RecipeFacts
    rows: int
    refusal: ConcordError | None


@dataclass(frozen=True)
class WeighedClause:
    """A clause that replies are checked by, and what it counts where nothing else is asked."""

    clause: GradedClause
    weight: float


def offer_of(version: Version, recipe: Recipe) -> Offer:
    """Return whether a recipe fits a ready version."""
    facts = RECIPES[recipe]
    rows = version.counts.get(facts.kind, {}).get("train", 0)
    refusal: ConcordError | None = None
    if facts.kind not in version.kinds:
        refusal = KindMissingError(number=version.number, kind=facts.kind)
    elif not rows:
        refusal = NothingToTrainOnError(number=version.number, kind=facts.kind)
    return Offer(recipe, facts, rows, refusal)


def clauses_weighed(version: Version) -> tuple[WeighedClause, ...]:
    """Return the clauses of a version's rubrics with their usual weights, in the release's order."""
    graded = clauses_graded(version)
    usual = weights_usual({clause.key: clause.worst for clause in graded})
    return tuple(WeighedClause(clause, usual[clause.key]) for clause in graded)
