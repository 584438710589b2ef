"""What a scan tells of those who answered, and to whom."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from core.accounts.selectors import pseudonyms
from core.jobs.models import Job
from tests.active_learning import material
from tests.active_learning.test_scans import scanned, suspects
from tests.annotation.gold_material import draws_fix, gold_item, rules_set
from tests.annotation.material import answer, document, post_make, tasks_make
from tests.world import Caller, World

Call = Callable[[str], Caller]
RunJobs = Callable[[], list[Job]]

pytestmark = pytest.mark.usefixtures("words")


def careless_crowd(world: World, *, posts: int) -> None:
    """Decided posts that three people answered about spam, one of whom marks everything."""
    release, decided = material.decided_world(world, decided=60, open_posts=0)
    tasks_make(world, release, decided[:posts], overlap=3)
    for number in range(posts):
        honest = "yes" if number % 4 == 0 else "no"
        for person, said in (("annotator", "yes"), ("annotator2", honest), ("reviewer", honest)):
            answer(world, person, document(spam=said))


def test_who_marks_everything_is_shown_with_evidence(world: World, call_as: Call, run_jobs: RunJobs) -> None:
    careless_crowd(world, posts=24)
    scan = scanned(world, call_as, run_jobs)
    told = scan["metrics"]["clauses"]["spam"]
    people = told["annotators"]
    names = {user: member.pseudonym for user, member in pseudonyms(world.project.pk).items()}
    first = people[0]
    assert first["pseudonym"] == names[world.person("annotator").pk]
    assert (first["marks_everything"], first["lean"]["answer"], first["lean"]["others"]) == (
        True,
        "yes",
        0.25,
    )
    assert (first["lean"]["own"]["hits"], first["lean"]["own"]["total"]) == (24, 24)
    assert first["lean"]["own"]["low"] < 0.9
    assert (first["agreement"]["hits"], first["agreement"]["total"]) == (6, 24)
    assert not any(row["marks_everything"] or row["tells_nothing"] for row in people[1:])
    assert told["everybody"]["pointed_out"] == 1
    assert first["beyond_chance"]["high"] < people[-1]["beyond_chance"]["low"]
    for row in people:
        assert 0 <= row["quality"]["low"] < row["quality"]["value"] < row["quality"]["high"] <= 1
    found = suspects(call_as("reviewer"), scan, "?kind=answer")
    for row in people:
        resting = [
            suspect
            for suspect in found
            if any(
                vote["pseudonym"] == row["pseudonym"] and vote["answer"] == suspect["given"]
                for vote in suspect["why"]["votes"]
            )
        ]
        assert row["suspects"] == len(resting)


def test_ten_answers_point_nobody_out(world: World, call_as: Call, run_jobs: RunJobs) -> None:
    careless_crowd(world, posts=10)
    told = scanned(world, call_as, run_jobs)["metrics"]["clauses"]["spam"]
    assert told["everybody"]["pointed_out"] == 0
    assert [row["answered"] for row in told["annotators"]] == [10, 10, 10]
    assert not any(row["is_measured"] or row["marks_everything"] for row in told["annotators"])
    assert {row["beyond_chance"]["value"] for row in told["annotators"]} == {None}


def test_how_people_did_on_gold_is_told_to_who_keeps_gold_alone(
    world: World, call_as: Call, run_jobs: RunJobs, monkeypatch: pytest.MonkeyPatch
) -> None:
    release, posts = material.decided_world(world, decided=60, open_posts=0)
    known = post_make(world, text="garden walk bread", with_image=False, external_id="known")
    gold_item(world, release, post=known, document=document(spam="no"))
    tasks_make(world, release, posts[:2], overlap=1)
    rules_set(world, gold_share=0.5)
    draws_fix(monkeypatch, 0.9, 0.0)
    for _ in range(2):
        answer(world, "annotator", document(spam="yes"))
    scan = scanned(world, call_as, run_jobs)
    name = pseudonyms(world.project.pk)[world.person("annotator").pk].pseudonym
    (row,) = [row for row in scan["known_answers"] if row["clause_key"] == "spam"]
    assert (row["pseudonym"], row["right"]["hits"], row["right"]["total"]) == (name, 0, 1)
    assert row["right"]["high"] > 0.7
    assert call_as("engineer").get(f"/api/scans/{scan['id']}/").json()["known_answers"] is None
