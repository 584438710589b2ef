from __future__ import annotations

import uuid
from collections.abc import Callable
from typing import Any

import pytest

from active_learning.domain.held_out import is_held_out
from active_learning.models import ScanFinding
from active_learning.runs.embedding import posts_embedded
from core.accounts.models import AuditEvent
from core.content.models import Post
from core.jobs.models import Job
from core.queue.models import Task
from tests.active_learning import material
from tests.active_learning.test_scans import scanned
from tests.annotation.gold_material import gold_item
from tests.annotation.material import document, post_make
from tests.world import Caller, World

Call = Callable[[str], Caller]
RunJobs = Callable[[], list[Job]]

pytestmark = pytest.mark.usefixtures("words")


def findings(caller: Caller, scan: dict[str, Any], kind: str) -> list[dict[str, Any]]:
    rows: list[dict[str, Any]] = caller.get(f"/api/scans/{scan['id']}/findings/?kind={kind}").json()[
        "results"
    ]
    return rows


def told(scan: dict[str, Any]) -> dict[str, int]:
    return {row["kind"]: row["findings"] for row in scan["findings"]}


def test_near_duplicates_on_both_sides_of_the_held_out_set_are_told(
    world: World, call_as: Call, run_jobs: RunJobs
) -> None:
    release, posts = material.decided_world(world, decided=30, open_posts=0)
    material.leak_planted(world, release, "tulip meadow sunrise kettle")
    scan = scanned(world, call_as, run_jobs)
    rows = findings(call_as("engineer"), scan, "leakage")
    assert (rows[0]["external_id"], rows[0]["other_external_id"]) == ("tulip-measures", "tulip-teaches")
    assert rows[0]["leakage"] == {"similarity": 1.0, "by": "vector"}
    assert all(is_held_out(uuid.UUID(row["post_id"])) for row in rows)
    assert not any(is_held_out(uuid.UUID(row["other_post_id"])) for row in rows)
    assert told(scan)["leakage"] == len(rows) == scan["metrics"]["leakage"]["with_twin"]
    held = sum(is_held_out(post.pk) for post in posts) + 1
    assert scan["metrics"]["leakage"]["held_out"] == held


def test_a_group_on_both_sides_is_told_however_unlike_its_posts_are(
    world: World, call_as: Call, run_jobs: RunJobs
) -> None:
    release, _ = material.decided_world(world, decided=30, open_posts=0)
    for held_out, words in ((True, "tulip meadow sunrise kettle"), (False, "ferry anchor harbour gull")):
        post = post_make(
            world,
            id=material.on_side(words, held_out=held_out),
            text=words,
            with_image=False,
            external_id=words.split()[0],
            group_key="seller-7",
        )
        material.decide(world, release, post, "no")
    rows = findings(call_as("engineer"), scanned(world, call_as, run_jobs), "leakage")
    (found,) = [row for row in rows if row["external_id"] == "tulip"]
    assert (found["other_external_id"], found["leakage"]["by"]) == ("ferry", "group")


def strange_post(world: World) -> Post:
    """An open post of words nobody else uses, read by the encoder in an earlier round."""
    post = post_make(
        world, text="zeppelin quartz obelisk", with_image=False, external_id="strange", id=uuid.UUID(int=9)
    )
    posts_embedded(
        [post.pk], material.words_encoder(), lambda done, total, message: None, run="round:strange"
    )
    return post


