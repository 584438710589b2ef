from __future__ import annotations

from collections.abc import Callable
from typing import Any
from uuid import UUID

import pytest
from django.db.models import Q

from core.content.models import Part, Post
from policies import precedent_registry
from policies.models import Release
from tests.annotation.material import post_make
from tests.annotation.ruling_material import open_post
from tests.policies.clause_texts import verdict_json
from tests.policies.releases import draft_made, policy_made, published, release_made
from tests.world import Caller, World

CallAs = Callable[[str], Caller]


def _clause(asset_id: object) -> dict[str, Any]:
    media = [{"asset_id": str(asset_id), "note": "A pistol on a table"}]
    blocks = verdict_json()["blocks"]
    blocks[3] = {"type": "examples", "items": [{"media": media, "ruling": "yes", "why": "It is a pistol."}]}
    return verdict_json(blocks=blocks)


@pytest.fixture
def post(world: World) -> Post:
    return open_post(world)


def _picture(post: Post) -> Part:
    return Part.objects.get(post=post, asset__isnull=False)


def test_everybody_in_the_project_sees_what_a_released_example_shows_and_no_other_post(
    world: World, post: Post, call_as: CallAs
) -> None:
    part, other = _picture(post), post_make(world)
    annotator = call_as("annotator")
    assert annotator.get(f"/api/posts/{post.pk}/").status_code == 404
    release = release_made(world, clauses={"weapons": _clause(part.asset_id)})
    (shown,) = annotator.get(f"/api/releases/{release.pk}/media/").json()
    assert (shown["post_id"], shown["part_id"]) == (str(post.pk), str(part.pk))
    assert shown["asset"]["urls"]["original"] is None
    assert annotator.get(f"/api/posts/{post.pk}/").status_code == 200
    assert annotator.get(f"/api/posts/{other.pk}/").status_code == 404


def test_an_example_of_a_draft_opens_nothing(world: World, post: Post, call_as: CallAs) -> None:
    draft_made(world, policy_made(world), clauses={"weapons": _clause(_picture(post).asset_id)})
    assert call_as("annotator").get(f"/api/posts/{post.pk}/").status_code == 404


def test_a_hidden_post_is_no_example_any_more(world: World, post: Post, call_as: CallAs) -> None:
    release = release_made(world, clauses={"weapons": _clause(_picture(post).asset_id)})
    Post.objects.filter(pk=post.pk).update(is_hidden=True)
    assert call_as("annotator").get(f"/api/releases/{release.pk}/media/").json() == []


def test_a_file_of_another_project_keeps_the_draft_back(world: World, call_as: CallAs) -> None:
    foreign = "0190a5a0-0000-7000-8000-000000000001"
    draft: Release = draft_made(world, policy_made(world), clauses={"weapons": _clause(foreign)})
    refused = call_as("policy_editor").post(f"/api/releases/{draft.pk}/submit/")
    assert refused.json()["code"] == "release_incomplete"
    assert "not in this project" in refused.content.decode()
    assert call_as("policy_editor").get(f"/api/releases/{draft.pk}/media/").json() == []


def test_a_post_that_measures_people_is_no_example(
    world: World, post: Post, call_as: CallAs, monkeypatch: pytest.MonkeyPatch
) -> None:
    def held_out(project_id: UUID, reached: str) -> Q:
        return Q(**{f"{reached}pk": post.pk})

    draft = draft_made(world, policy_made(world), clauses={"weapons": _clause(_picture(post).asset_id)})
    monkeypatch.setattr(precedent_registry, "_held_out", [held_out])
    refused = call_as("policy_editor").post(f"/api/releases/{draft.pk}/submit/")
    assert "measured with" in refused.content.decode()


def test_readers_get_the_wording_of_their_language_and_are_told_where_there_is_none(
    world: World, call_as: CallAs
) -> None:
    french = {
        "language": "fr",
        "passages": [{"at": "title", "text": "Vente d’armes", "source": "Weapons sale"}],
    }
    clauses = {
        "weapons": verdict_json(language="en", translations=[french]),
        "spam": verdict_json(title="Spam", language="en"),
        "hate": verdict_json(title="Haine", language="fr"),
    }
    release = published(world, draft_made(world, policy_made(world), clauses=clauses))
    reader = call_as("annotator")
    path = f"/api/releases/{release.pk}/wording/"
    assert reader.get(path).json() == []
    reader.put("/api/me/languages/", {"languages": ["fr"]})
    assert [(row["key"], row["language"], row["source_language"]) for row in reader.get(path).json()] == [
        ("weapons", "fr", "en"),
        ("spam", "", "en"),
    ]
    assert [row["key"] for row in reader.get(f"{path}?language=en").json()] == ["hate"]
