from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from django.db import DatabaseError, connection, transaction
from django.utils import timezone

from core import events
from core.accounts.models import AuditEvent
from policies import services
from policies.errors import (
    AgainstInvalidError,
    ApprovalMissingError,
    ApprovalOwnTextError,
    ApprovalRepeatedError,
    EffectiveDateError,
    ReleaseIncompleteError,
    ReleaseNotDraftError,
    ReleaseNotFoundError,
    ReleaseStateError,
)
from policies.events import ReleasePublished
from policies.models import Clause, Release
from policies.selectors import (
    meaning_changes,
    meanings,
    release_current,
    release_get,
    release_markdown,
    releases_current,
)
from tests.policies.clause_texts import DEFINITION, verdict_json, with_block
from tests.policies.releases import approved, draft_made, edited, fresh, policy_made, published, release_made
from tests.world import Caller, World


def test_a_first_release_gets_number_1_a_hash_and_first_meanings(world: World) -> None:
    release = release_made(world)
    view = release_get(release.pk)
    assert view.label == "community@1"
    assert len(view.content_sha256) == 64
    assert meanings(release.pk) == {"weapons": 1, "spam": 1, "helpful": 1}
    assert list(view.clauses) == ["weapons", "spam", "helpful"]
    assert view.clauses["weapons"].harmful_values == {"yes"}
    assert [clause.key for clause in view.axis_clauses] == ["helpful"]


def test_a_second_release_raises_only_what_was_decided_semantic(world: World) -> None:
    first = release_made(world)
    draft = draft_made(world, first.policy, based_on=first)
    edited(
        world,
        draft,
        "weapons",
        with_block(verdict_json(), "definition", DEFINITION + " Knives too."),
        "semantic",
    )
    edited(
        world,
        draft,
        "spam",
        verdict_json(title="Unwanted mail", question="Is it spam?", requires={}),
        "editorial",
    )
    second = published(world, draft)
    assert second.number == 2
    assert meanings(second.pk) == {"weapons": 2, "spam": 1, "helpful": 1}
    assert [(c.clause_key, c.before, c.after) for c in meaning_changes(first.pk, second.pk)] == [
        ("weapons", 1, 2)
    ]


def test_a_release_from_an_older_one_keeps_the_older_meaning(world: World) -> None:
    first = release_made(world)
    draft = draft_made(world, first.policy, based_on=first)
    edited(world, draft, "weapons", with_block(verdict_json(), "definition", "Anything sharp."), "semantic")
    published(world, draft)
    again = draft_made(world, first.policy, based_on=first)
    edited(world, again, "spam", verdict_json(title="Spam", question="Is it junk?", requires={}), "semantic")
    third = published(world, again)
    assert meanings(third.pk) == {"weapons": 1, "spam": 2, "helpful": 1}


def test_publishing_is_told_and_audited(world: World) -> None:
    heard: list[ReleasePublished] = []
    events.subscribe(ReleasePublished, heard.append)
    release = release_made(world)
    assert [(event.release_id, event.number) for event in heard] == [(release.pk, 1)]
    assert heard[0].raised_keys == ("helpful", "spam", "weapons")
    actions = set(AuditEvent.objects.filter(project=world.project).values_list("action", flat=True))
    assert {
        "policy.create",
        "release.draft",
        "clause.add",
        "release.submit",
        "release.approve",
        "release.publish",
    } <= actions


def test_an_author_cannot_approve_what_they_wrote(world: World) -> None:
    draft = draft_made(world, policy_made(world))
    services.release_submit(world.actor("policy_editor"), release_id=draft.pk)
    with pytest.raises(ApprovalOwnTextError):
        services.release_approve(world.actor("policy_editor"), release_id=draft.pk, verdict="approved")


def test_a_co_author_cannot_approve_either(world: World) -> None:
    draft = draft_made(world, policy_made(world))
    services.clause_edit(
        world.actor("policy_editor2"),
        release_id=draft.pk,
        key="spam",
        version=1,
        document=verdict_json(title="Spam", question="Is it unwanted?", requires={}),
    )
    services.release_submit(world.actor("policy_editor"), release_id=draft.pk)
    with pytest.raises(ApprovalOwnTextError):
        services.release_approve(world.actor("policy_editor2"), release_id=draft.pk, verdict="approved")
    services.release_approve(world.actor("manager"), release_id=draft.pk, verdict="approved")


