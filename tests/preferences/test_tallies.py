"""What was tallied of comparisons is, at any moment, what counting one by one gives."""

from __future__ import annotations

import random
import uuid
from collections import Counter
from datetime import timedelta

import pytest
from django.db.models.functions import Now

from core.queue.models import Submission
from core.queue.selectors import Lease
from policies.services import StoppedMeaning
from preferences.domain.decisions import Outcome
from preferences.models import ComparisonDecision, Tally, UnsettledJudgment
from preferences.selectors.comparisons import axis_answers_counted, citations_counted, current_decisions
from preferences.selectors.slates import current_ratings, opinions_counted, placements_counted
from preferences.services.impact import PreferenceImpact
from preferences.services.settling import judgments_settle
from preferences.services.tallies import tallies_gather, tallies_renew
from tests.preferences import material, slates
from tests.world import World

Cells = Counter[tuple[str, str, str, int | None]]
MEANINGS = [StoppedMeaning(key, 1, 2) for key in ("helpful", "harmless", "weapons")]
_PROMPT = "judgment__comparison__prompt__language"


def _told(world: World) -> Cells:
    rows = PreferenceImpact().count(project_id=world.project.pk, stopped=MEANINGS)
    return Counter({(row.noun, row.clause_key, row.language, row.severity): row.count for row in rows})


def _counted(world: World) -> Cells:
    project_id = world.project.pk
    judged = axis_answers_counted(project_id).values_list("clause_key", _PROMPT)
    cited = citations_counted(project_id).values_list(
        "clause_key", f"assessment__{_PROMPT}", "assessment__severity"
    )
    decided = [
        (row.clause_key, row.comparison.prompt.language)
        for row in current_decisions().filter(project_id=project_id).select_related("comparison__prompt")
        if row.outcome != Outcome.NONE
    ]
    spoken = "answer__slate__prompt__language"
    rated = placements_counted(project_id).values_list("clause_key", spoken)
    held = [
        (cited["clause_key"], language, severity)
        for cites, language, severity in opinions_counted(project_id).values_list("cited", spoken, "severity")
        for cited in cites
    ]
    means = current_ratings().filter(project_id=project_id).select_related("slate__prompt")
    return Counter(
        [
            *(("ratings", key, language, None) for key, language in rated),
            *(("rating decisions", row.clause_key, row.slate.prompt.language, None) for row in means),
            *(("response assessments", *cell) for cell in held),
            *(("judgments", key, language, None) for key, language in judged),
            *(("comparison decisions", key, language, None) for key, language in decided),
            *(("response assessments", key, language, severity) for key, language, severity in cited),
        ]
    )


def _document(draw: random.Random) -> dict[str, object]:
    refused = {
        "position": draw.choice(["first", "second"]),
        "acceptable": False,
        "clause_keys": ["weapons"],
        "severity": draw.choice([1, 2]),
    }
    return material.document(draw.choice([-2, 0, 2]), responses=draw.choice([[], [refused]]))


@pytest.mark.settles_later
@pytest.mark.parametrize("seed", range(2))
def test_they_are_exact_after_every_step_of_any_history(world: World, seed: int) -> None:
    draw = random.Random(seed)
    material.release_make(world)
    for language in ("en", "de", ""):
        material.comparisons_make(world, 2, language=language)
    material.tasks_make(world, overlap=2)
    standing: dict[str, list[tuple[Lease, Submission]]] = {"annotator": [], "annotator2": []}

    def step() -> None:
        kind = draw.choice(["judge", "judge", "correct", "settle", "settle one", "gather", "renew"])
        name = draw.choice(list(standing))
        own = standing[name]
        if kind == "judge" and len(own) < 6:
            lease = material.lease_make(world, name)
            own.append((lease, material.submit(world.actor(name), lease, _document(draw))[0]))
        elif kind == "correct" and own:
            at = draw.randrange(len(own))
            lease, first = own[at]
            again, _ = material.submit(world.actor(name), lease, _document(draw), supersedes_id=first.pk)
            own[at] = (lease, again)
        elif kind.startswith("settle"):
            judgments_settle(most=1 if kind == "settle one" else 5_000)
        elif kind == "gather":
            tallies_gather()
        elif kind == "renew":
            tallies_renew()

    for _ in range(30):
        step()
        assert _told(world) == _counted(world)
    judgments_settle()
    assert not UnsettledJudgment.objects.exists()
    assert _told(world) == _counted(world)
    tallies_gather()
    kept = list(Tally.objects.values_list("sort", "clause_key", "language", "severity"))
    assert len(kept) == len(set(kept)), "one row of a kind is left"
    assert all(tally.amount > 0 for tally in Tally.objects.all())
    assert _told(world) == _counted(world)


