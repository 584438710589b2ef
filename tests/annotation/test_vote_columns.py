from __future__ import annotations

import uuid

import numpy as np
import pytest

from annotation.models import Verdict
from annotation.selectors import vote_columns as columns
from annotation.selectors import vote_reading as reading
from annotation.selectors.agreement import grade_of
from tests.annotation import material
from tests.world import World


def test_columns_hold_what_the_rows_hold_however_small_the_blocks(
    world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    release = material.release_make(world)
    material.tasks_make(world, release, [material.post_make(world) for _ in range(6)], overlap=2)
    for name, severities in (("annotator", (1, 2, 3)), ("annotator2", (3, 1, 2))):
        for at in range(6):
            given = material.document("yes" if at % 2 else "no", severity=severities[at % 3])
            material.answer(world, name, given)
    monkeypatch.setattr(reading, "_BLOCK_BYTES", 150)
    clause = release.clauses["hate"]
    found = columns.vote_columns(world.project.pk, clause)
    rows = Verdict.objects.filter(clause_key="hate").select_related("submission")
    expected = {
        (row.post_id, row.submission.person_id): (
            clause.answer_values.index(row.answer),
            reading.OFF_SCALE if row.severity is None else row.severity,
            grade_of(clause, row.answer, row.severity),
            row.submission.created_at.timestamp(),
        )
        for row in rows
    }
    assert list(found.posts) == sorted(found.posts) and list(found.people) == sorted(found.people)
    got = {
        (found.posts[item], found.people[person]): (answer, severity, grade, pytest.approx(at, abs=1e-6))
        for item, person, answer, severity, grade, at in zip(
            found.item,
            found.person,
            found.answer,
            found.severity,
            columns.grades_of(clause, found),
            found.at,
            strict=True,
        )
    }
    assert len(expected) == 12
    assert got == expected


def test_answers_off_the_scale_are_told_apart_and_can_be_left_out() -> None:
    posts, _ = identified([uuid.UUID(int=number << 8) for number in range(1, 4)])
    people, _ = identified([uuid.UUID(int=number) for number in (1, 2)])
    votes = columns.VoteColumns(
        posts,
        people,
        np.array([0, 1, 2]),
        np.array([0, 1, 0]),
        np.array([0, reading.OFF_SCALE, 1]),
        np.array([1, 2, 3]),
        np.zeros(3),
    )
    kept = votes.on_scale()
    assert (list(kept.posts), list(kept.people)) == ([posts[0], posts[2]], [people[0]])
    assert (kept.item.tolist(), kept.person.tolist(), kept.severity.tolist()) == ([0, 1], [0, 0], [1, 3])


def test_nothing_answered_is_no_columns(world: World) -> None:
    release = material.release_make(world)
    found = columns.vote_columns(world.project.pk, release.clauses["hate"])
    assert (len(found.posts), len(found.people), found.item.size) == (0, 0, 0)


def identified(names: list[uuid.UUID]) -> tuple[reading.Identifiers, list[int]]:
    found, number = reading.identifiers_of(*halves(names))
    return found, number.tolist()


def halves(names: list[uuid.UUID]) -> tuple[np.ndarray, np.ndarray]:
    high = np.array([name.int >> 64 for name in names], dtype=np.uint64)
    return high, np.array([name.int & (1 << 64) - 1 for name in names], dtype=np.uint64)


@pytest.mark.parametrize(
    "names",
    [
        [uuid.UUID(int=1 << 120), uuid.UUID(int=(1 << 120) + (1 << 8)), uuid.UUID(int=7)],
        # Halves that are the same in several: neither tells them apart alone.
        [uuid.UUID(int=high << 64 | low) for high in (5, 1) for low in (9, 0, 9, 2)],
        [uuid.UUID(int=(1 << 128) - 1), uuid.UUID(int=0)],
    ],
)
def test_identifiers_are_told_apart_by_all_their_digits(names: list[uuid.UUID]) -> None:
    found, number = identified(names)
    assert list(found) == sorted(set(names))
    assert [found[at] for at in number] == names
    stranger = uuid.UUID(int=3 << 70)
    places = found.places(*halves([names[-1], stranger, names[0]]))
    assert places.tolist() == [number[-1], -1, number[0]]


def test_many_identifiers_and_few_are_numbered_alike(monkeypatch: pytest.MonkeyPatch) -> None:
    names = [uuid.UUID(int=(at % 7) << 64 | at % 13) for at in range(500)]
    few = identified(names)
    monkeypatch.setattr(reading, "_SAMPLE", 8)
    many = identified(names)
    assert few[1] == many[1] and list(few[0]) == list(many[0])
