"""What tests of model judges stand on: numbered pairs, what people said of them, the page of judges."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from policies.selectors import ReleaseView
from preferences.models import Comparison
from preferences.services.decisions import decisions_recompute
from tests.preferences.judged_rows import Said as Answered
from tests.preferences.judged_rows import annotators_make, judgments_store
from tests.preferences.material import import_run, line
from tests.world import Caller, World

Call = Callable[[str], Caller]


def numbered(world: World, count: int) -> list[Comparison]:
    """Comparisons ``pair-0`` …, in which A says ``Answer n of one.``"""
    assert import_run(world, [line(number) for number in range(count)]).state == "succeeded"
    found = {each.external_id: each for each in Comparison.objects.filter(project=world.project)}
    return [found[f"pair-{number}"] for number in range(count)]


def said_by_people(
    world: World, release: ReleaseView, comparisons: list[Comparison], values: list[int], people: int = 3
) -> None:
    judges = annotators_make(world, people)
    judgments_store(
        world,
        release,
        [
            Answered(person, one, False, value)
            for one, value in zip(comparisons, values, strict=True)
            for person in judges
        ],
    )
    for one in comparisons:
        decisions_recompute(one.pk, release=release, clause_keys=["helpful"])


def judges_told(call_as: Call, world: World) -> dict[str, Any]:
    found: dict[str, Any] = call_as("manager").get(f"/api/projects/{world.project.pk}/judges/").json()
    return found