@pytest.mark.settles_later
def test_pairs_that_follow_from_a_ranking_count_until_it_is_corrected(world: World) -> None:
    slates.slates_make(world)
    lease, first = slates.rank(world, "annotator", 1, 2, 3, 4)
    assert _told(world) == Counter(), "no pair follows before it is settled"
    again = slates.ranks(1, None, None, None)
    material.submit(world.actor("annotator"), lease, again, supersedes_id=first.pk)
    slates.rank(world, "annotator2", 2, 1, 3, 4)
    # The first one failed and is tried again later; what corrects it comes before.
    UnsettledJudgment.objects.filter(submission_id=first.pk).update(due_at=Now() + timedelta(hours=1))
    judgments_settle()
    assert not UnsettledJudgment.objects.exists()
    assert _told(world) == _counted(world)
    assert _told(world)["judgments", "helpful", "", None] == 9
    told = _told(world)
    tallies_renew()
    assert _told(world) == told


@pytest.mark.settles_later
@pytest.mark.parametrize("seed", range(2))
def test_ratings_and_what_is_held_of_responses_are_exact_after_every_step(world: World, seed: int) -> None:
    draw = random.Random(seed)
    slates.slates_make(world, form="rating", size=3, count=3)
    standing: list[tuple[str, Lease, Submission]] = []

    def said() -> dict[str, object]:
        refused = {
            "position": draw.choice(["first", "second"]),
            "acceptable": False,
            "clause_keys": ["weapons"],
        }
        values = [draw.randrange(5) for _ in range(3)]
        return slates.ranks(*values, responses=draw.choice([[], [refused]]))

    for _ in range(25):
        kind = draw.choice(["rate", "rate", "correct", "settle", "settle one", "gather", "renew"])
        if kind == "rate" and len(standing) < 6:
            name = "annotator" if len(standing) % 2 else "annotator2"
            lease = material.lease_make(world, name)
            slates.order_fix(lease, *draw.sample(range(3), 3))
            standing.append((name, lease, material.submit(world.actor(name), lease, said())[0]))
        elif kind == "correct" and standing:
            at = draw.randrange(len(standing))
            name, lease, first = standing[at]
            again, _ = material.submit(world.actor(name), lease, said(), supersedes_id=first.pk)
            standing[at] = (name, lease, again)
        elif kind.startswith("settle"):
            judgments_settle(most=1 if kind == "settle one" else 5_000)
        elif kind == "gather":
            tallies_gather()
        elif kind == "renew":
            tallies_renew()
        assert _told(world) == _counted(world)
    judgments_settle()
    assert _told(world) == _counted(world)
    assert not any(noun == "judgments" for noun, *_ in _told(world))


def test_what_was_put_there_past_the_triggers_is_found_when_they_are_made_anew(world: World) -> None:
    material.release_make(world)
    material.comparisons_make(world)
    material.tasks_make(world)
    material.judge(world, "annotator")
    Tally.objects.all().delete()
    assert not _told(world)
    tallies_renew()
    assert _told(world) == _counted(world) != Counter()


def test_several_decisions_in_one_statement_count_once_for_each_comparison(world: World) -> None:
    release = material.release_make(world)
    (comparison,) = material.comparisons_make(world, language="de")
    rows = [
        ComparisonDecision(
            id=uuid.UUID(int=place),
            project=world.project,
            comparison=comparison,
            release_id=release.id,
            clause_key="helpful",
            meaning_revision=1,
            outcome=outcome,
            method="undecided" if outcome == "none" else "majority",
            strength=0,
            p_a_better=0.5,
            agreement=1,
            votes=1,
            submissions=[],
        )
        for place, outcome in enumerate(["a", "b", "none", "tie"], start=1)
    ]
    decided = ("comparison decisions", "helpful", "de", None)
    ComparisonDecision.objects.bulk_create(rows[:2])
    assert _told(world) == Counter({decided: 1})
    ComparisonDecision.objects.bulk_create(rows[2:3])
    assert _told(world) == Counter()
    ComparisonDecision.objects.bulk_create(rows[3:])
    assert _told(world) == _counted(world) == Counter({decided: 1})
