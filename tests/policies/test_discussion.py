from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from django.db import DatabaseError, connection, transaction

from core.accounts.models import AuditEvent
from policies import services
from policies.models import Comment, DraftVersion, Release, Suggestion
from tests.policies.clause_texts import verdict_json, with_block
from tests.policies.releases import draft_made, fresh, policy_made, release_made, writer
from tests.world import Caller, World

CallAs = Callable[[str], Caller]


@pytest.fixture
def draft(world: World) -> Release:
    return draft_made(world, policy_made(world))


def _suggest(caller: Caller, draft: Release, **changes: Any) -> Any:
    body = {"clause_key": "spam", "at": "question", "proposed": "Is it unwanted?", "why": "Clearer."}
    answer = caller.post(f"/api/releases/{draft.pk}/suggestions/", {**body, **changes})
    assert answer.status_code == 201, answer.content
    return answer.json()["suggestions"][-1]


def test_a_comment_keeps_what_it_is_about_when_the_passage_changes_and_goes(
    world: World, draft: Release, call_as: CallAs
) -> None:
    author, colleague = call_as("policy_editor"), call_as("manager")
    path = f"/api/releases/{draft.pk}/"
    said = colleague.post(
        f"{path}comments/", {"clause_key": "spam", "at": "blocks/rationale", "text": "Whom does it protect?"}
    )
    assert said.status_code == 201, said.content
    (thread,) = said.json()["threads"]
    assert "Private sales" in thread["quote"]
    author.post(f"{path}comments/", {"answers_id": thread["id"], "text": "Buyers."})
    spam = with_block(verdict_json(title="Spam", question="Is it spam?", requires={}), "rationale", "Buyers.")
    author.put(f"{path}clauses/spam/", {"version": 1, "document": spam})
    (changed,) = author.get(f"{path}discussion/").json()["threads"]
    assert (changed["is_changed"], changed["is_gone"]) == (True, False)
    assert [reply["text"] for reply in changed["replies"]] == ["Buyers."]
    author.delete(f"{path}clauses/spam/?version=2")
    (gone,) = author.get(f"{path}discussion/").json()["threads"]
    assert gone["is_gone"] and gone["quote"] == thread["quote"]


def test_a_thread_is_settled_and_opened_again(world: World, draft: Release, call_as: CallAs) -> None:
    author = call_as("policy_editor")
    said = author.post(f"/api/releases/{draft.pk}/comments/", {"clause_key": "spam", "text": "Look here."})
    path = f"/api/comments/{said.json()['threads'][0]['id']}/"
    settled = author.patch(path, {"is_resolved": True}).json()["threads"][0]
    assert settled["resolved_by"]["display_name"] == "Policy Editor"
    assert author.patch(path, {"is_resolved": False}).json()["threads"][0]["resolved_at"] is None


@pytest.mark.parametrize("at", ["blocks/nowhere", "answers/never", "../etc/passwd"])
def test_nobody_comments_on_a_passage_that_is_not_there(
    world: World, draft: Release, call_as: CallAs, at: str
) -> None:
    answer = call_as("policy_editor").post(
        f"/api/releases/{draft.pk}/comments/", {"clause_key": "spam", "at": at, "text": "?"}
    )
    assert (answer.status_code, answer.json()["code"]) == (400, "passage_not_found")


def test_a_suggestion_is_shown_as_words_and_accepted_into_the_text(
    world: World, draft: Release, call_as: CallAs
) -> None:
    suggestion = _suggest(call_as("manager"), draft)
    assert [(part["operation"], part["text"]) for part in suggestion["segments"]] == [
        ("equal", "Is it "),
        ("delete", "spam"),
        ("insert", "unwanted"),
        ("equal", "?"),
    ]
    author = call_as("policy_editor")
    accepted = author.post(
        f"/api/suggestions/{suggestion['id']}/accept/", {"version": 1, "note": "Thank you."}
    )
    assert accepted.status_code == 200, accepted.content
    assert accepted.json()["suggestions"][0]["state"] == "accepted"
    clause = draft.clauses.get(key="spam")
    assert (clause.question, clause.version) == ("Is it unwanted?", 2)
    assert DraftVersion.objects.get(release=draft, clause_key="spam", version=2).action == "suggested"
    assert AuditEvent.objects.filter(action="suggestion.accepted").exists()
    again = author.post(f"/api/suggestions/{suggestion['id']}/accept/", {"version": 2})
    assert (again.status_code, again.json()["code"]) == (409, "suggestion_decided")


