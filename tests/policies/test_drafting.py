from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

from policies.models import Release
from tests.policies.clause_texts import axis_json, verdict_json
from tests.policies.releases import CLAUSES, draft_made, policy_made, release_made
from tests.world import Caller, World

CallAs = Callable[[str], Caller]


def _draft(world: World) -> Release:
    return draft_made(world, policy_made(world))


def test_a_writer_goes_from_nothing_to_a_release_over_the_api(world: World, call_as: CallAs) -> None:
    author, colleague = call_as("policy_editor"), call_as("manager")
    created = author.post(
        f"/api/projects/{world.project.pk}/policies/", {"key": "community", "title": " Community  safety "}
    )
    assert created.status_code == 201, created.content
    assert created.json()["title"] == "Community safety"
    draft = author.post(f"/api/policies/{created.json()['id']}/releases/", {}).json()
    for key, document in CLAUSES.items():
        added = author.post(f"/api/releases/{draft['id']}/clauses/", {"key": key, "document": document})
        assert added.status_code == 201, added.content
    assert author.post(f"/api/releases/{draft['id']}/submit/").json()["state"] == "in_review"
    approved = colleague.post(
        f"/api/releases/{draft['id']}/approve/", {"verdict": "approved", "note": "Clear."}
    )
    assert [row["counts"] for row in approved.json()["approvals"]] == [True]
    released = author.post(f"/api/releases/{draft['id']}/publish/", {}).json()
    assert released["label"] == "community@1"
    assert [clause["meaning_revision"] for clause in released["clauses"]] == [1, 1, 1]
    page = call_as("annotator").get(f"/api/projects/{world.project.pk}/policies/").json()
    assert page["results"][0]["current"]["label"] == "community@1"


def test_a_policy_key_is_taken_once_per_project(world: World, call_as: CallAs) -> None:
    policy_made(world)
    answer = call_as("policy_editor").post(
        f"/api/projects/{world.project.pk}/policies/", {"key": "community", "title": "Again"}
    )
    assert (answer.status_code, answer.json()["code"]) == (409, "policy_key_taken")


def test_a_save_on_an_older_version_is_refused_with_both_texts(world: World, call_as: CallAs) -> None:
    draft = _draft(world)
    path = f"/api/releases/{draft.pk}/clauses/spam/"
    mine, theirs = (
        verdict_json(title=title, question="Is it spam?", requires={}) for title in ("Mine", "Theirs")
    )
    saved = call_as("policy_editor2").put(path, {"version": 1, "document": theirs})
    assert saved.json()["version"] == 2
    refused = call_as("policy_editor").put(path, {"version": 1, "document": mine})
    assert (refused.status_code, refused.json()["code"]) == (409, "clause_version_conflict")
    fields = refused.json()["fields"]
    assert (fields["version"], fields["yours"]["title"], fields["theirs"]["title"]) == (2, "Mine", "Theirs")
    again = call_as("policy_editor").put(path, {"version": 2, "document": mine})
    assert again.json()["document"]["title"] == "Mine"


def test_two_authors_of_two_clauses_do_not_get_in_each_others_way(world: World, call_as: CallAs) -> None:
    draft = _draft(world)
    for name, key in (("policy_editor", "spam"), ("policy_editor2", "weapons")):
        answer = call_as(name).put(
            f"/api/releases/{draft.pk}/clauses/{key}/", {"version": 1, "document": verdict_json(title=name)}
        )
        assert answer.status_code == 200, answer.content


def test_an_older_title_or_outline_is_refused_with_both_states(world: World, call_as: CallAs) -> None:
    draft = _draft(world)
    author = call_as("policy_editor")
    path = f"/api/releases/{draft.pk}/"
    assert (
        author.patch(path, {"version": draft.version, "title": "First"}).json()["version"]
        == draft.version + 1
    )
    refused = author.patch(path, {"version": draft.version, "title": "Second"})
    assert refused.status_code == 409
    assert refused.json()["fields"]["theirs"]["title"] == "First"
    rows = [{"key": key} for key in ("helpful", "spam", "weapons")]
    refused = author.put(f"{path}outline/", {"version": draft.version, "outline": rows})
    assert (refused.status_code, refused.json()["code"]) == (409, "release_version_conflict")


