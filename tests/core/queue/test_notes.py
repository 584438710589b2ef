from __future__ import annotations

import uuid
from collections.abc import Callable
from datetime import timedelta

from django.utils import timezone

from core.accounts.models import AuditEvent
from core.content.services import post_hide
from core.queue.models import Note
from core.queue.services import submission_record
from tests.core.queue.queue_rows import lease_make, question_make
from tests.world import Caller, World

Call = Callable[[str], Caller]


def test_a_question_is_listed_until_it_is_answered_and_the_asker_reads_the_answer(
    world: World, call_as: Call
) -> None:
    asked = question_make(world, name="annotator")
    listed = f"/api/projects/{world.project.pk}/questions/"
    (row,) = call_as("policy_editor").get(listed).json()["results"]
    assert (row["text"], row["clause_key"], row["answers"]) == ("Is a toy a weapon?", "spam", [])
    assert row["pseudonym"] not in ("", "former member")
    done = call_as("policy_editor").post(f"/api/questions/{asked.pk}/answer/", {"text": "No."})
    assert done.status_code == 201
    assert call_as("reviewer").get(listed).json()["results"] == []
    assert len(call_as("reviewer").get(listed + "?open=false").json()["results"]) == 1
    (own,) = call_as("annotator").get("/api/me/notes/").json()["results"]
    assert [answer["text"] for answer in own["answers"]] == ["No."]
    assert own["lease_id"] is not None
    assert AuditEvent.objects.filter(action__in=["note.question", "note.answer"]).count() == 2


def test_nobody_reads_another_annotator_s_notes(world: World, call_as: Call) -> None:
    """S13: what one annotator writes tells another nothing."""
    asked = question_make(world, name="annotator")
    assert call_as("annotator2").get("/api/me/notes/").json()["results"] == []
    assert call_as("annotator2").get(f"/api/projects/{world.project.pk}/questions/").status_code == 403
    assert (
        call_as("annotator2").post(f"/api/questions/{asked.pk}/answer/", {"text": "Yes"}).status_code == 404
    )
    assert call_as("outsider").post(f"/api/questions/{asked.pk}/answer/", {"text": "Yes"}).status_code == 404


def test_a_comment_names_the_answer_it_is_about_and_cannot_be_answered(world: World, call_as: Call) -> None:
    lease = lease_make(world, world.person("annotator"))
    answer, _ = submission_record(
        world.actor("annotator"),
        submission_id=uuid.uuid4(),
        lease_id=lease.pk,
        document={"verdicts": []},
        active_ms=900,
    )
    path = f"/api/leases/{lease.pk}/notes/"
    written = call_as("annotator").post(path, {"kind": "comment", "text": " The price is a joke. "})
    note = Note.objects.get(pk=written.json()["id"])
    assert (note.submission_id, note.text, note.clause_key) == (answer.pk, "The price is a joke.", "")
    refused = call_as("reviewer").post(f"/api/questions/{note.pk}/answer/", {"text": "Why?"})
    assert (refused.status_code, refused.json()["code"]) == (409, "not_a_question")
    assert call_as("annotator").post(path, {"kind": "comment", "text": "  "}).status_code == 400
    assert call_as("annotator").post(path, {"kind": "answer", "text": "x"}).status_code == 400
    assert call_as("annotator2").post(path, {"kind": "comment", "text": "x"}).status_code == 404


def test_questions_about_a_hidden_post_are_gone_with_it(world: World, call_as: Call) -> None:
    """K03"""
    asked = question_make(world, name="annotator")
    assert asked.task.post_id is not None
    post_hide(world.actor("reviewer"), asked.task.post_id, reason="may be illegal to hold")
    listed = f"/api/projects/{world.project.pk}/questions/"
    assert call_as("reviewer").get(listed).json()["results"] == []
    assert call_as("reviewer").post(f"/api/questions/{asked.pk}/answer/", {"text": "x"}).status_code == 404


def test_recent_work_lists_one_s_own_newest_answers(world: World, call_as: Call) -> None:
    lease = lease_make(world, world.person("annotator"))
    actor = world.actor("annotator")
    first, _ = submission_record(
        actor, submission_id=uuid.uuid4(), lease_id=lease.pk, document={"a": 1}, active_ms=900
    )
    path = f"/api/projects/{world.project.pk}/recent-work/"
    (row,) = call_as("annotator").get(path).json()["results"]
    assert lease.task.post is not None
    assert (row["id"], row["subject"], row["is_correction"]) == (
        str(first.pk),
        lease.task.post.external_id,
        False,
    )
    second, _ = submission_record(
        actor,
        submission_id=uuid.uuid4(),
        lease_id=lease.pk,
        document={"a": 2},
        active_ms=900,
        supersedes_id=first.pk,
    )
    (row,) = call_as("annotator").get(path).json()["results"]
    assert (row["id"], row["is_correction"], row["lease_id"]) == (str(second.pk), True, str(lease.pk))
    assert call_as("annotator2").get(path).json()["results"] == []


def test_a_day_counts_from_where_the_caller_s_day_began(world: World, call_as: Call) -> None:
    submission_record(
        world.actor("annotator"),
        submission_id=uuid.uuid4(),
        lease_id=lease_make(world, world.person("annotator")).pk,
        document={"a": 1},
        active_ms=60_000,
    )
    day = call_as("annotator").get("/api/me/day/").json()
    assert (day["answers"], day["active_ms"], day["breaks"]) == (1, 60_000, 0)
    assert 60_000 <= day["stretch_ms"] < 90_000
    later = (timezone.now() + timedelta(minutes=1)).isoformat().replace("+00:00", "Z")
    assert call_as("annotator").get(f"/api/me/day/?since={later}").json()["answers"] == 0
