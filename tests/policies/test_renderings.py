from __future__ import annotations

from collections.abc import Callable

import pytest

from policies.errors import ClauseNotFoundError, ReleaseNotFoundError, RenderingUnknownError
from policies.selectors import rendering_get
from tests.policies.releases import draft_made, policy_made, release_made
from tests.world import Caller, World

CallAs = Callable[[str], Caller]


def test_every_rendering_of_a_clause_says_its_length_and_what_counted(world: World, call_as: CallAs) -> None:
    release = release_made(world)
    answer = call_as("annotator").get(f"/api/releases/{release.pk}/renderings/?clause=weapons").json()
    assert answer["label"] == "community@1"
    assert answer["tokenizer"].startswith("o200k_base")
    assert [row["kind"] for row in answer["renderings"]] == [
        "guideline",
        "safeguard",
        "cope",
        "shieldgemma",
        "llamaguard",
    ]
    for row in answer["renderings"]:
        assert "Weapons sale" in row["text"]
        assert row["tokens"] > 20
    safeguard = answer["renderings"][1]
    assert (safeguard["least"], safeguard["most"]) == (400, 600)


def test_a_release_renders_whole_and_leaves_out_what_compares(world: World, call_as: CallAs) -> None:
    release = release_made(world)
    rows = call_as("engineer").get(f"/api/releases/{release.pk}/renderings/").json()["renderings"]
    texts = {row["kind"]: row["text"] for row in rows}
    assert "### (SPAM) Spam" in texts["cope"]
    assert "Helpful" not in texts["cope"]
    assert "Helpful" in texts["guideline"]


def test_a_draft_renders_for_writers_and_is_not_there_for_others(world: World, call_as: CallAs) -> None:
    draft = draft_made(world, policy_made(world))
    path = f"/api/releases/{draft.pk}/renderings/"
    assert call_as("policy_editor").get(path).json()["label"] == "community (draft)"
    assert call_as("annotator").get(path).status_code == 404


@pytest.mark.parametrize(
    ("query", "status", "code"),
    [
        ("?clause=nowhere", 404, "clause_not_found"),
        ("?budget=-1", 400, "rendering_budget"),
        ("?budget=٣", 400, "rendering_budget"),
        ("?budget=999999999999", 400, "rendering_budget"),
    ],
)
def test_what_cannot_be_rendered_is_told(
    world: World, call_as: CallAs, query: str, status: int, code: str
) -> None:
    release = release_made(world)
    answer = call_as("annotator").get(f"/api/releases/{release.pk}/renderings/{query}")
    assert (answer.status_code, answer.json()["code"]) == (status, code)


def test_agents_read_renderings_through_the_selector(world: World) -> None:
    release = release_made(world)
    actor = world.actor("annotator")
    found = rendering_get(actor, release.pk, "weapons", "safeguard")
    assert found.text.startswith("# Instruction")
    assert found.includes
    assert found.tokens <= 600
    with pytest.raises(RenderingUnknownError, match="poem"):
        rendering_get(actor, release.pk, "weapons", "poem")
    with pytest.raises(ClauseNotFoundError):
        rendering_get(actor, release.pk, "nothing", "cope")
    with pytest.raises(ReleaseNotFoundError):
        rendering_get(actor, world.project.pk)
