"""What is listed of label work that cites a meaning is what is counted of it."""

from __future__ import annotations

import uuid
from collections.abc import Sequence

from annotation.selectors.citing import answers_citing, decisions_citing
from annotation.services import Answer, annotation_submit
from annotation.services.impact import AnnotationImpact
from policies.services import CitingRecord, Place, RecordFilter, RecordsSought, StoppedMeaning
from tests.annotation import material
from tests.world import World

impact = AnnotationImpact()
ALL = RecordFilter()


def listed(
    world: World, noun: str, meaning: StoppedMeaning, wanted: RecordFilter = ALL
) -> Sequence[CitingRecord]:
    """Every record, two at a time."""
    rows: list[CitingRecord] = []
    after: Place | None = None
    while True:
        page = impact.records(RecordsSought(world.project.pk, meaning, noun, 2, wanted, after))
        rows += page
        if len(page) < 2:
            return rows
        after = page[-1].place


def _answered(world: World) -> StoppedMeaning:
    """Three posts in two languages, each answered by two people; on the last one they differ."""
    release = material.release_make(world)
    posts = [material.post_make(world, language=language) for language in ("en", "de", "en")]
    for post in posts:
        material.tasks_make(world, release, [post])
    for said in ("yes", "no", "yes"):
        material.answer(world, "annotator", material.document(said, severity=3))
    for said in ("yes", "no", "no"):
        material.answer(world, "annotator2", material.document(said, severity=3))
    return StoppedMeaning("hate", 1, 2)


def test_every_answer_that_counts_is_listed_once(world: World) -> None:
    meaning = _answered(world)
    rows = listed(world, "answers", meaning)
    assert len({row.id for row in rows}) == len(rows) == 6
    assert sum(row.count for row in answers_citing(world.project.pk, [meaning])) == 6
    assert [row.place for row in rows] == sorted((row.place for row in rows), reverse=True)
    german = listed(world, "answers", meaning, RecordFilter(language="de"))
    assert {(row.language, row.answer, row.severity) for row in german} == {("de", "no", None)}
    assert len(listed(world, "answers", meaning, RecordFilter(severity=3))) == 3
    assert len(listed(world, "answers", meaning, RecordFilter(severity="none"))) == 3


def test_an_answer_that_was_corrected_is_listed_as_it_is_now(world: World) -> None:
    release = material.release_make(world)
    material.tasks_make(world, release, [material.post_make(world)], overlap=1)
    given = material.answer(world, "annotator", material.document("yes"))
    annotation_submit(
        world.actor("annotator"),
        Answer(given.lease_id, uuid.uuid4(), material.document("no"), 1_000, supersedes_id=given.pk),
    )
    (row,) = listed(world, "answers", StoppedMeaning("hate", 1, 2))
    assert row.answer == "no"


def test_the_decision_in_force_is_listed_for_each_post(world: World) -> None:
    meaning = _answered(world)
    rows = listed(world, "decisions", meaning)
    assert sum(row.count for row in decisions_citing(world.project.pk, [meaning])) == len(rows) == 2
    assert {(row.answer, row.method) for row in rows} == {("yes", "unanimous"), ("no", "unanimous")}
    assert len(listed(world, "decisions", meaning, RecordFilter(language="de"))) == 1


def test_a_noun_of_another_app_finds_nothing(world: World) -> None:
    assert listed(world, "judgments", _answered(world)) == []