def test_a_suggestion_is_only_accepted_onto_the_text_that_was_read(
    world: World, draft: Release, call_as: CallAs
) -> None:
    suggestion = _suggest(call_as("manager"), draft)
    author = call_as("policy_editor")
    other = verdict_json(title="Spam", question="Is it bulk?", requires={})
    author.put(f"/api/releases/{draft.pk}/clauses/spam/", {"version": 1, "document": other})
    refused = author.post(f"/api/suggestions/{suggestion['id']}/accept/", {"version": 1})
    assert (refused.status_code, refused.json()["code"]) == (409, "clause_version_conflict")
    assert draft.clauses.get(key="spam").question == "Is it bulk?"
    shown = author.get(f"/api/releases/{draft.pk}/discussion/").json()["suggestions"][0]
    assert (shown["state"], shown["is_changed"]) == ("open", True)
    assert {"operation": "delete", "text": "bulk"} in shown["segments"]


def test_whose_suggestion_is_in_the_text_does_not_approve_it(world: World, draft: Release) -> None:
    manager = world.actor("manager")
    suggestion = services.suggestion_make(
        manager, release_id=draft.pk, clause_key="spam", at="question", proposed="Is it unwanted?"
    )
    services.suggestion_accept(writer(world), suggestion_id=suggestion.pk, version=1)
    services.release_submit(writer(world), release_id=draft.pk)
    from policies.errors import ApprovalOwnTextError

    with pytest.raises(ApprovalOwnTextError):
        services.release_approve(manager, release_id=draft.pk, verdict="approved")


def test_a_reviewer_suggests_in_review_and_the_text_waits_until_it_is_taken_back(
    world: World, draft: Release, call_as: CallAs
) -> None:
    author = call_as("policy_editor")
    author.post(f"/api/releases/{draft.pk}/submit/")
    suggestion = _suggest(call_as("manager"), draft)
    path = f"/api/suggestions/{suggestion['id']}/accept/"
    assert author.post(path, {"version": 1}).json()["code"] == "release_not_draft"
    author.post(f"/api/releases/{draft.pk}/withdraw/")
    assert author.post(path, {"version": 1}).status_code == 200


def test_only_who_made_a_suggestion_takes_it_back(world: World, draft: Release, call_as: CallAs) -> None:
    suggestion = _suggest(call_as("manager"), draft)
    path = f"/api/suggestions/{suggestion['id']}/withdraw/"
    assert call_as("policy_editor").post(path, {}).json()["code"] == "suggestion_others"
    assert call_as("manager").post(path, {}).json()["suggestions"][0]["state"] == "withdrawn"


def test_a_suggestion_that_changes_nothing_is_refused(world: World, draft: Release, call_as: CallAs) -> None:
    answer = call_as("manager").post(
        f"/api/releases/{draft.pk}/suggestions/",
        {"clause_key": "spam", "at": "question", "proposed": "Is it spam?  "},
    )
    assert (answer.status_code, answer.json()["code"]) == (400, "suggestion_empty")


def test_what_was_said_is_unknown_to_those_who_do_not_write_policy(
    world: World, draft: Release, call_as: CallAs
) -> None:
    suggestion = _suggest(call_as("manager"), draft)
    annotator = call_as("annotator")
    assert annotator.get(f"/api/releases/{draft.pk}/discussion/").status_code == 403
    assert annotator.post(f"/api/suggestions/{suggestion['id']}/withdraw/", {}).status_code == 403


def test_words_said_are_never_rewritten_by_sql(world: World, draft: Release, call_as: CallAs) -> None:
    suggestion = _suggest(call_as("manager"), draft)
    services.comment_write(writer(world), release_id=draft.pk, clause_key="spam", text="Hm.")
    services.suggestion_reject(writer(world), suggestion_id=suggestion["id"], note="No.")
    services.release_update(writer(world), release_id=draft.pk, version=fresh(draft).version, title="T")
    for statement in (
        "UPDATE policies_comment SET text = 'x'",
        "DELETE FROM policies_comment",
        "UPDATE policies_suggestion SET proposed = 'x'",
        "UPDATE policies_suggestion SET state = 'open', decided_at = NULL, decided_by_id = NULL",
        "DELETE FROM policies_suggestion",
        "UPDATE policies_draftversion SET document = '{}'",
        "DELETE FROM policies_draftversion",
    ):
        with pytest.raises(DatabaseError), transaction.atomic(), connection.cursor() as cursor:
            cursor.execute(statement)
    assert (Comment.objects.count(), Suggestion.objects.count()) == (1, 1)


