"""Judgments stored by the thousand, as if each had come through the queue: for measuring who judges how."""

from __future__ import annotations

import uuid
from collections.abc import Sequence
from dataclasses import dataclass

from django.db import connection

from core.accounts.models import User
from core.accounts.selectors import members_of
from core.accounts.services import member_add
from core.queue.models import Lease, Slot, Submission, Task
from policies.selectors import ReleaseView
from preferences.models import AxisAnswer, Comparison, Judgment, Prompt, Response
from tests.world import World, person_make


@dataclass(frozen=True)
class Said:
    """What one person said about one comparison on the axis ``helpful``: below zero A is better."""

    person: User
    comparison: Comparison
    swapped: bool
    value: int
    asked: str = "work"


def annotators_make(world: World, count: int, *, is_simulated: bool = False) -> list[User]:
    """So many people who annotate in project A, or models that judge."""
    people = [person_make(f"judge{number}", is_simulated=is_simulated) for number in range(count)]
    for person in people:
        member_add(world.actor("manager"), project=world.project, email=person.email, roles=["annotator"])
    assert members_of(world.project).count() >= count
    return people


def comparisons_store(world: World, pairs: Sequence[tuple[str, str, int, int]]) -> list[Comparison]:
    """One comparison for each (model A, model B, length of A, length of B)."""
    prompts = [_prompt(world, number) for number in range(len(pairs))]
    sides = [
        [
            Response(
                prompt=prompt,
                text="x" * length,
                source_model=model,
                content_sha256=f"{place}{number:063d}",
            )
            for place, model, length in ((1, one, one_length), (2, other, other_length))
        ]
        for number, (prompt, (one, other, one_length, other_length)) in enumerate(
            zip(prompts, pairs, strict=True)
        )
    ]
    comparisons = [
        Comparison(
            project=world.project,
            external_id=f"stored-{number}",
            prompt=prompt,
            response_a=a,
            response_b=b,
            content_sha256=f"{number:064d}",
        )
        for number, (prompt, (a, b)) in enumerate(zip(prompts, sides, strict=True))
    ]
    Prompt.objects.bulk_create(prompts)
    Response.objects.bulk_create([each for pair in sides for each in pair])
    return Comparison.objects.bulk_create(comparisons)


def _prompt(world: World, number: int) -> Prompt:
    return Prompt(
        project=world.project,
        messages=[{"role": "user", "content": f"Question {number}?"}],
        content_sha256=f"{number:064d}",
    )


def judgments_store(world: World, release: ReleaseView, said: Sequence[Said]) -> list[Judgment]:
    """Store every judgment with the task, slot, lease and submission it stands on."""
    meaning = release.clauses["helpful"].meaning_revision
    tasks = [
        Task(
            project=world.project,
            kind="compare",
            comparison_id=each.comparison.pk,
            release_id=release.id,
            clause_keys=["helpful"],
            slots=1,
            state="closed",
        )
        for each in said
    ]
    slots = [
        Slot(task=task, ordinal=1, project=world.project, kind="compare", state="filled") for task in tasks
    ]
    leases = [
        Lease(
            slot=slot,
            task=task,
            person=each.person,
            state="submitted",
            expires_at="2030-01-01T00:00:00Z",
        )
        for each, slot, task in zip(said, slots, tasks, strict=True)
    ]
    submissions = [
        Submission(
            id=uuid.uuid4(),
            task=lease.task,
            slot=lease.slot,
            lease=lease,
            person=lease.person,
            lease_epoch=1,
            document={},
            document_sha256="0" * 64,
            active_ms=10_000,
        )
        for lease in leases
    ]
    judgments = [
        Judgment(
            submission=submission,
            project=world.project,
            comparison=each.comparison,
            release_id=release.id,
            person=each.person,
            swapped=each.swapped,
            asked=each.asked,
        )
        for each, submission in zip(said, submissions, strict=True)
    ]
    answers = [
        AxisAnswer(
            judgment=judgment,
            clause_key="helpful",
            meaning_revision=meaning,
            choice="prefer" if each.value else "tie",
            value=each.value,
        )
        for each, judgment in zip(said, judgments, strict=True)
    ]
    Task.objects.bulk_create(tasks)
    Slot.objects.bulk_create(slots)
    Lease.objects.bulk_create(leases)
    Submission.objects.bulk_create(submissions)
    Judgment.objects.bulk_create(judgments)
    AxisAnswer.objects.bulk_create(answers)
    # As autovacuum would: without knowing how many there are, the database joins thousands of rows one by one.
    with connection.cursor() as cursor:
        for model in (Task, Slot, Lease, Submission, Judgment, AxisAnswer, Comparison, Response, Prompt):
            cursor.execute(f"ANALYZE {model._meta.db_table}")
    return judgments