def test_clauses_are_put_in_another_order_and_under_a_parent(world: World, call_as: CallAs) -> None:
    draft = _draft(world)
    rows = [{"key": "helpful"}, {"key": "weapons"}, {"key": "spam", "parent_key": "helpful"}]
    answer = call_as("policy_editor").put(
        f"/api/releases/{draft.pk}/outline/", {"version": draft.version, "outline": rows}
    )
    placed = [(c["key"], c["parent_key"]) for c in answer.json()["clauses"]]
    assert placed == [("helpful", ""), ("spam", "helpful"), ("weapons", "")]


def test_an_outline_that_forgets_a_clause_changes_nothing(world: World, call_as: CallAs) -> None:
    draft = _draft(world)
    author = call_as("policy_editor")
    answer = author.put(
        f"/api/releases/{draft.pk}/outline/", {"version": draft.version, "outline": [{"key": "spam"}]}
    )
    assert (answer.status_code, answer.json()["code"]) == (400, "outline_invalid")
    assert author.get(f"/api/releases/{draft.pk}/").json()["version"] == draft.version


def test_a_clause_added_under_a_parent_stands_right_after_it(world: World, call_as: CallAs) -> None:
    draft = _draft(world)
    author = call_as("policy_editor")
    author.post(
        f"/api/releases/{draft.pk}/clauses/",
        {"key": "knives", "parent_key": "weapons", "document": verdict_json(title="Knives")},
    )
    keys = [clause["key"] for clause in author.get(f"/api/releases/{draft.pk}/").json()["clauses"]]
    assert keys == ["weapons", "knives", "spam", "helpful"]


def test_a_deleted_clause_leaves_its_children_to_its_parent_and_frees_its_key(
    world: World, call_as: CallAs
) -> None:
    draft = _draft(world)
    author = call_as("policy_editor")
    author.post(
        f"/api/releases/{draft.pk}/clauses/",
        {"key": "knives", "parent_key": "weapons", "document": verdict_json(title="Knives")},
    )
    assert author.delete(f"/api/releases/{draft.pk}/clauses/weapons/?version=1").status_code == 204
    clauses = author.get(f"/api/releases/{draft.pk}/").json()["clauses"]
    assert {c["key"]: c["parent_key"] for c in clauses}["knives"] == ""
    other = policy_made(world, key="other")
    second = draft_made(world, other, clauses={"weapons": verdict_json()})
    assert second.clauses.filter(key="weapons").exists()


def test_a_clause_key_never_passes_to_another_policy(world: World, call_as: CallAs) -> None:
    release_made(world)
    other = draft_made(world, policy_made(world, key="other"), clauses={})
    answer = call_as("policy_editor").post(
        f"/api/releases/{other.pk}/clauses/", {"key": "weapons", "document": verdict_json()}
    )
    assert (answer.status_code, answer.json()["code"]) == (409, "clause_key_taken")


@pytest.mark.parametrize(
    ("body", "path"),
    [
        ({"key": "Bad Key", "document": axis_json()}, "key"),
        ({"key": "good", "document": {"kind": "verdict"}}, "document.title"),
        ({"key": "good", "document": axis_json(colour="red")}, "document.colour"),
        ({"key": "good", "document": axis_json(), "surprise": 1}, "surprise"),
        ({"key": "good", "document": "text"}, "document"),
    ],
)
def test_a_clause_of_the_wrong_shape_gets_a_400_naming_the_place(
    world: World, call_as: CallAs, body: Any, path: str
) -> None:
    draft = _draft(world)
    answer = call_as("policy_editor").post(f"/api/releases/{draft.pk}/clauses/", body)
    assert answer.status_code == 400, answer.content
    assert any(error["path"].startswith(path) for error in answer.json()["errors"])