def test_every_save_is_kept_and_one_sitting_is_one_row(world: World, call_as: CallAs) -> None:
    first = release_made(world)
    draft = draft_made(world, first.policy, based_on=first)
    author = call_as("policy_editor")
    path = f"/api/releases/{draft.pk}/clauses/spam/"
    for version, title in enumerate(("One", "Two", "Three"), start=1):
        author.put(path, {"version": version, "document": verdict_json(title=title, requires={})})
    call_as("policy_editor2").put(path, {"version": 4, "document": verdict_json(title="Four", requires={})})
    rows = author.get(f"{path}versions/").json()
    assert [(row["version"], row["first_version"], row["saves"], row["action"]) for row in rows] == [
        (5, 5, 1, "written"),
        (4, 2, 3, "written"),
        (1, 1, 1, "copied"),
    ]
    old = author.get(f"{path}versions/3/").json()
    assert old["document"]["title"] == "Two"
    assert [field["field"] for field in old["fields_changed"]] == ["title"]
    assert author.get(f"{path}versions/1/").json()["document"]["title"] == "Spam"
    assert author.get(f"{path}versions/9/").json()["code"] == "version_not_found"


def test_who_is_in_the_draft_is_told_to_the_others(world: World, draft: Release, call_as: CallAs) -> None:
    author, colleague = call_as("policy_editor"), call_as("manager")
    path = f"/api/releases/{draft.pk}/presence/"
    assert author.post(path, {"clause_key": "spam"}).json()["people"] == []
    news = colleague.post(path, {"clause_key": "weapons"}).json()
    assert [(row["person"]["display_name"], row["clause_key"]) for row in news["people"]] == [
        ("Policy Editor", "spam")
    ]
    author.put(
        f"/api/releases/{draft.pk}/clauses/spam/",
        {"version": 1, "document": verdict_json(title="Other", requires={})},
    )
    later = colleague.post(path, {"clause_key": "weapons"}).json()
    assert later["text_mark"] != news["text_mark"]
    author.post(path, {"is_leaving": True})
    assert colleague.post(path, {}).json()["people"] == []


def test_named_people_are_asked_and_enough_of_them_have_to_approve(
    world: World, draft: Release, call_as: CallAs
) -> None:
    author, manager = call_as("policy_editor"), call_as("manager")
    required = manager.put(f"/api/policies/{draft.policy_id}/approvals/", {"required": 2})
    assert required.json()["approvals_required"] == 2
    path = f"/api/releases/{draft.pk}/"
    people = {row["person"]["display_name"]: row for row in author.get(f"{path}reviewers/").json()["people"]}
    assert people["Policy Editor"]["is_author"]
    asked = [people[name]["person"]["id"] for name in ("Manager", "Policy Editor2")]
    reviewing = author.put(f"{path}reviewers/", {"person_ids": asked}).json()
    assert sum(row["is_asked"] for row in reviewing["people"]) == 2
    author.post(f"{path}submit/")
    manager.post(f"{path}approve/", {"verdict": "approved"})
    half = author.get(f"{path}reviewers/").json()
    assert (half["required"], half["counted"]) == (2, 1)
    refused = author.post(f"{path}publish/", {})
    assert (refused.status_code, refused.json()["code"]) == (409, "approval_missing")
    call_as("policy_editor2").post(f"{path}approve/", {"verdict": "approved"})
    assert author.post(f"{path}publish/", {}).json()["state"] == "released"


def test_nobody_is_asked_who_may_not_approve(world: World, draft: Release, call_as: CallAs) -> None:
    annotator = str(world.people["annotator"].pk)
    answer = call_as("policy_editor").put(f"/api/releases/{draft.pk}/reviewers/", {"person_ids": [annotator]})
    assert (answer.status_code, answer.json()["code"]) == (400, "reviewer_invalid")


def test_an_approval_of_an_earlier_text_does_not_count(world: World, draft: Release, call_as: CallAs) -> None:
    author, manager = call_as("policy_editor"), call_as("manager")
    path = f"/api/releases/{draft.pk}/"
    author.post(f"{path}submit/")
    manager.post(f"{path}approve/", {"verdict": "approved"})
    author.post(f"{path}withdraw/")
    author.put(f"{path}clauses/spam/", {"version": 1, "document": verdict_json(title="Other", requires={})})
    author.post(f"{path}submit/")
    said = {row["person"]["display_name"]: row for row in author.get(f"{path}reviewers/").json()["people"]}
    assert (said["Manager"]["answer"], said["Manager"]["counts"]) == ("approved", False)
