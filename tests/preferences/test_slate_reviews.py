"""Reviewers look at answers about several responses, bring their own beside them, and decide pairs that follow."""

from __future__ import annotations

import uuid
from collections.abc import Callable
from typing import Any
from urllib.parse import urlencode

import pytest

from core.queue.models import Review, Submission
from preferences.domain.forms import Form
from preferences.models import Slate, SlateAnswer, SlateOrder
from preferences.selectors.comparisons import current_decisions
from preferences.services.settling import judgments_settle
from tests.preferences import material, slates
from tests.preferences.slates import MODELS, order_fix, rank, ranks, slates_make
from tests.world import Caller, World

Call = Callable[[str], Caller]


@pytest.fixture
def split(world: World) -> tuple[Slate, list[Submission]]:
    """A slate of three that two people rank the other way round, save for the first."""
    slates_make(world, size=3)
    one = rank(world, "annotator", 1, 2, 3, order=(0, 1, 2), reason="Short.")[1]
    other = rank(world, "annotator2", 2, 3, 1, order=(2, 1, 0))[1]
    return Slate.objects.get(), [one, other]


def sample(caller: Caller, world: World, **query: Any) -> list[dict[str, Any]]:
    answer = caller.get(f"/api/projects/{world.project.pk}/review-slates/?{urlencode(query)}")
    assert answer.status_code == 200, answer.content
    rows: list[dict[str, Any]] = answer.json()["results"]
    return rows


def reviewed(caller: Caller, submission: Submission, outcome: str, **more: Any) -> Any:
    path = f"/api/projects/{submission.task.project_id}/judgments/{submission.pk}/reviews/"
    return caller.post(path, {"id": str(uuid.uuid4()), "outcome": outcome, **more})


def test_everybodys_placements_stand_side_by_side_in_stored_order_and_no_model(
    world: World, split: tuple[Slate, list[Submission]], call_as: Call
) -> None:
    slate, given = split
    answer = call_as("reviewer").get(f"/api/slates/{slate.pk}/review/")
    told = answer.json()
    assert not any(model in answer.content.decode() for model in MODELS)
    assert [response["place"] for response in told["responses"]] == [0, 1, 2]
    first, second = told["answers"]
    assert [first["submission_id"], second["submission_id"]] == [str(each.pk) for each in given]
    places = {
        each["submission_id"]: {
            row["place"]: row["value"] for row in each["placements"] if row["clause_key"] == "helpful"
        }
        for each in told["answers"]
    }
    # The second person was shown them from the last to the first.
    assert places == {str(given[0].pk): {0: 1, 1: 2, 2: 3}, str(given[1].pk): {2: 2, 1: 3, 0: 1}}
    pairs = {(pair["one"], pair["other"]): pair["decisions"] for pair in told["pairs"]}
    assert set(pairs) == {(0, 1), (0, 2), (1, 2)}
    outcomes = {two: {row["clause_key"]: row["method"] for row in rows} for two, rows in pairs.items()}
    assert outcomes[(0, 1)]["helpful"] == "unanimous"
    assert outcomes[(1, 2)]["helpful"] == "undecided"
    models = call_as("manager").get(f"/api/slates/{slate.pk}/").json()["responses"]
    assert [each["source_model"] for each in models] == list(MODELS[:3])


def test_a_slate_waits_until_every_answer_is_reviewed_and_where_people_differ_until_it_is_decided(
    world: World, split: tuple[Slate, list[Submission]], call_as: Call
) -> None:
    slate, given = split
    reviewer = call_as("reviewer")
    (row,) = sample(reviewer, world)
    assert (row["id"], row["answers"], row["undecided"]) == (str(slate.pk), 2, ["harmless", "helpful"])
    assert row["asked"] == [{"form": "ranking", "state": "closed"}]
    for submission in given:
        assert len(sample(reviewer, world)) == 1
        assert reviewed(reviewer, submission, "accepted").status_code == 201
    assert sample(reviewer, world) == []
    release = material.release_once(world)
    for key in ("helpful", "harmless"):
        assert [row["id"] for row in sample(reviewer, world, disputed=True)] == [str(slate.pk)]
        undecided = current_decisions().get(comparison__slate=slate, clause_key=key, method="undecided")
        body = {"clause_key": key, "choice": "prefer", "value": -1, "reason_code": "mistake"}
        path = f"/api/comparisons/{undecided.comparison_id}/adjudications/"
        assert reviewer.post(path, {"release_id": str(release.id), **body}).status_code == 201
    assert sample(reviewer, world, disputed=True) == []
    assert sample(reviewer, world, clause_key="weapons") == []


