from __future__ import annotations

import uuid
from typing import Any

import pytest

from core.accounts.selectors import Capability
from policies import precedent_registry
from policies.selectors import LikeBy, Likeness
from policies.services import precedent_approve
from tests.agents.talking import agent, called, refused, shown_post
from tests.annotation import material
from tests.policies.precedents import precedent_made
from tests.policies.releases import release_made
from tests.world import World

CLAUSES = {
    "hate": {
        **material.HATE,
        "relations": [{"kind": "excludes", "clause_key": "news-reports"}],
    },
    "news-reports": {
        **material.SPAM,
        "title": "Reporting",
        "question": "Is it journalism?",
        "blocks": [{"type": "definition", "text": "Press articles on what happened."}],
    },
    "spam": material.SPAM,
}


# Searching


def test_a_search_finds_a_clause_by_its_words_and_then_what_bounds_it(world: World) -> None:
    release = material.release_make(world, CLAUSES)
    found = called(agent(world), "search_policies", query="posts attacking a protected group of people")[
        "results"
    ]
    first = found[0]
    assert first["clause_id"] == f"{release.policy_id}/hate"
    assert first["version"]["label"] == release.label
    assert first["version"]["release_id"] == str(release.id)
    assert first["meaning_revision"] == release.clauses["hate"].meaning_revision
    assert first["title"] == {
        "content_type": "text/plain",
        "untrusted": True,
        "text": "Hate",
        "is_cut": False,
    }
    bound = next(one for one in found if one["clause_id"].endswith("/news-reports"))
    assert bound["via"] == ["excludes"]
    assert bound["score"] < first["score"] <= 1


