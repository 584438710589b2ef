"""How much help from a model's suggestions the answers of a dataset may have had."""

from __future__ import annotations

import uuid
from typing import Any

import pytest

from annotation.models import Suggestion
from core.accounts.models import User
from exports.models import Version
from exports.selectors.difference import definition_changes
from tests.annotation import material
from tests.exports.answers import Answers
from tests.exports.datasets import Exporter
from tests.world import Caller


def answered(answers: Answers, text: str, *, follow: bool, suggested: bool = True) -> None:
    """Two people answer about a post; with a suggestion of “yes” shown, which the first takes over or not."""
    post = material.post_make(answers.world, text=text, with_image=False)
    found = material.suggest(answers.world, answers.release, post, answer="yes") if suggested else None
    material.tasks_make(answers.world, answers.release, [post], overlap=2, clause_keys=["hate", "spam"])
    for name in ("annotator", "annotator2"):
        origin = found if follow and name == "annotator" else None
        answer(answers, name, origin)


def answer(answers: Answers, name: str, origin: Suggestion | None) -> dict[str, Any]:
    caller, path = (
        Caller(answers.world.person(name)),
        f"/api/projects/{answers.world.project.pk}/label/exchange/",
    )
    (bundle,) = caller.post(path, {"take": 1}).json()["next"]
    document = material.document("yes")
    if origin is not None:
        document["verdicts"][0]["origin"] = f"suggestion:{origin.pk}"
    given = {
        "lease_id": bundle["lease"]["id"],
        "id": str(uuid.uuid4()),
        "document": document,
        "active_ms": 900,
    }
    response = caller.post(path, {"answer": given, "take": 0})
    assert response.status_code == 200, response.json()
    return {"bundle": bundle, "given": given}


@pytest.fixture
def helped(answers: Answers) -> Answers:
    """Three posts: a suggestion taken over, one shown and left, and none."""
    material.rules(answers.world)
    answered(answers, "Taken over", follow=True)
    answered(answers, "Shown", follow=False)
    answered(answers, "Alone", follow=False, suggested=False)
    return answers


def labels(exporter: Exporter, version: dict[str, Any]) -> list[tuple[str, str]]:
    return sorted((row["text"], row["clause_key"]) for row in exporter.rows(version, "labels"))


def test_a_dataset_leaves_out_what_came_with_help_and_counts_it(helped: Answers, exporter: Exporter) -> None:
    whole = exporter.build(exporter.create("whole", ["labels", "votes"]))
    assert len(labels(exporter, whole)) == 6
    assert "`votes`: 1 of 12 answers were taken over from a model's suggestion." in whole["card"]
    assert "are taken, and marked `assisted`" in whole["card"]

    own = exporter.build(exporter.create("own", ["labels", "votes"], assistance="unassisted"))
    assert ("Taken over", "hate") not in labels(exporter, own)
    assert len(labels(exporter, own)) == 5
    assert own["exclusions"] == {"labels": {"assisted": 1}, "votes": {"assisted": 1}}
    assert "| `labels` | `assisted` | 1 |" in own["card"]

    alone = exporter.build(exporter.create("alone", ["labels", "votes"], assistance="unshown"))
    # Nothing was suggested about the other question.
    assert labels(exporter, alone) == [
        ("Alone", "hate"),
        ("Alone", "spam"),
        ("Shown", "spam"),
        ("Taken over", "spam"),
    ]
    assert alone["exclusions"]["labels"] == {"assisted": 1, "suggestion_shown": 1}
    assert alone["exclusions"]["votes"] == {"assisted": 1, "suggestion_shown": 3}
    assert alone["manifest"]["definition"]["assistance"] == "unshown"


def test_a_suggestion_that_was_ready_and_not_shown_helped_nobody(
    answers: Answers, exporter: Exporter
) -> None:
    material.rules(answers.world, share=0.0)
    answered(answers, "Withheld", follow=False)
    alone = exporter.build(exporter.create("alone", ["labels"], assistance="unshown"))
    assert len(labels(exporter, alone)) == 2


def test_an_answer_that_stays_after_a_second_look_was_given_alone(
    answers: Answers, exporter: Exporter
) -> None:
    material.rules(answers.world, timing="after_answer")
    post = material.post_make(answers.world, text="Looked again", with_image=False)
    material.suggest(answers.world, answers.release, post, answer="no")
    material.tasks_make(answers.world, answers.release, [post], overlap=2, clause_keys=["hate", "spam"])
    stays, changes = (answer(answers, name, None) for name in ("annotator", "annotator2"))
    first, second = (answers.world.person(name) for name in ("annotator", "annotator2"))
    look(first, stays)
    report = {"shown_ms": 900, "rejected": []}
    assert Caller(first).post(f"/api/leases/{lease(stays)}/suggestions/", report).status_code == 200
    look(second, changes)
    again = {"id": str(uuid.uuid4()), "document": material.document("no"), "active_ms": 900}
    response = Caller(second).post(
        f"/api/leases/{lease(changes)}/annotation/", {**again, "supersedes_id": changes["given"]["id"]}
    )
    assert response.status_code in (200, 201), response.json()
    alone = exporter.build(exporter.create("alone", ["votes"], assistance="unshown"))
    kept = [(row["axis"], row["choice"]) for row in exporter.rows(alone, "votes") if row["axis"] == "hate"]
    assert sorted(kept) == [("hate", "yes"), ("hate", "yes")]
    assert alone["exclusions"]["votes"] == {"suggestion_shown": 1}


def lease(given: dict[str, Any]) -> str:
    return str(given["bundle"]["lease"]["id"])


def look(person: User, given: dict[str, Any]) -> None:
    response = Caller(person).post(f"/api/leases/{lease(given)}/second-look/", {})
    assert response.status_code == 200, response.json()


def test_a_version_older_than_the_choice_differs_in_nothing_by_it(
    helped: Answers, exporter: Exporter
) -> None:
    dataset = exporter.create(kinds=["labels"])
    stored = Version.objects.get(pk=exporter.build(dataset)["id"])
    known = {name: value for name, value in stored.definition.items() if name != "assistance"}
    older = Version(definition=known, kinds=stored.kinds)
    assert definition_changes(older, stored) == []
    stricter = Version(definition={**stored.definition, "assistance": "unshown"}, kinds=stored.kinds)
    changed = [{"field": "assistance", "before": "all", "after": "unshown"}]
    assert definition_changes(older, stricter) == changed
