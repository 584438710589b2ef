from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from django.db import DatabaseError, connection, transaction

from core.accounts.models import AuditEvent
from policies import services
from policies.errors import ClauseKeyTakenError, ClausesUnlikeError, ClauseVersionConflictError
from policies.models import ClauseIdentity, Release
from policies.selectors.lineage import clause_lineage
from tests.policies.releases import draft_made, fresh, published, release_made, writer
from tests.world import Caller, World

CallAs = Callable[[str], Caller]


@pytest.fixture
def draft(world: World) -> Release:
    first = release_made(world)
    return draft_made(world, first.policy, based_on=first)


def _keys(draft: Release) -> list[str]:
    return list(draft.clauses.order_by("position").values_list("key", flat=True))


def _split(world: World, draft: Release, **changes: Any) -> None:
    given: dict[str, Any] = {
        "key": "weapons",
        "version": 1,
        "into": [{"key": "guns", "title": "Guns"}, {"key": "knives", "title": "Knives"}],
        "reason": "People disagreed about knives.",
    }
    services.clause_split(writer(world), release_id=draft.pk, **{**given, **changes})


def test_a_split_puts_the_parts_where_the_clause_stood_and_says_so(world: World, draft: Release) -> None:
    _split(world, draft)
    assert _keys(draft) == ["guns", "knives", "spam", "helpful"]
    guns = draft.clauses.get(key="guns")
    assert (guns.title, guns.change) == ("Guns", "new")
    assert guns.blocks == draft.based_on.clauses.get(key="weapons").blocks  # type: ignore[union-attr]
    second = published(world, draft)
    assert second.lineage == [
        {
            "kind": "split",
            "from": ["weapons"],
            "to": ["guns", "knives"],
            "reason": "People disagreed about knives.",
        }
    ]
    assert second.based_on is not None
    (went,) = clause_lineage(second, second.based_on)
    assert (went.key, went.kind, went.to_keys) == ("weapons", "split", ("guns", "knives"))
    assert went.release_label == "community@2"
    assert AuditEvent.objects.filter(action="clause.split").exists()


def test_answers_of_the_old_key_hold_nowhere_under_the_new_release(world: World, draft: Release) -> None:
    from policies.selectors import meaning_changes

    _split(world, draft)
    second = published(world, draft)
    assert second.based_on is not None
    changes = {row.clause_key: row for row in meaning_changes(second.based_on.pk, second.pk)}
    assert set(changes) == {"weapons", "guns", "knives"}
    assert changes["weapons"].is_removed
    assert ClauseIdentity.objects.get(key="weapons").latest_revision == 1


def test_a_part_never_takes_the_key_of_the_whole(world: World, draft: Release) -> None:
    with pytest.raises(ClauseKeyTakenError):
        _split(world, draft, into=[{"key": "weapons", "title": "Guns"}, {"key": "knives", "title": "Knives"}])
    assert _keys(fresh(draft)) == ["weapons", "spam", "helpful"]


def test_splitting_on_an_older_text_is_refused(world: World, draft: Release) -> None:
    with pytest.raises(ClauseVersionConflictError):
        _split(world, draft, version=7)


def test_a_merge_keeps_the_blocks_of_all_and_the_scale_of_the_first(world: World, draft: Release) -> None:
    merged = services.clauses_merge(
        writer(world),
        release_id=draft.pk,
        clauses=[{"key": "spam", "version": 1}, {"key": "weapons", "version": 1}],
        key="unwanted",
        title="Unwanted",
        reason="Nobody told them apart.",
    )
    assert _keys(draft) == ["unwanted", "helpful"]
    assert (merged.question, merged.version) == ("Is it spam?", 1)
    assert [block["type"] for block in merged.blocks].count("definition") == 1
    second = published(world, draft)
    assert second.based_on is not None
    assert [(row.key, row.kind, row.to_keys) for row in clause_lineage(second, second.based_on)] == [
        ("spam", "merged", ("unwanted",)),
        ("weapons", "merged", ("unwanted",)),
    ]


def test_questions_and_criteria_are_not_merged(world: World, draft: Release) -> None:
    with pytest.raises(ClausesUnlikeError):
        services.clauses_merge(
            writer(world),
            release_id=draft.pk,
            clauses=[{"key": "spam", "version": 1}, {"key": "helpful", "version": 1}],
            key="both",
            title="Both",
        )


