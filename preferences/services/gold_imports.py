"""Known answers that come with imported comparisons."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from uuid import UUID

from core.accounts.selectors import Actor, Capability, User, project_get
from core.errors import ConcordError
from preferences.domain.gold import PairKind, known_problems
from preferences.domain.pairs import LineRecord
from preferences.models import Comparison, GoldPair
from preferences.selectors.gold import axes_askable
from preferences.services.gold import gold_pair_make

_MAY_NOT = "It has a known answer ('gold'); importing those takes somebody who keeps gold in the project."
_NO_AXES = "It has a known answer ('gold'), but no release with axes is in effect."


@dataclass(frozen=True)
class GoldKeeper:
    """Who an import makes gold as (None where they may not), and the axes that can be known."""

    actor: Actor | None
    axes: tuple[str, ...]

    def problem(self, pair: LineRecord) -> str | None:
        """Return why the known answer of a line cannot be kept, if it has one that cannot."""
        if pair.gold is None:
            return None
        if self.actor is None:
            return _MAY_NOT
        if not self.axes:
            return _NO_AXES
        return next(
            (f"gold.{path}: {told}" for path, told in known_problems(pair.gold.answers, self.axes)), None
        )


def keeps_gold(actor: Actor, project_id: UUID) -> bool:
    """Whether the actor may make gold in the project."""
    try:
        project_get(actor, project_id, needs=Capability.QUALITY_KEEP)
    except ConcordError:
        return False
    return True


def gold_keeper(project_id: UUID, *, person_id: UUID | None) -> GoldKeeper:
    """Return who an import makes gold as; ``person_id`` is None where nobody may."""
    actor = None if person_id is None else Actor(user=User.objects.get(pk=person_id))
    return GoldKeeper(actor, tuple(clause.key for clause in axes_askable(project_id)))


def golds_make(project_id: UUID, keeper: GoldKeeper, pairs: Sequence[LineRecord]) -> None:
    """Make gold of the stored comparisons whose lines say what is right; those that were gold stay as they are."""
    known = {pair.external_id: pair.gold for pair in pairs if pair.gold is not None}
    if not known or keeper.actor is None:
        return
    stored = Comparison.objects.filter(project_id=project_id, external_id__in=list(known))
    were = set(GoldPair.objects.filter(comparison__in=stored).values_list("comparison_id", flat=True))
    for comparison_id, external_id in stored.values_list("pk", "external_id"):
        gold = known[external_id]
        if comparison_id not in were:
            gold_pair_make(
                keeper.actor,
                comparison_id,
                answers=gold.answers,
                kind=PairKind(gold.kind),
                explanation=gold.explanation,
            )