def test_nothing_is_published_without_an_approval(world: World) -> None:
    draft = draft_made(world, policy_made(world))
    services.release_submit(world.actor("policy_editor"), release_id=draft.pk)
    with pytest.raises(ApprovalMissingError):
        services.release_publish(world.actor("policy_editor"), release_id=draft.pk)


def test_an_approval_does_not_outlive_the_text_it_was_given_for(world: World) -> None:
    draft = approved(world, draft_made(world, policy_made(world)))
    services.release_withdraw(world.actor("policy_editor"), release_id=draft.pk)
    edited(world, draft, "spam", verdict_json(title="Spam", question="Is it junk?", requires={}), "semantic")
    services.release_submit(world.actor("policy_editor"), release_id=draft.pk)
    with pytest.raises(ApprovalMissingError):
        services.release_publish(world.actor("policy_editor"), release_id=draft.pk)


def test_the_same_person_approves_the_same_text_once(world: World) -> None:
    draft = approved(world, draft_made(world, policy_made(world)))
    with pytest.raises(ApprovalRepeatedError):
        services.release_approve(world.actor("policy_editor2"), release_id=draft.pk, verdict="approved")


def test_asking_for_changes_opens_the_draft_again(world: World) -> None:
    draft = draft_made(world, policy_made(world))
    services.release_submit(world.actor("policy_editor"), release_id=draft.pk)
    services.release_approve(
        world.actor("manager"), release_id=draft.pk, verdict="changes_requested", note="Too wide."
    )
    assert fresh(draft).state == "draft"


def test_what_is_in_review_is_not_edited(world: World) -> None:
    draft = draft_made(world, policy_made(world))
    services.release_submit(world.actor("policy_editor"), release_id=draft.pk)
    with pytest.raises(ReleaseNotDraftError):
        edited(world, draft, "spam", verdict_json(title="Other"), "semantic")
    with pytest.raises(ReleaseStateError):
        services.release_retire(world.actor("policy_editor"), release_id=draft.pk)


def test_an_incomplete_draft_is_not_handed_in_and_says_why(world: World) -> None:
    draft = draft_made(world, policy_made(world), clauses={"bare": verdict_json(question="", blocks=[])})
    with pytest.raises(ReleaseIncompleteError) as raised:
        services.release_submit(world.actor("policy_editor"), release_id=draft.pk)
    assert [error["path"] for error in raised.value.errors] == ["bare.question", "bare.blocks"]


def test_an_edit_nobody_has_decided_about_keeps_the_draft_back(world: World) -> None:
    first = release_made(world)
    draft = draft_made(world, first.policy, based_on=first)
    changed = verdict_json(title="Spam", question="Is it junk?", requires={})
    actor = world.actor("policy_editor")
    services.clause_edit(actor, release_id=draft.pk, key="spam", version=1, document=changed)
    with pytest.raises(ReleaseIncompleteError) as raised:
        services.release_submit(actor, release_id=draft.pk)
    assert [error["path"] for error in raised.value.errors] == ["spam.change"]


def test_a_decision_has_to_be_made_again_when_the_text_moves_on(world: World) -> None:
    first = release_made(world)
    draft = draft_made(world, first.policy, based_on=first)
    edited(world, draft, "spam", verdict_json(title="Junk", question="Is it spam?", requires={}), "editorial")
    later = verdict_json(title="Junk", question="Is it never spam?", requires={})
    actor = world.actor("policy_editor")
    services.clause_edit(actor, release_id=draft.pk, key="spam", version=2, document=later)
    with pytest.raises(ReleaseIncompleteError, match="cannot go on"):
        services.release_submit(actor, release_id=draft.pk)