def test_a_reviewers_own_answer_counts_beside_the_others_and_changes_none(
    world: World, split: tuple[Slate, list[Submission]], call_as: Call
) -> None:
    slate, given = split
    own: dict[str, Any] = {"id": str(uuid.uuid4()), "document": ranks(1, 2, 3), "active_ms": 900}
    answer = reviewed(call_as("reviewer"), given[1], "amended", amendment=own)
    assert answer.status_code == 201, answer.content
    judgments_settle()
    beside = SlateAnswer.objects.get(submission_id=own["id"])
    assert beside.shown == [0, 1, 2]
    assert sorted(beside.placements.filter(clause_key="helpful").values_list("place", "value")) == [
        (0, 1), (1, 2), (2, 3),
    ]  # fmt: skip
    pair = current_decisions().get(
        comparison__slate=slate, comparison__external_id__endswith=":1-2", clause_key="helpful"
    )
    assert (pair.outcome, pair.votes) == ("a", 3)
    told = call_as("reviewer").get(f"/api/slates/{slate.pk}/review/").json()["answers"]
    assert [each["is_reviewers"] for each in told] == [False, False, True]
    assert told[1]["reviews"][0]["outcome"] == "amended"


def test_the_own_answer_reads_on_the_reviewers_page_as_they_had_it_there(
    world: World, split: tuple[Slate, list[Submission]], call_as: Call
) -> None:
    _, given = split
    SlateOrder.objects.create(task_id=given[0].task_id, person=world.person("reviewer"), places=[2, 0, 1])
    opinion = {"position": "third", "acceptable": True}
    own: dict[str, Any] = {
        "id": str(uuid.uuid4()),
        "document": ranks(1, 2, 3, responses=[opinion]),
        "active_ms": 900,
    }
    assert reviewed(call_as("reviewer"), given[0], "amended", amendment=own).status_code == 201
    beside = SlateAnswer.objects.get(submission_id=own["id"])
    assert sorted(beside.placements.filter(clause_key="helpful").values_list("place", "value")) == [
        (0, 1), (1, 2), (2, 3),
    ]  # fmt: skip
    assert beside.opinions.get().place == 2
    shown = {each["position"]: each["value"] for each in beside.submission.document["axes"][0]["places"]}
    assert shown == {"first": 3, "second": 1, "third": 2}


def test_an_own_answer_must_say_what_the_form_asks(
    world: World, split: tuple[Slate, list[Submission]], call_as: Call
) -> None:
    _, given = split
    own: dict[str, Any] = {"id": str(uuid.uuid4()), "document": ranks(), "active_ms": 900}
    answer = reviewed(call_as("reviewer"), given[0], "amended", amendment=own)
    assert (answer.status_code, answer.json()["code"]) == (400, "judgment_invalid")
    assert not Review.objects.exists()


def test_an_answer_that_is_given_back_waits_with_its_author(
    world: World, split: tuple[Slate, list[Submission]], call_as: Call
) -> None:
    _, given = split
    assert reviewed(call_as("reviewer"), given[0], "returned", comment="Read B again.").status_code == 201
    bundle = call_as("annotator").get(f"/api/leases/{given[0].lease_id}/comparison/").json()
    assert bundle["returned"]["comment"] == "Read B again."


def test_ratings_that_lie_apart_are_disputed(world: World, call_as: Call) -> None:
    slates_make(world, form="rating", size=1)
    for person, value in (("annotator", 0), ("annotator2", 4)):
        lease = material.lease_make(world, person)
        order_fix(lease, 0)
        material.submit(world.actor(person), lease, slates.ranks(value))
    assert [row["undecided"] for row in sample(call_as("reviewer"), world, disputed=True)] == [[]]


def test_slates_are_listed_by_their_names_with_what_was_asked(world: World, call_as: Call) -> None:
    slates_make(world, count=2)
    material.tasks_make(world, form=Form.BEST)
    rank(world, "annotator", 1, 2, 3, 4)
    path = f"/api/projects/{world.project.pk}/slates/"
    rows = call_as("manager").get(path).json()["results"]
    assert [(row["external_id"], row["size"], row["answers"]) for row in rows] == [
        ("slate-1", 4, 0),
        ("slate-0", 4, 1),
    ]
    assert rows[0]["asked"] == [{"form": "best", "state": "open"}, {"form": "ranking", "state": "open"}]
    assert [
        row["external_id"] for row in call_as("manager").get(f"{path}?contains=E-0").json()["results"]
    ] == ["slate-0"]