def test_a_search_walks_from_a_clause_whose_text_an_encoder_finds_like_the_question(
    world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    release = material.release_make(world, CLAUSES)
    question = "xyzzy qwfp"

    class Alike:
        def to_posts(self, **_: object) -> dict[Any, Any]:
            return {}

        def to_texts(self, asked: str, texts: Any) -> dict[str, float]:
            assert asked == question
            return {text: 0.8 if text.startswith("Press articles") else 0.2 for text in texts}

    monkeypatch.setattr(precedent_registry, "_likeness", [Alike()])
    found = called(agent(world), "search_policies", query=question)["results"]
    told = [(one["clause_id"].rpartition("/")[2], one["score"], one["via"]) for one in found]
    assert told == [("news-reports", 0.8, []), ("hate", 0.56, ["excludes"])]
    assert found[0]["snippet"]["text"] == "Press articles on what happened."
    assert found[0]["clause_id"].startswith(str(release.policy_id))


def test_rulings_on_posts_that_an_encoder_finds_alike_lead_to_their_clause(
    world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    release = release_made(world)
    precedent = precedent_made(world, release)
    precedent_approve(world.actor("policy_editor"), precedent.pk)

    class Alike:
        def to_posts(self, *, post_ids: Any, **_: object) -> dict[uuid.UUID, Likeness]:
            return dict.fromkeys(post_ids, Likeness(0.93, LikeBy.TEXT))

        def among(self, _: object) -> dict[Any, Likeness]:
            return {}

        def to_texts(self, *_: object) -> dict[str, float]:
            return {}

    monkeypatch.setattr(precedent_registry, "_likeness", [Alike()])
    found = called(agent(world), "search_policies", query="xyzzy qwfp")["results"]
    assert (found[0]["clause_id"].rpartition("/")[2], found[0]["score"]) == (precedent.clause_key, 0.93)
    # Who may not see posts is not led by rulings on them.
    blind = agent(world, without=(Capability.CONTENT_VIEW,))
    assert called(blind, "search_policies", query="xyzzy qwfp")["results"] == []


@pytest.mark.parametrize(
    "wrong",
    [{"k": 21}, {"k": 0}, {"query": "x" * 2_001}, {"query": "  "}, {"modality": "smell"}, {"page": 2}],
)
def test_a_search_has_bounds(world: World, wrong: dict[str, Any]) -> None:
    said = refused(agent(world), "search_policies", **{"query": "hate", **wrong})
    assert [one["path"] for one in said["errors"]] == list(wrong)


def test_words_that_most_clauses_hold_find_none(world: World) -> None:
    clauses = {
        name: {**material.SPAM, "title": name.title(), "question": f"Is it about {name}?", "blocks": blocks}
        for name in ("boats", "trains", "lamps", "cheese")
        for blocks in ([{"type": "definition", "text": f"Everything on {name} in the post of a person."}],)
    }
    material.release_make(world, clauses)
    found = called(agent(world), "search_policies", query="is it in the post about cheese", k=4)["results"]
    assert [one["title"]["text"] for one in found if one["score"] > 0.3] == ["Cheese"]


def test_a_misspelt_title_still_finds_its_clause(world: World) -> None:
    material.release_make(world, CLAUSES)
    found = called(agent(world), "search_policies", query="reportng")["results"]
    assert found[0]["title"]["text"] == "Reporting"


def test_a_search_can_be_for_media_and_for_an_earlier_release(world: World) -> None:
    first = material.release_make(world)
    second = material.release_changed(world, first, clause_key="hate", question="Is it hateful?")
    now = called(agent(world), "search_policies", query="hate")["results"]
    then = called(agent(world), "search_policies", query="hate", version=first.label)["results"]
    assert {one["version"]["label"] for one in now} == {second.label}
    assert {one["version"]["label"] for one in then} == {first.label}
    of_video = called(agent(world), "search_policies", query="advertising nobody asked for", modality="video")
    assert all(not one["clause_id"].endswith("/spam") for one in of_video["results"])
    assert len(called(agent(world), "search_policies", query="hate spam attack", k=1)["results"]) == 1


def test_nobody_finds_a_policy_of_another_organization(world: World) -> None:
    release = material.release_make(world, CLAUSES)
    stranger = agent(world, "outsider")
    assert called(stranger, "search_policies", query="hate attack")["results"] == []
    theirs = refused(stranger, "get_policy_clause", clause_id=f"{release.policy_id}/hate")
    missing = refused(stranger, "get_policy_clause", clause_id=f"{uuid.uuid4()}/hate")
    assert theirs == missing
    theirs = refused(stranger, "search_policies", query="hate", version=str(release.id))
    assert theirs == refused(stranger, "search_policies", query="hate", version=str(uuid.uuid4()))


# One clause, two releases


@pytest.mark.parametrize("rendering", ["guideline", "safeguard", "cope", "shieldgemma"])
def test_a_clause_is_read_as_its_reader_needs_it(world: World, rendering: str) -> None:
    release = material.release_make(world)
    found = called(agent(world), "get_policy_clause", clause_id="hate", rendering=rendering)
    assert found["clause_id"] == f"{release.policy_id}/hate"
    assert found["version"]["content_sha256"] == release.content_sha256
    assert found["text"]["untrusted"] is True
    assert found["tokens"] > 10
    assert found["tokenizer"].startswith("o200k_base")
    assert found["includes"] and found["excludes"]
    assert [answer["value"] for answer in found["answers"]] == ["no", "yes"]


def test_a_draft_is_not_there_for_agents(world: World) -> None:
    release = material.release_make(world)
    assert refused(agent(world, "policy_editor"), "get_policy_clause", clause_id="hate", version="99") == {
        "code": "version_unknown",
        "detail": "There is no such released version, or it is not yours to see. Versions are named like safety@3.",
    }
    assert refused(agent(world), "get_policy_clause", clause_id="nudity")["code"] == "clause_unknown"
    assert refused(agent(world), "get_policy_clause", clause_id=f"{release.policy_id}/nudity")["code"] == (
        "clause_unknown"
    )


def test_a_difference_says_what_changed_and_how_many_answers_stop_holding(world: World) -> None:
    first = material.release_make(world)
    material.tasks_make(world, first, [shown_post(world)], overlap=1)
    material.answer(world, "annotator", material.document())
    second = material.release_changed(world, first, clause_key="hate", question="Is it hateful?")
    asked = {"policy_id": str(first.policy_id), "from": first.label, "to": str(second.number)}
    found = called(agent(world), "diff_policy", **asked)
    assert (found["version_from"]["label"], found["version_to"]["label"]) == (first.label, second.label)
    (row,) = found["results"]
    assert row["clause_id"] == f"{first.policy_id}/hate"
    assert (row["change"], row["is_meaning"]) == ("changed", True)
    assert row["meaning_after"] == row["meaning_before"] + 1
    assert "Is it hateful?" in row["after"]["text"] and "Is it hateful?" not in row["before"]["text"]
    assert row["labels_affected"] == 1
    blind = called(agent(world, without=(Capability.RESULTS_VIEW,)), "diff_policy", **asked)
    assert blind["results"][0]["labels_affected"] is None
