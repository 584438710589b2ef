"""Conversations as trees: brought in as such, gone on with by those who judged a turn, and walked."""

from __future__ import annotations

import json
from typing import Any

import pytest
from django.db import DatabaseError, transaction

from core.accounts.models import AuditEvent
from core.content.services import post_hide
from core.queue.domain.harm import Harm
from core.queue.services import harms_state
from preferences.errors import (
    ConversationHiddenError,
    ConversationNotFoundError,
    ResponseShowsMediaError,
    TurnInvalidError,
    TurnNotJudgedError,
)
from preferences.models import Comparison, NextTurn, Prompt, Response, Slate
from preferences.selectors import conversation_get, prompts_waiting
from preferences.services import turn_open
from tests.annotation.material import post_make
from tests.preferences import material
from tests.preferences.trees import TREE, go_on, pair_judged, tree_bring_in
from tests.world import World


def last_words(prompt: Prompt) -> str:
    return str(prompt.messages[-1]["content"])


def test_a_tree_is_brought_in_as_one(world: World) -> None:
    root = tree_bring_in(world)
    branches = {last_words(prompt): prompt for prompt in Prompt.objects.filter(root=root)}
    stands_on = {words: prompt.stands_on and prompt.stands_on.text for words, prompt in branches.items()}
    assert stands_on == {"And a nut?": "A pear.", "Why a pear?": "A pear.", "Another one.": "A plum."}
    assert [last_words(prompt) for prompt in prompts_waiting(world.project.pk)] == ["Another one."]
    sizes = sorted(Slate.objects.values_list("size", flat=True))
    assert (Comparison.objects.count(), sizes) == (2, [1])


def test_bringing_it_in_again_adds_nothing_and_links_what_came_too_early(world: World) -> None:
    tree_bring_in(world)
    Prompt.objects.filter(root__isnull=False).update(root=None, stands_on=None)
    job = material.import_run(world, [TREE])
    assert (job.state, job.result) == ("succeeded", {"lines": 4, "created": 0, "already_there": 4})
    assert Prompt.objects.filter(root__isnull=False).count() == 3


def test_a_subtree_that_came_first_follows_to_the_first_turn(world: World) -> None:
    turns = [
        {"role": role, "content": content}
        for role, content in (
            ("user", "1"),
            ("assistant", "2"),
            ("user", "3"),
            ("assistant", "4"),
            ("user", "5"),
        )
    ]
    below = material.line(5, prompt=turns, responses=[])
    middle = material.line(3, prompt=turns[:3], responses=[{"text": "4"}])
    first = material.line(1, prompt="1", responses=[{"text": "2"}])
    for lines in ([middle, below], [first, middle]):
        assert material.import_run(world, lines).state == "succeeded"
    root = Prompt.objects.get(root__isnull=True)
    assert last_words(root) == "1"
    assert Prompt.objects.filter(root=root).count() == 2


def test_whoever_judged_a_turn_goes_on_and_the_conversation_waits_for_responses(world: World) -> None:
    lease = pair_judged(world)
    turn = go_on(world, "annotator", lease, text="And then?")
    prompt = turn.prompt
    [comparison] = Comparison.objects.all()
    assert prompt.messages == [
        *comparison.prompt.messages,
        {"role": "assistant", "content": comparison.response_a.text},
        {"role": "user", "content": "And then?"},
    ]
    assert (prompt.stands_on, prompt.root) == (comparison.response_a, comparison.prompt)
    assert turn.submission is not None
    assert list(prompts_waiting(world.project.pk)) == [prompt]
    event = AuditEvent.objects.get(action="conversation.go_on")
    assert "And then?" not in json.dumps(event.data)
    assert go_on(world, "annotator", lease, text="And then?") == turn, "the same again is the same"
    with pytest.raises(DatabaseError), transaction.atomic():
        NextTurn.objects.update(reply=None, submission=None)


def test_every_branch_stays_and_one_that_is_there_can_be_taken(world: World) -> None:
    lease = pair_judged(world)
    first = go_on(world, "annotator", lease, text="And then?")
    other = go_on(world, "annotator", lease, text="Why?")
    second = go_on(world, "annotator", lease, position="second", text="And then?")
    assert len({first.prompt_id, other.prompt_id, second.prompt_id}) == 3
    told = turn_open(world.actor("annotator"), lease.pk)
    after = {str(response.position): [turn.text for turn in response.after] for response in told.responses}
    assert after == {"first": ["And then?", "Why?"], "second": ["And then?"]}
    taken = go_on(world, "annotator", lease, prompt_id=first.prompt_id)
    assert taken == first
    with pytest.raises(ConversationNotFoundError):
        go_on(world, "annotator", lease, prompt_id=second.prompt_id)


def test_responses_that_come_later_meet_the_prompt_that_waits(world: World) -> None:
    lease = pair_judged(world)
    prompt = go_on(world, "annotator", lease, text="And then?").prompt
    line = material.line(9, prompt=prompt.messages)
    assert material.import_run(world, [line]).state == "succeeded"
    assert Comparison.objects.get(external_id="pair-9").prompt == prompt
    assert not prompts_waiting(world.project.pk).exists()
    material.tasks_make(world)
    shown = material.lease_make(world, "annotator2")
    assert shown.task.comparison_id == Comparison.objects.get(external_id="pair-9").pk


