"""Several responses to one prompt, judged together: asked in any order, kept as said, and counted as what follows."""

from __future__ import annotations

import json
from typing import Any

import pytest
from django.db import DatabaseError, transaction

from core.queue.models import Slot, Task
from core.queue.services import quality_rules_set
from preferences.domain.forms import Form
from preferences.errors import ChoosingNeedsPairsError, JudgmentInvalidError
from preferences.models import (
    AcceptanceDecision,
    AxisAnswer,
    Comparison,
    Judgment,
    RatingDecision,
    Slate,
    SlateAnswer,
    SlateOrder,
)
from preferences.selectors import judged_slates, ratings_get
from preferences.selectors.comparisons import current_decisions
from preferences.services import Choosing
from tests.annotation.gold_material import draws_fix
from tests.preferences import material
from tests.preferences.material import lease_make, submit
from tests.preferences.slates import MODELS, POSITIONS, order_fix, rank, ranks, slate_line, slates_make
from tests.world import World


def outcomes(clause_key: str = "helpful") -> dict[str, str]:
    rows = current_decisions().filter(clause_key=clause_key).select_related("comparison")
    return {row.comparison.external_id.rsplit(":", 1)[1]: row.outcome for row in rows}


def test_the_page_shows_them_in_an_order_of_ones_own_and_never_names_a_model(
    world: World, call_as: Any
) -> None:
    slates_make(world)
    lease = lease_make(world, "annotator")
    order_fix(lease, 2, 0, 3, 1)
    answer = call_as("annotator").get(f"/api/leases/{lease.pk}/comparison/")
    told = answer.json()
    assert told["form"] == "ranking"
    assert [each["position"] for each in told["responses"]] == list(POSITIONS)
    assert [each["text"].removesuffix(".").split()[-1] for each in told["responses"]] == [
        "three", "one", "four", "two",
    ]  # fmt: skip
    everything = answer.content.decode() + json.dumps(dict(answer.headers))
    for secret in ("secret", "place", "external_id", "metadata", "source_model"):
        assert secret not in everything


def test_the_order_is_drawn_once_and_stays(world: World, call_as: Any) -> None:
    slates_make(world)
    lease = lease_make(world, "annotator")
    first = call_as("annotator").get(f"/api/leases/{lease.pk}/comparison/").json()
    assert call_as("annotator").get(f"/api/leases/{lease.pk}/comparison/").json() == first
    assert sorted(SlateOrder.objects.get().places) == [0, 1, 2, 3]


def test_an_answer_is_kept_as_it_was_said_and_its_pairs_beside_it(world: World) -> None:
    slates_make(world)
    # Shown third, first, fourth, second: the third response is best, the first and fourth are equal.
    rank(world, "annotator", 1, 2, 2, 3, order=(2, 0, 3, 1), reason="Short.")
    answer = SlateAnswer.objects.get()
    said = answer.placements.filter(clause_key="helpful").order_by("place").values_list("place", "value")
    assert (list(said), answer.shown) == ([(0, 2), (1, 3), (2, 1), (3, 2)], [2, 0, 3, 1])
    assert outcomes() == {"0-1": "a", "0-2": "b", "0-3": "tie", "1-2": "b", "1-3": "b", "2-3": "a"}
    pair = Judgment.objects.get(comparison__external_id__endswith=":0-2")
    assert (pair.swapped, pair.reason, pair.submission_id) == (True, "Short.", answer.submission_id)
    given = AxisAnswer.objects.get(judgment=pair, clause_key="helpful")
    assert (given.value, given.weight) == (1, 0.5)
    with pytest.raises(DatabaseError), transaction.atomic():
        SlateAnswer.objects.update(reason="Long.")


def test_the_rest_is_below_what_is_ranked_and_has_no_order(world: World) -> None:
    slates_make(world)
    rank(world, "annotator", None, 1, None, None)
    assert outcomes() == {"0-1": "b", "1-2": "a", "1-3": "a"}
    assert AxisAnswer.objects.values_list("weight", flat=True).distinct().get() == pytest.approx(1 / 3)


@pytest.mark.parametrize(
    ("form", "values", "found"),
    [
        ("best", (None, None, 1, None), {"0-2": "b", "1-2": "b", "2-3": "a"}),
        ("best_worst", (2, None, 1, None), {"0-1": "b", "0-2": "b", "0-3": "b", "1-2": "b", "2-3": "a"}),
    ],
)
def test_other_forms_say_less(
    world: World, form: str, values: tuple[int | None, ...], found: dict[str, str]
) -> None:
    slates_make(world, form=form)
    rank(world, "annotator", *values)
    assert outcomes() == found


def test_ratings_of_one_response_are_decided_from_all_who_gave_one(world: World) -> None:
    slates_make(world, form="rating", size=1)
    rank(world, "annotator", 4, order=(0,))
    rank(world, "annotator2", 1, order=(0,))
    newest = RatingDecision.objects.filter(clause_key="helpful").latest("id")
    assert (newest.value, newest.votes, newest.agreement) == (2.5, 2, 0.0)
    assert not Comparison.objects.exists()


def test_what_a_document_may_not_say_is_refused_in_a_sentence(world: World) -> None:
    slates_make(world)
    lease = lease_make(world, "annotator")
    with pytest.raises(JudgmentInvalidError) as told:
        submit(world.actor("annotator"), lease, ranks())
    assert "rank" in json.dumps(told.value.errors)
    assert not SlateAnswer.objects.exists()


def test_a_correction_takes_back_what_it_does_not_say_any_more(world: World) -> None:
    slates_make(world)
    lease, first = rank(world, "annotator", 1, 2, 3, 4)
    submit(world.actor("annotator"), lease, ranks(1, None, None, None), supersedes_id=first.pk)
    assert outcomes() == {"0-1": "a", "0-2": "a", "0-3": "a", "1-2": "none", "1-3": "none", "2-3": "none"}


