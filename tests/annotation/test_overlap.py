from __future__ import annotations

import uuid
from typing import Any

from annotation.models import Decision
from annotation.services import Answer, PostChoice, annotation_submit, label_tasks_request
from core.accounts.models import AuditEvent
from core.queue.models import Lease, Slot, Task
from core.queue.services import lease_next
from tests.annotation import material
from tests.annotation.gold_material import rules_set
from tests.world import Caller, World


def verdicts(**answers: str) -> dict[str, Any]:
    full = material.document(answers.get("hate", "no"), answers.get("spam", "no"))
    return {"verdicts": [row for row in full["verdicts"] if row["clause_key"] in answers]}


def one_task(world: World, **rules: Any) -> Task:
    rules_set(world, **rules)
    release = material.release_once(world)
    post = material.post_make(world)
    label_tasks_request(
        world.actor("manager"), world.project.pk, release_id=release.id, posts=PostChoice(post_ids=(post.pk,))
    )
    return Task.objects.get()


def test_a_clause_is_asked_of_as_many_people_as_the_project_wants(world: World) -> None:
    task = one_task(world, overlap=1, clauses={"hate": {"overlap": 3}})
    asked = [slot.clause_keys for slot in Slot.objects.order_by("ordinal")]
    assert (task.slots, asked) == (3, [None, ["hate"], ["hate"]])
    material.answer(world, "annotator", material.document())
    bundle = Caller(world.person("annotator2")).post(
        f"/api/projects/{world.project.pk}/label/exchange/", {"take": 1}
    )
    (only,) = bundle.json()["next"]
    assert [clause["key"] for clause in only["clauses"]] == ["hate"]
    lease = Lease.objects.get(pk=only["lease"]["id"])
    both = Answer(lease.pk, uuid.uuid4(), material.document(), 900)
    refused = Caller(world.person("annotator2")).post(
        f"/api/leases/{lease.pk}/annotation/",
        {"id": str(both.submission_id), "document": both.document, "active_ms": 5},
    )
    assert refused.json()["errors"][0]["code"] == "clause_not_asked"
    annotation_submit(world.actor("annotator2"), Answer(lease.pk, uuid.uuid4(), verdicts(hate="no"), 900))
    material.answer(world, "reviewer", verdicts(hate="yes"))
    decided = {row.clause_key: (row.answer, row.method) for row in Decision.objects.all()}
    assert decided == {"hate": ("no", "majority"), "spam": ("no", "unanimous")}


def test_one_more_is_asked_on_disagreement_about_what_is_disputed(world: World) -> None:
    task = one_task(world, overlap=2, answers_most=4)
    material.answer(world, "annotator", material.document("yes"))
    material.answer(world, "annotator2", material.document("no"))
    task.refresh_from_db()
    assert (task.state, task.slots) == ("open", 3)
    assert Slot.objects.get(ordinal=2).clause_keys == ["hate"]
    assert AuditEvent.objects.filter(action="task.ask_more").count() == 1
    material.answer(world, "reviewer", verdicts(hate="no"))
    task.refresh_from_db()
    assert (task.state, task.slots) == ("closed", 3), "two of three are enough"
    newest = Decision.objects.filter(clause_key="hate").order_by("-id")[0]
    assert (newest.answer, newest.method) == ("no", "majority")


def test_nobody_is_asked_beyond_the_maximum(world: World) -> None:
    task = one_task(world, overlap=2, answers_most=3, agree_share=0.9)
    material.answer(world, "annotator", material.document("yes"))
    material.answer(world, "annotator2", material.document("no"))
    material.answer(world, "reviewer", verdicts(hate="no"))
    task.refresh_from_db()
    assert (task.state, task.slots) == ("closed", 3)


def test_a_clause_that_asks_nobody_more_does_not(world: World) -> None:
    task = one_task(world, overlap=2, answers_most=4, clauses={"hate": {"asks_more": False}})
    material.answer(world, "annotator", material.document("yes"))
    material.answer(world, "annotator2", material.document("no"))
    task.refresh_from_db()
    assert task.state == "closed"


def test_without_rules_nobody_more_is_asked(world: World) -> None:
    release = material.release_once(world)
    material.tasks_make(world, release, [material.post_make(world)], overlap=2)
    material.answer(world, "annotator", material.document("yes"))
    material.answer(world, "annotator2", material.document("no"))
    assert Task.objects.get().state == "closed"


def test_nobody_gets_the_task_again_for_the_further_slot(world: World) -> None:
    one_task(world, overlap=2, answers_most=4)
    material.answer(world, "annotator", material.document("yes"))
    material.answer(world, "annotator2", material.document("no"))
    assert lease_next(world.actor("annotator"), project=world.project, kind="label") is None