def test_a_reply_that_a_person_writes_is_a_response_but_no_answer_to_waiting(world: World) -> None:
    lease = pair_judged(world)
    turn = go_on(world, "annotator", lease, text="And then?", reply="Then you rest.")
    assert turn.reply is not None
    assert (turn.reply.text, turn.reply.source_model) == ("Then you rest.", "")
    assert list(prompts_waiting(world.project.pk)) == [turn.prompt]
    [root, branch] = conversation_get(world.actor("manager"), turn.prompt_id).turns
    assert [response.picked for response in root.responses] == [1, 0]
    assert [(response.is_written, branch.waits) for response in branch.responses] == [(True, True)]


def test_what_cannot_be_is_refused_in_a_sentence(world: World) -> None:
    material.release_once(world)
    material.comparisons_make(world)
    material.tasks_make(world)
    lease = material.lease_make(world, "annotator")
    with pytest.raises(TurnNotJudgedError):
        go_on(world, "annotator", lease, text="And then?")
    material.submit(world.actor("annotator"), lease, material.document())
    for position, text, says in (("first", " ", "Write what"), ("third", "Why?", "no third response")):
        with pytest.raises(TurnInvalidError, match=says):
            go_on(world, "annotator", lease, position=position, text=text)
    assert not NextTurn.objects.exists()


def test_nothing_is_added_to_what_is_about_a_hidden_post(world: World) -> None:
    post_make(world, external_id="upload-1")
    material.release_once(world)
    material.comparisons_make(world, post_external_id="upload-1")
    material.tasks_make(world)
    lease, _ = material.judge(world, "annotator")
    go_on(world, "annotator", lease, text="And then?")
    post = Prompt.objects.filter(post__isnull=False).latest("id").post
    assert post is not None
    post_hide(world.actor("manager"), post.pk, reason="The uploader asked for it.")
    with pytest.raises(ConversationHiddenError):
        go_on(world, "annotator", lease, text="Why?")
    assert not prompts_waiting(world.project.pk).exists()


def test_the_page_of_who_judged_learns_no_model_and_nothing_before_it_judged(
    world: World, call_as: Any
) -> None:
    lease = pair_judged(world)
    answer = call_as("annotator").get(f"/api/leases/{lease.pk}/turn/")
    assert answer.status_code == 200
    for secret in ("secret", "source_model", "external_id", "metadata"):
        assert secret not in answer.content.decode()
    assert call_as("annotator2").get(f"/api/leases/{lease.pk}/turn/").status_code == 404


def test_where_texts_are_covered_none_is_told(world: World, call_as: Any) -> None:
    harms_state({post_make(world, external_id="upload-2").pk: Harm(2, ("violence",))})
    material.release_once(world)
    material.comparisons_make(world, post_external_id="upload-2")
    material.tasks_make(world)
    lease, _ = material.judge(world, "annotator")
    go_on(world, "annotator", lease, text="And then?")
    told = call_as("annotator").get(f"/api/leases/{lease.pk}/turn/").json()
    assert told["is_covered"]
    assert [(each["text"], each["after"], each["is_open"]) for each in told["responses"]] == [
        ("", [], True)
    ] * 2


def test_a_conversation_goes_on_from_words_only(world: World) -> None:
    lease = pair_judged(world)
    shown = post_make(world, is_material=True)
    Response.objects.filter(text="Answer 0 of one.").update(material=shown)
    with pytest.raises(ResponseShowsMediaError):
        go_on(world, "annotator", lease, text="And then?")
    told = turn_open(world.actor("annotator"), lease.pk)
    assert [response.is_open for response in told.responses] == [False, True]


def test_the_tree_tells_what_was_judged_and_the_list_what_waits(world: World, call_as: Any) -> None:
    material.release_once(world)
    root = tree_bring_in(world)
    material.tasks_make(world, overlap=1)
    for _ in range(2):
        material.judge(world, "annotator")
    manager = call_as("manager")
    waiting = Prompt.objects.get(messages__2__content="Another one.")
    tree = manager.get(f"/api/conversations/{waiting.pk}/").json()
    assert tree["id"] == str(root.pk)
    turns = {turn["messages"][-1]["content"]: turn for turn in tree["turns"]}
    assert list(turns) == ["Name a fruit.", "And a nut?", "Why a pear?", "Another one."]
    assert [turn["judgments"] for turn in turns.values()] == [1, 1, 0, 0]
    assert [turn["waits"] for turn in turns.values()] == [False, False, False, True]
    decided = {row["clause_key"]: row["outcome"] for row in turns["And a nut?"]["decisions"]}
    assert decided == {"helpful": "a", "harmless": "tie"}
    [told] = manager.get(f"/api/projects/{world.project.pk}/conversations/").json()["results"]
    assert (told["turns"], told["waiting"], told["picked"]) == (4, 1, 0)
    [prompt] = manager.get(f"/api/projects/{world.project.pk}/waiting-prompts/").json()["results"]
    assert prompt["id"] == str(waiting.pk)


def test_engineers_go_on_from_the_tree(world: World, call_as: Any) -> None:
    root = tree_bring_in(world)
    plum = Response.objects.get(prompt=root, text="A plum.")
    url = f"/api/conversations/{root.pk}/"
    body = {"response_id": str(plum.pk), "text": "Why a plum?", "reply": "It is blue."}
    assert call_as("engineer").post(url, body).status_code == 201
    assert call_as("reviewer").post(url, body).status_code in {403, 404}
    elsewhere = Response.objects.get(text="A walnut.")
    refused = call_as("engineer").post(url, {**body, "response_id": str(elsewhere.pk)})
    assert refused.status_code == 404
    assert Prompt.objects.filter(root=root).count() == 4
