"""What was tallied is, at any moment, what counting the answers and decisions one by one gives."""

from __future__ import annotations

import random
import uuid
from collections import Counter

import psycopg
import pytest
from django.db import connection
from django.db.models import Q

from annotation.models import Decision, Tally, UnsettledAnswer
from annotation.selectors.citing import answers_citing, decisions_citing
from annotation.selectors.decisions import decisions_current
from annotation.selectors.votes import verdicts_counted
from annotation.services import Answer, annotation_submit
from annotation.services.reviews import Amendment, answer_review
from annotation.services.settling import answers_settle
from annotation.services.tallies import tallies_gather, tallies_renew
from core.queue.models import Submission
from policies.services import StoppedMeaning
from tests.annotation import material
from tests.world import World

Cells = Counter[tuple[str, str, int | None, str]]
MEANINGS = [StoppedMeaning("hate", 1, 2), StoppedMeaning("spam", 1, 2)]


def _told(world: World) -> tuple[Cells, Cells]:
    answers = answers_citing(world.project.pk, MEANINGS)
    decisions = decisions_citing(world.project.pk, MEANINGS)
    return (
        Counter({(row.clause_key, row.language, row.severity, row.answer): row.count for row in answers}),
        Counter({(row.clause_key, row.language, row.severity, row.answer): row.count for row in decisions}),
    )


def _counted(world: World) -> tuple[Cells, Cells]:
    columns = ("clause_key", "post__language", "severity", "answer")
    return (
        Counter(verdicts_counted(world.project.pk).filter(meaning_revision=1).values_list(*columns)),
        Counter(decisions_current(world.project.pk).filter(meaning_revision=1).values_list(*columns)),
    )


def _corrected(world: World, name: str, first: Submission, given: str) -> None:
    answer = Answer(first.lease_id, uuid.uuid4(), material.document(given), 900, supersedes_id=first.pk)
    annotation_submit(world.actor(name), answer)


def _amended(world: World, first: Submission, given: str) -> None:
    answer_review(
        world.actor("reviewer"),
        first.pk,
        project_id=world.project.pk,
        review_id=uuid.uuid4(),
        outcome="amended",
        amendment=Amendment(uuid.uuid4(), material.document(given, severity=3), 900),
    )


@pytest.mark.settles_later
@pytest.mark.parametrize("seed", range(4))
def test_they_are_exact_after_every_step_of_any_history(world: World, seed: int) -> None:
    draw = random.Random(seed)
    release = material.release_make(world)
    posts = [material.post_make(world, language=draw.choice(["en", "de", ""])) for _ in range(6)]
    material.tasks_make(world, release, posts, overlap=2)
    standing: dict[str, list[Submission]] = {"annotator": [], "annotator2": []}

    def step() -> None:
        kind = draw.choice(
            ["answer", "answer", "correct", "amend", "settle", "settle one", "gather", "renew"]
        )
        name, given = draw.choice(list(standing)), draw.choice(["yes", "no"])
        own = standing[name]
        if kind == "answer" and len(own) < len(posts):
            own.append(material.answer(world, name, material.document(given, severity=draw.randint(1, 3))))
        elif kind in ("correct", "amend") and own:
            first = own[draw.randrange(len(own))]
            if Submission.objects.filter(
                Q(supersedes=first) | Q(task=first.task, person=world.person("reviewer"))
            ):
                return
            if kind == "correct":
                _corrected(world, name, first, given)
            else:
                _amended(world, first, given)
        elif kind.startswith("settle"):
            answers_settle(most=1 if kind == "settle one" else 5_000)
        elif kind == "gather":
            tallies_gather()
        elif kind == "renew":
            tallies_renew()

    for _ in range(40):
        step()
        assert _told(world) == _counted(world)
    answers_settle()
    assert not UnsettledAnswer.objects.exists()
    assert _told(world) == _counted(world)
    tallies_gather()
    kept = list(Tally.objects.values_list("sort", "clause_key", "language", "severity", "answer"))
    assert len(kept) == len(set(kept)), "one row of a kind is left"
    assert all(tally.amount > 0 for tally in Tally.objects.all())
    assert _told(world) == _counted(world)


def test_what_was_put_there_past_the_triggers_is_found_when_they_are_made_anew(world: World) -> None:
    release = material.release_make(world)
    material.tasks_make(world, release, [material.post_make(world)], overlap=1)
    material.answer(world, "annotator", material.document("yes"))
    Tally.objects.all().delete()
    assert _told(world) == (Counter(), Counter())
    tallies_renew()
    assert _told(world) == _counted(world)
    assert sum(_told(world)[0].values()) == 2


def test_several_decisions_in_one_statement_count_once_for_each_post(world: World) -> None:
    release = material.release_make(world)
    post = material.post_make(world, language="de")
    rows = [
        Decision(
            project=world.project,
            post=post,
            release_id=release.id,
            clause_key="hate",
            meaning_revision=1,
            answer=answer,
            confidence=1,
            method="undecided" if answer is None else "majority",
            submissions=[],
        )
        for answer in ("yes", "no", "yes", None, "no")
    ]
    Decision.objects.bulk_create(rows[:3])
    assert _told(world)[1] == Counter({("hate", "de", None, "yes"): 1})
    Decision.objects.bulk_create(rows[4:])
    assert _told(world)[1] == Counter({("hate", "de", None, "no"): 1})
    rows[3].save(force_insert=True)
    assert _told(world)[1] == Counter({("hate", "de", None, "no"): 1}), "an older one changes nothing"
    assert _told(world) == _counted(world)


@pytest.mark.django_db(transaction=True)
def test_gathering_takes_nothing_that_comes_meanwhile(world: World) -> None:
    """One connection has put something there and not said so yet while another gathers."""
    cell = {"project": world.project, "sort": "answers", "clause_key": "hate", "meaning_revision": 1}
    cell |= {"language": "en", "answer": "yes", "amount": 1}
    Tally.objects.bulk_create(Tally(**cell) for _ in range(3))
    with psycopg.connect(**connection.get_connection_params()) as other:
        other.execute(
            "INSERT INTO annotation_tally (project_id, sort, clause_key, meaning_revision, language, answer, amount)"
            " VALUES (%s, 'answers', 'hate', 1, 'en', 'yes', 1)",
            [world.project.pk],
        )
        assert tallies_gather() == 3
        assert list(Tally.objects.values_list("amount", flat=True)) == [3]
        other.commit()
    assert sum(_told(world)[0].values()) == 4
    assert tallies_gather() == 2
    assert list(Tally.objects.values_list("amount", flat=True)) == [4]