def test_a_draft_that_says_what_its_base_says_is_not_handed_in(world: World) -> None:
    first = release_made(world)
    draft = draft_made(world, first.policy, based_on=first)
    with pytest.raises(ReleaseIncompleteError) as raised:
        services.release_submit(world.actor("policy_editor"), release_id=draft.pk)
    assert raised.value.errors[0]["message"] == "Nothing differs from release 1 yet."


def test_a_draft_starts_only_from_a_published_release_of_the_same_policy(world: World) -> None:
    other = release_made(world, key="other", clauses={"other-clause": verdict_json()})
    policy = policy_made(world)
    with pytest.raises(AgainstInvalidError):
        services.release_draft(world.actor("policy_editor"), policy_id=policy.pk, based_on_id=other.pk)


def test_a_release_takes_effect_now_or_later(world: World) -> None:
    draft = approved(world, draft_made(world, policy_made(world)))
    actor = world.actor("policy_editor")
    with pytest.raises(EffectiveDateError):
        services.release_publish(actor, release_id=draft.pk, effective_at=timezone.now() - timedelta(days=1))
    services.release_publish(actor, release_id=draft.pk, effective_at=timezone.now() + timedelta(days=7))
    assert release_current(world.project.pk) is None
    assert release_get(draft.pk).number == 1


def test_the_current_release_is_the_newest_in_effect_and_not_retired(world: World) -> None:
    first = release_made(world)
    draft = draft_made(world, first.policy, based_on=first)
    edited(world, draft, "spam", verdict_json(title="Junk", question="Is it spam?", requires={}), "editorial")
    second = published(world, draft)
    current = release_current(world.project.pk)
    assert current is not None
    assert current.id == second.pk
    assert [view.label for view in releases_current(world.project.pk)] == ["community@2"]
    services.release_retire(world.actor("policy_editor"), release_id=second.pk, reason="Wrong.")
    current = release_current(world.project.pk, policy_key="community")
    assert current is not None
    assert current.id == first.pk
    assert release_get(second.pk).state == "retired"


def test_a_draft_is_no_release_to_other_apps(world: World) -> None:
    draft = draft_made(world, policy_made(world))
    with pytest.raises(ReleaseNotFoundError):
        release_get(draft.pk)
    assert meanings(draft.pk) == {}


def test_a_release_is_read_in_two_queries(world: World, django_assert_num_queries: object) -> None:
    release = release_made(world)
    with django_assert_num_queries(2):  # type: ignore[operator]
        release_get(release.pk)


def test_the_guide_of_a_release_is_the_same_every_time(world: World) -> None:
    release = release_made(world)
    guide = release_markdown(release.pk)
    assert guide == release_markdown(release.pk)
    assert "Release community@1" in guide
    assert f"SHA-256 {release.content_sha256}" in guide


_FORBIDDEN = [
    "UPDATE policies_release SET title = 'x' WHERE id = %(release)s",
    "UPDATE policies_release SET state = 'draft' WHERE id = %(release)s",
    "UPDATE policies_release SET number = 7 WHERE id = %(release)s",
    "UPDATE policies_release SET effective_at = now() WHERE id = %(release)s",
    "DELETE FROM policies_release WHERE id = %(release)s",
    "UPDATE policies_clause SET question = 'x' WHERE release_id = %(release)s",
    "UPDATE policies_clause SET meaning_revision = 9 WHERE release_id = %(release)s",
    "DELETE FROM policies_clause WHERE release_id = %(release)s",
    "INSERT INTO policies_clause (id, release_id, key, parent_key, position, version, kind, title, question, blocks,"
    " answers, severities, modalities, evidence_kinds, requires, relations, codes, change, change_reason,"
    " decided_sha256, edited_at) VALUES (gen_random_uuid(), %(release)s, 'sneaked', '', 9, 1, 'axis', 'x', '', '[]',"
    " '[]', '[]', '[]', '[]', '{}', '[]', '[]', 'new', '', '', now())",
    "UPDATE policies_clause SET release_id = %(release)s, key = 'moved' WHERE release_id = %(draft)s",
    "UPDATE policies_clause SET translations = '[{}]' WHERE release_id = %(release)s",
    "UPDATE policies_release SET lineage = '[{}]' WHERE id = %(release)s",
    "UPDATE policies_policy SET key = 'other'",
    "UPDATE policies_clauseidentity SET key = 'other'",
    "TRUNCATE policies_clauseidentity",
    "TRUNCATE policies_policy CASCADE",
    "TRUNCATE policies_approval CASCADE",
    "TRUNCATE policies_clause CASCADE",
    "TRUNCATE policies_release CASCADE",
    "UPDATE policies_approval SET verdict = 'changes_requested'",
    "DELETE FROM policies_approval",
    "UPDATE policies_clauseidentity SET latest_revision = 0",
    "DELETE FROM policies_clauseidentity",
]