def test_drafts_are_unknown_to_those_who_do_not_write_policy(world: World, call_as: CallAs) -> None:
    release = release_made(world)
    draft = draft_made(world, release.policy, based_on=release)
    for name in ("annotator", "reviewer", "engineer"):
        assert call_as(name).get(f"/api/releases/{draft.pk}/").status_code == 404
        listed = call_as(name).get(f"/api/policies/{release.policy_id}/").json()["releases"]
        assert [row["id"] for row in listed] == [str(release.pk)]
    assert call_as("manager").get(f"/api/releases/{draft.pk}/").status_code == 200


def test_a_draft_tells_what_the_rule_proposes_and_what_is_missing(world: World, call_as: CallAs) -> None:
    release = release_made(world)
    draft = draft_made(world, release.policy, based_on=release)
    author = call_as("policy_editor")
    saved = author.put(
        f"/api/releases/{draft.pk}/clauses/spam/",
        {"version": 1, "document": verdict_json(title="Spam", question="Is it never spam?", requires={})},
    ).json()
    assert saved["change"] == "undecided"
    assert saved["proposal"]["change"] == "semantic"
    assert [problem["field"] for problem in saved["problems"]] == ["change"]
    detail = author.get(f"/api/releases/{draft.pk}/").json()
    assert [problem["clause_key"] for problem in detail["problems"]] == ["spam"]
    assert detail["actions"]["edit"] is True
    assert detail["actions"]["publish"] is False


def test_a_release_page_takes_as_many_queries_for_many_clauses_as_for_few(
    world: World, call_as: CallAs, django_assert_max_num_queries: Any
) -> None:
    many = {f"clause-{number}": verdict_json(title=f"Clause {number}") for number in range(25)}
    first = release_made(world, clauses=many)
    draft = draft_made(world, first.policy, based_on=first)
    author = call_as("policy_editor")
    with django_assert_max_num_queries(26):
        assert len(author.get(f"/api/releases/{draft.pk}/").json()["clauses"]) == 25
    with django_assert_max_num_queries(26):
        author.get(f"/api/releases/{draft.pk}/difference/")


def test_the_difference_of_a_draft_shows_words_and_the_meaning_it_would_give(
    world: World, call_as: CallAs
) -> None:
    release = release_made(world)
    draft = draft_made(world, release.policy, based_on=release)
    author = call_as("policy_editor")
    author.put(
        f"/api/releases/{draft.pk}/clauses/spam/",
        {"version": 1, "document": verdict_json(title="Spam", question="Is it never spam?", requires={})},
    )
    difference = author.get(f"/api/releases/{draft.pk}/difference/").json()
    assert difference["counts"] == {
        "added": 0,
        "removed": 0,
        "changed": 1,
        "unchanged": 2,
        "moved": 0,
        "meaning": 1,
    }
    (spam,) = [clause for clause in difference["clauses"] if clause["key"] == "spam"]
    assert (spam["meaning_before"], spam["meaning_after"], spam["is_held"], spam["is_assumed"]) == (
        1,
        2,
        False,
        True,
    )
    (field,) = spam["fields_changed"]
    assert {"operation": "insert", "text": "never "} in field["segments"]


def test_a_release_is_not_compared_with_one_of_another_policy(world: World, call_as: CallAs) -> None:
    first = release_made(world)
    other = release_made(world, key="other", clauses={"other-clause": verdict_json()})
    answer = call_as("policy_editor").get(f"/api/releases/{first.pk}/difference/?against={other.pk}")
    assert (answer.status_code, answer.json()["code"]) == (400, "against_invalid")
    answer = call_as("policy_editor").get(f"/api/releases/{first.pk}/difference/?against=nonsense")
    assert answer.status_code == 400