def test_a_retired_clause_says_why_and_one_brought_back_holds_its_answers(
    world: World, draft: Release, call_as: CallAs
) -> None:
    author = call_as("policy_editor")
    path = f"/api/releases/{draft.pk}/"
    assert author.delete(f"{path}clauses/spam/?version=1&reason=Nobody+asks+it.").status_code == 204
    shown = author.get(path).json()
    assert shown["gone"] == [
        {"key": "spam", "title": "Spam", "kind": "retired", "to_keys": [], "reason": "Nobody asks it."}
    ]
    back = author.post(f"{path}clauses/spam/restore/", {}).json()
    assert back["gone"] == []
    (spam,) = [clause for clause in back["clauses"] if clause["key"] == "spam"]
    assert (spam["change"], spam["version"]) == ("none", 3)
    assert fresh(draft).lineage == []


def test_splitting_and_merging_work_over_the_api(world: World, draft: Release, call_as: CallAs) -> None:
    author = call_as("policy_editor")
    path = f"/api/releases/{draft.pk}/"
    split = author.post(
        f"{path}clauses/weapons/split/",
        {"version": 1, "into": [{"key": "guns", "title": "Guns"}, {"key": "knives", "title": "Knives"}]},
    )
    assert split.status_code == 200, split.content
    rows = [{"key": clause["key"], "version": clause["version"]} for clause in split.json()["clauses"][:2]]
    merged = author.post(f"{path}merge/", {"clauses": rows, "key": "arms", "title": "Arms"})
    assert merged.status_code == 200, merged.content
    assert [(gone["key"], gone["to_keys"]) for gone in merged.json()["gone"]] == [("weapons", ["arms"])]
    one = author.post(f"{path}merge/", {"clauses": rows[:1], "key": "arms2", "title": "Arms"})
    assert one.status_code == 400


def test_a_key_that_came_and_went_in_one_draft_never_meets_an_old_version(
    world: World, draft: Release
) -> None:
    author = writer(world)
    services.clause_delete(author, release_id=draft.pk, key="spam", version=1)
    again = services.clause_add(
        author, release_id=draft.pk, key="spam", document=_document(draft, "weapons"), parent_key=""
    )
    assert again.version == 3
    with pytest.raises(ClauseVersionConflictError):
        services.clause_edit(
            author, release_id=draft.pk, key="spam", version=1, document=_document(draft, "weapons")
        )


def test_the_lineage_of_a_release_cannot_be_rewritten_by_sql(world: World, draft: Release) -> None:
    _split(world, draft)
    second = published(world, draft)
    with (
        pytest.raises(DatabaseError, match="never changed"),
        transaction.atomic(),
        connection.cursor() as cursor,
    ):
        cursor.execute("UPDATE policies_release SET lineage = '[]' WHERE id = %s", [second.pk])


def test_the_lineage_is_part_of_the_hash_only_where_there_is_one(world: World, draft: Release) -> None:
    from policies.domain.canonical import release_canonical
    from policies.domain.lineage import lineage_read
    from policies.selectors.clauses import placed_clauses

    _split(world, draft)
    second = published(world, draft)
    given = {"policy_key": "community", "title": "T", "clauses": placed_clauses(second)}
    assert b'"lineage"' not in release_canonical(**given)  # type: ignore[arg-type]
    told = release_canonical(**given, lineage=lineage_read(second.lineage))  # type: ignore[arg-type]
    assert b'"lineage":[{"from":["weapons"]' in told


def test_a_translation_alone_is_editorial_until_the_author_says_otherwise(
    world: World, draft: Release, call_as: CallAs
) -> None:
    author = call_as("policy_editor")
    french = {"language": "fr", "passages": [{"at": "title", "text": "Pourriel", "source": "Spam"}]}
    document = {**_document(draft, "spam"), "translations": [french]}
    path = f"/api/releases/{draft.pk}/clauses/spam/"
    saved = author.put(path, {"version": 1, "document": document, "change_reason": ""}).json()
    assert (saved["change"], saved["is_decision_current"], saved["problems"]) == ("editorial", True, [])
    assert saved["change_reason"] == "Only its wording in other languages changed."
    both = author.put(path, {"version": 2, "document": {**document, "question": "Is it bulk mail?"}}).json()
    assert (both["change"], both["is_decision_current"]) == ("editorial", False)
    meant = author.put(path, {"version": 3, "document": document, "change": "semantic"}).json()
    assert (meant["change"], meant["is_decision_current"]) == ("semantic", True)


def _document(draft: Release, key: str) -> dict[str, Any]:
    from policies.domain.clause_documents import clause_json
    from policies.selectors.clauses import clause_document_of

    return clause_json(clause_document_of(draft.clauses.get(key=key)))