def test_a_post_like_none_answered_is_told_and_can_be_put_to_people(
    world: World, call_as: Call, run_jobs: RunJobs
) -> None:
    material.decided_world(world, decided=30, open_posts=4)
    post = strange_post(world)
    scan = scanned(world, call_as, run_jobs)
    found = findings(call_as("engineer"), scan, "outlier")[0]
    assert (found["external_id"], found["outlier"]["is_answered"]) == ("strange", False)
    assert found["outlier"]["distance"] > scan["metrics"]["outliers"]["bound"]
    assert len(found["outlier"]["nearest"]) == 3
    # Four open posts were never read by the encoder, so that nothing is said of them.
    assert scan["metrics"]["outliers"]["looked_at"] == 31
    asked = call_as("reviewer").post(f"/api/findings/{found['id']}/task/", {"slots": 2})
    assert asked.status_code == 201, asked.content
    task = Task.objects.get(pk=asked.json()["task_id"])
    assert (task.post_id, task.clause_keys, task.slots, task.source) == (post.pk, ["spam"], 2, "outlier")
    assert AuditEvent.objects.filter(action="finding.ask").count() == 1
    again = call_as("reviewer").post(f"/api/findings/{found['id']}/task/", {})
    assert (again.status_code, again.json()["code"]) == (409, "finding_asked")


def test_people_are_not_asked_what_is_decided_or_no_question(world: World, call_as: Call) -> None:
    _, posts = material.decided_world(world, decided=1, open_posts=0)
    scan = material.scan_row(world)
    for kind, code in (("outlier", "finding_answered"), ("leakage", "finding_not_askable")):
        finding = ScanFinding.objects.create(scan=scan, post=posts[0], kind=kind, rank=0, score=1.0)
        refused = call_as("reviewer").post(f"/api/findings/{finding.pk}/task/", {})
        assert refused.json()["code"] == code
    assert not Task.objects.exists()


def test_gold_that_heads_contradict_is_told_to_who_keeps_gold_alone(
    world: World, call_as: Call, run_jobs: RunJobs
) -> None:
    release, _ = material.decided_world(world, decided=90, open_posts=0)
    wrong = post_make(
        world, text="winner prize click casino bonus cheap", with_image=False, external_id="gold-wrong"
    )
    right = post_make(
        world, text="garden walk bread river lamp train", with_image=False, external_id="gold-right"
    )
    for post in (wrong, right):
        gold_item(world, release, post=post, document=document(spam="no"))
    scan = scanned(world, call_as, run_jobs)
    (found,) = findings(call_as("reviewer"), scan, "gold")
    assert (found["external_id"], found["clause_key"], found["is_retired"]) == ("gold-wrong", "spam", False)
    gold = found["gold"]
    assert (gold["known"], gold["likely"], gold["model_likely"], gold["people"]) == ("no", "yes", "yes", None)
    assert gold["likely_probability"] - gold["known_probability"] >= 0.5
    assert told(scan)["gold"] == 1
    retired = call_as("reviewer").post(
        f"/api/projects/{world.project.pk}/gold/{gold['item_id']}/retire/", {"because": "It is spam."}
    )
    assert retired.status_code == 200, retired.content
    assert findings(call_as("reviewer"), scan, "gold")[0]["is_retired"]
    for role in ("engineer",):
        seen = call_as(role).get(f"/api/scans/{scan['id']}/")
        assert "gold" not in seen.content.decode()
        everything = call_as(role).get(f"/api/scans/{scan['id']}/findings/").content.decode()
        assert "gold-wrong" not in everything
        named = call_as(role).get(f"/api/scans/{scan['id']}/findings/?kind=gold")
        assert named.status_code == 403
    for url in (f"/api/scans/{scan['id']}/", f"/api/scans/{scan['id']}/findings/?kind=gold"):
        assert call_as("annotator").get(url).status_code == 404


def test_the_findings_of_a_scan_are_the_same_again(world: World, call_as: Call, run_jobs: RunJobs) -> None:
    release, _ = material.decided_world(world, decided=40, open_posts=0)
    material.leak_planted(world, release, "tulip meadow sunrise kettle")
    strange_post(world)
    first, again = (
        [
            (row["kind"], row["external_id"], row["other_external_id"], row["score"])
            for row in call_as("reviewer").get(f"/api/scans/{scan['id']}/findings/").json()["results"]
        ]
        for scan in (scanned(world, call_as, run_jobs), scanned(world, call_as, run_jobs))
    )
    assert first == again
    assert {kind for kind, *_ in first} == {"leakage", "outlier"}