@pytest.mark.parametrize("statement", _FORBIDDEN)
def test_sql_cannot_alter_what_was_published(world: World, statement: str) -> None:
    release = release_made(world)
    draft = draft_made(world, release.policy, based_on=release)
    before = release_get(release.pk)
    with pytest.raises(DatabaseError), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(statement, {"release": release.pk, "draft": draft.pk})
    assert release_get(release.pk) == before


def test_sql_cannot_skip_a_number_or_retire_back(world: World) -> None:
    release = release_made(world)
    services.release_retire(world.actor("policy_editor"), release_id=release.pk)
    draft = draft_made(world, release.policy, based_on=release)
    Clause.objects.filter(release=draft).update(meaning_revision=1)
    publish = (
        "UPDATE policies_release SET state = 'released', number = 5, effective_at = now(), published_at = now(),"
        " published_by_id = created_by_id, content_sha256 = repeat('a', 64) WHERE id = %s"
    )
    for statement, target in (
        (publish, draft),
        ("UPDATE policies_release SET state = 'released' WHERE id = %s", release),
    ):
        with pytest.raises(DatabaseError), transaction.atomic(), connection.cursor() as cursor:
            cursor.execute(statement, [target.pk])
    assert Release.objects.get(pk=draft.pk).number is None


def test_a_discarded_draft_is_gone_for_everybody_and_kept_on_record(
    world: World, call_as: Callable[[str], Caller]
) -> None:
    first = release_made(world)
    draft = draft_made(world, first.policy, based_on=first)
    editor = call_as("policy_editor")
    assert editor.delete(f"/api/releases/{first.pk}/").status_code == 409, "a release stays"
    assert editor.get(f"/api/releases/{draft.pk}/").json()["actions"]["discard"] is True
    assert editor.delete(f"/api/releases/{draft.pk}/").status_code == 204
    assert editor.get(f"/api/releases/{draft.pk}/").status_code == 404
    shown = editor.get(f"/api/policies/{first.policy_id}/").json()
    assert [row["id"] for row in shown["releases"]] == [str(first.pk)]
    assert shown["drafts"] == []
    assert editor.delete(f"/api/releases/{draft.pk}/").status_code == 404
    assert Release.objects.get(pk=draft.pk).clauses.count() == 3
    assert AuditEvent.objects.filter(action="release.discard", target_id=str(draft.pk)).exists()


def test_a_draft_says_who_wrote_it_and_when_it_is_approved(
    world: World, call_as: Callable[[str], Caller]
) -> None:
    first = release_made(world)
    draft = draft_made(world, first.policy, based_on=first)
    edited(world, draft, "weapons", verdict_json(question="Any weapon at all?"), "semantic")
    path = f"/api/projects/{world.project.pk}/policies/"

    def listed() -> Any:
        (policy,) = call_as("policy_editor2").get(path).json()["results"]
        return policy["drafts"][0]

    assert listed()["created_by"]["display_name"] == world.person("policy_editor").display_name
    services.release_submit(world.actor("policy_editor"), release_id=draft.pk)
    assert (listed()["state"], listed()["is_approved"]) == ("in_review", False)
    services.release_approve(world.actor("policy_editor2"), release_id=draft.pk, verdict="approved")
    assert listed()["is_approved"] is True
    services.release_publish(world.actor("policy_editor"), release_id=draft.pk)
    (policy,) = call_as("annotator").get(path).json()["results"]
    assert (policy["drafts"], policy["current"]["is_approved"]) == ([], False)