def test_what_is_refused_counts_in_every_pair_of_it(world: World) -> None:
    slates_make(world)
    opinion = {"position": "second", "acceptable": False, "severity": 2, "clause_keys": ["weapons"]}
    rank(world, "annotator", 1, 4, 2, 3, responses=[opinion])
    rows = AcceptanceDecision.objects.filter(acceptable=False).select_related("comparison")
    assert {row.comparison.external_id.rsplit(":", 1)[1] + row.side for row in rows} == {
        "0-1b",
        "1-2a",
        "1-3a",
    }
    assert {row.severity for row in rows} == {2}


def test_models_are_rated_by_rankings_which_count_as_often_as_they_chose(world: World) -> None:
    slates_make(world, count=3)
    for _ in range(3):
        rank(world, "annotator", 1, 2, 3, 4)
    view = ratings_get(world.actor("manager"), world.project.pk, release_id=None, clause_key="helpful")
    assert view.result is not None
    assert [rating["name"] for rating in view.result["ratings"]] == list(MODELS)
    assert view.result["rests_on"]["answers"] == 3
    # Three choices a ranking, each of two models, are spread over the six pairs.
    assert sum(rating["comparisons"] for rating in view.result["ratings"]) == pytest.approx(3 * 3 * 2)


def test_one_more_person_is_asked_where_those_asked_differ_over_the_whole(world: World) -> None:
    slates_make(world)
    quality_rules_set(world.actor("manager"), world.project.pk, values={"answers_most": 3})
    rank(world, "annotator", 1, 2, 3, 4)
    rank(world, "annotator2", 4, 3, 2, 1)
    assert Task.objects.get().state == "open"
    assert Slot.objects.filter(state="open").count() == 1


def test_a_slate_asked_again_is_shown_the_other_way_round(
    world: World, monkeypatch: pytest.MonkeyPatch, call_as: Any
) -> None:
    slates_make(world, count=6)
    quality_rules_set(world.actor("manager"), world.project.pk, values={"again_share": 0.1, "again_after": 2})
    draws_fix(monkeypatch, 0.9, 0.9, 0.9, 0.01)
    for _ in range(3):
        rank(world, "annotator", 1, 2, 3, 4, order=(1, 0, 3, 2))
    lease = lease_make(world, "annotator")
    assert lease.task.source == "again"
    assert call_as("annotator").get(f"/api/leases/{lease.pk}/comparison/").json()["form"] == "ranking"
    assert SlateOrder.objects.get(task_id=lease.task_id).places == [2, 3, 0, 1]
    judged = Judgment.objects.count()
    submit(world.actor("annotator"), lease, ranks(4, 3, 2, 1))
    assert Judgment.objects.count() == judged, "it only measures"


def test_a_slate_is_asked_once_in_each_form_and_its_pairs_never(world: World, call_as: Any) -> None:
    slates_make(world)
    rank(world, "annotator", 1, 2, 3, 4)
    url = f"/api/projects/{world.project.pk}/compare-tasks/"
    manager = call_as("manager")
    assert manager.post(url, {"form": "ranking"}).json()["created"] == 0
    assert manager.post(url, {"form": "best"}).json()["created"] == 1
    assert manager.post(url, {}).json()["created"] == 0
    with pytest.raises(ChoosingNeedsPairsError):
        material.tasks_make(world, form=Form.RATING, choosing=Choosing())


def test_importing_a_file_again_changes_nothing(world: World) -> None:
    for _ in range(2):
        job = material.import_run(world, [slate_line(1), slate_line(2, size=1), material.line(3)])
        assert job.state == "succeeded", job.error_detail
    assert (Slate.objects.count(), Comparison.objects.count()) == (2, 1)
    sizes = Slate.objects.order_by("size").values_list("size", "members__place")
    assert sorted(sizes) == [(1, 0), (4, 0), (4, 1), (4, 2), (4, 3)]
    job = material.import_run(world, [{**slate_line(1), "prompt": "Another?"}])
    assert "was imported before with other content" in job.error_detail


def test_ratings_run_by_the_steps_the_release_names_and_else_from_0_to_4(world: World, call_as: Any) -> None:
    steps = [{"value": str(at), "label": label} for at, label in enumerate(["Wrong", "Partly", "Right"])]
    clauses = {**material.CLAUSES, "helpful": material.HELPFUL | {"answers": steps}}
    material.release_make(world, clauses)
    slates_make(world, form="rating", size=1)
    lease = lease_make(world, "annotator")
    order_fix(lease, 0)
    axes = call_as("annotator").get(f"/api/leases/{lease.pk}/comparison/").json()["axes"]
    assert [[step["label"] for step in axis["answers"]] for axis in axes] == [
        ["Wrong", "Partly", "Right"],
        [],
    ]

    def rated(helpful: int, harmless: int) -> dict[str, Any]:
        values = {"helpful": helpful, "harmless": harmless}
        return {
            "axes": [
                {"clause_key": key, "places": [{"position": "first", "value": value}]}
                for key, value in values.items()
            ]
        }

    with pytest.raises(JudgmentInvalidError) as told:
        submit(world.actor("annotator"), lease, rated(3, 4))
    assert "from 0 to 2" in json.dumps(told.value.errors)
    submit(world.actor("annotator"), lease, rated(2, 4))
    (view,) = judged_slates(world.project.pk)
    assert {row.clause_key: (row.value, row.highest) for row in view.ratings} == {
        "helpful": (2.0, 2),
        "harmless": (4.0, 4),
    }
