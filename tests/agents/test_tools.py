from __future__ import annotations

import uuid
from pathlib import Path

import pytest

from agents.api.tools import TOOLS
from core.accounts.selectors import Actor, Capability
from tests.agents.talking import agent, called, refused, shown_post, with_client
from tests.world import World

ROOT = Path(__file__).resolve().parent.parent.parent


def test_the_seven_tools_say_what_they_take_and_give(world: World) -> None:
    listed = with_client(agent(world), lambda client: client.list_tools()).tools
    assert [tool.name for tool in listed] == [
        "search_policies",
        "get_policy_clause",
        "diff_policy",
        "find_precedents",
        "get_post",
        "propose_judgment",
        "escalate",
    ]
    for tool in listed:
        assert tool.input_schema["additionalProperties"] is False
        assert tool.output_schema is not None
        assert tool.annotations is not None
        assert tool.annotations.destructive_hint is False


def test_the_page_for_agents_names_every_tool_argument_and_scope(world: World) -> None:
    page = (ROOT / "docs/agents.md").read_text(encoding="utf-8")
    for entry in TOOLS.values():
        row = next(line for line in page.splitlines() if line.startswith(f"| `{entry.name}` |"))
        for name, field in entry.takes.model_fields.items():
            assert f"`{field.alias or name}" in row, (entry.name, name)
        assert f"`{entry.scope}`" in page


# Tokens


@pytest.mark.parametrize(
    ("tool", "scope"),
    [
        ("get_post", Capability.CONTENT_VIEW),
        ("find_precedents", Capability.CONTENT_VIEW),
        ("propose_judgment", Capability.PROPOSALS_WRITE),
        ("escalate", Capability.POSTS_ESCALATE),
    ],
)
def test_a_token_without_the_scope_is_refused_before_anything_is_looked_up(
    world: World, tool: str, scope: Capability
) -> None:
    said = refused(agent(world, without=(scope,)), tool, post_id=str(uuid.uuid4()))
    assert said["code"] == "token_scope_missing"


def test_a_person_whose_roles_do_not_suffice_is_refused(world: World) -> None:
    post = shown_post(world)
    assert (
        refused(agent(world, "annotator"), "get_post", post_id=str(post.pk))["code"] == "capability_missing"
    )


def test_an_unknown_tool_and_a_fault_of_ours_come_back_as_sentences(
    world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert refused(agent(world), "drop_tables")["code"] == "tool_unknown"

    def broken(*_: object, **__: object) -> None:
        raise RuntimeError("the secret inside")

    monkeypatch.setattr("agents.api.policy_tools.clauses_found", broken)
    said = refused(agent(world), "search_policies", query="hate")
    assert said["code"] == "broken"
    assert "secret" not in said["detail"]


def test_a_browser_session_has_all_that_the_roles_allow(world: World) -> None:
    post = shown_post(world)
    assert called(Actor(world.person("engineer")), "get_post", post_id=str(post.pk))["post_id"] == str(
        post.pk
    )
