"""From how people go on in conversations to the rows a trainer reads."""

from __future__ import annotations

import json

from core.accounts.selectors import Actor
from exports.domain.identity import conversation_group
from preferences.models import Comparison, NextTurn
from preferences.services import gold_pair_make
from tests.exports.datasets import Exporter
from tests.preferences import material
from tests.preferences.trees import go_on, pair_judged
from tests.world import World


def walked(world: World) -> list[NextTurn]:
    """One person goes on twice along a path, and writes the last reply; a branch of it stays short."""
    lease = pair_judged(world)
    first = go_on(world, "annotator", lease, text="And then?")
    go_on(world, "annotator", lease, position="second", text="And else?")
    line = material.line(9, prompt=first.prompt.messages)
    assert material.import_run(world, [line]).state == "succeeded"
    material.tasks_make(world)
    deeper, _ = material.judge(world, "annotator")
    last = go_on(world, "annotator", deeper, text="Is that all?", reply="That is all.")
    return [first, last]


def test_a_reply_written_as_the_next_turn_is_a_demonstration(world: World, exporter: Exporter) -> None:
    _, last = walked(world)
    version = exporter.build(exporter.create(kinds=["sft", "sft_pc"], axes=["helpful"]))
    [row] = exporter.rows(version, "sft")
    assert row["messages"] == [*last.prompt.messages, {"role": "assistant", "content": "That is all."}]
    assert (row["source"], row["n_annotators"], row["source_model_a"]) == ("human", 1, None)
    meta = json.loads(row["meta_json"])
    assert (meta["how"], meta["depth"], meta["conversation"]) == ("written", 3, str(last.prompt.root_id))
    [apart] = exporter.rows(version, "sft_pc")
    assert (apart["prompt"], apart["completion"][0]["content"]) == (last.prompt.messages, "That is all.")


def test_picked_paths_are_rows_where_they_are_asked_for(world: World, exporter: Exporter) -> None:
    walked(world)
    version = exporter.build(exporter.create(kinds=["sft", "sft_pc"], axes=["helpful"], replies=["picked"]))
    ends = {row["messages"][-1]["content"] for row in exporter.rows(version, "sft")}
    assert ends == {"Answer 0 of two.", "Answer 9 of one."}
    assert version["exclusions"]["sft"]["goes_on"] == 1, "a longer row holds what was picked first"
    apart = [row["completion"][0]["content"] for row in exporter.rows(version, "sft_pc")]
    assert sorted(apart) == ["Answer 0 of one.", "Answer 0 of two.", "Answer 9 of one."]
    assert {row["source_model_a"] for row in exporter.rows(version, "sft_pc")} == {
        "secret-model-one",
        "secret-model-two",
    }


def test_a_whole_tree_is_in_one_split(world: World, exporter: Exporter) -> None:
    walked(world)
    shares = {"train": 0.4, "validation": 0.3, "test": 0.3}
    for seed in ("one", "two", "three"):
        kinds = ["dpo", "sft_pc", "votes"]
        made = exporter.create(
            seed,
            kinds=kinds,
            axes=["helpful"],
            replies=["rewrites", "picked"],
            splits=shares,
            split_seed=seed,
        )
        version = exporter.build(made)
        splits = {file["split"] for file in version["files"] if file["rows"] and file["split"]}
        assert len(splits) == 1, "every row of the tree stands in one split"
    alone = (("system", "s"), ("user", "u"))
    assert conversation_group(alone) == conversation_group((*alone, ("assistant", "a"), ("user", "more")))


def test_what_measures_people_trains_nothing(world: World, exporter: Exporter) -> None:
    lease = pair_judged(world)
    go_on(world, "annotator", lease, text="And then?")
    reviewer: Actor = world.actor("reviewer")
    gold_pair_make(reviewer, Comparison.objects.get().pk, answers={"helpful": ["a"]})
    version = exporter.build(exporter.create(kinds=["sft"], axes=["helpful"], replies=["picked"]))
    assert exporter.rows(version, "sft") == []
    assert version["exclusions"]["sft"]["gold"] >= 1
