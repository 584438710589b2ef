"""The program that trains, on tiny models: it learns a known rule, and being killed costs it nothing but time."""

from __future__ import annotations

import hashlib
import json
from pathlib import Path
from typing import Any

import pytest

from active_learning.learners.training.spec import TrainingRefused, spec_read
from tests.training.tiny import Json, Program, base_make, decided_make, pairs_make, scores_read, spec_write

pytestmark = pytest.mark.training

QUICK: Json = {"max_length": 64, "batch_size": 16, "lora_rank": 0, "checkpoints": 1, "seed": 3}


@pytest.fixture(scope="module")
def base(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return base_make(tmp_path_factory.mktemp("base"))


def right(scores: list[Json]) -> float:
    """Return how often the better reply scores higher."""
    return sum(score["chosen"] > score["rejected"] for score in scores) / len(scores)


def trained(folder: Path, base: Path, recipe: str, **settings: Any) -> Path:
    """Train on rows that follow the rule and return what was asked."""
    make = decided_make if recipe == "grpo" else pairs_make
    folder.mkdir()
    spec = spec_write(
        folder, base, recipe, {"train": make(160), "test": make(60, first=2000)}, **QUICK | settings
    )
    from active_learning.learners.training.running import run

    run(spec_read(spec))
    return spec


def test_adapters_learn_the_rule_and_only_safetensors_come_out(tmp_path: Path, base: Path) -> None:
    spec = trained(tmp_path / "run", base, "reward", learning_rate=0.01, lora_rank=4)
    assert right(scores_read(spec)) > 0.9
    made = {path.name for path in (tmp_path / "run/out").iterdir()}
    assert "adapter_model.safetensors" in made
    assert not [name for name in made if name.endswith((".bin", ".pt", ".pth", ".pkl"))]


def test_dpo_moves_the_margin_of_the_rule(tmp_path: Path, base: Path) -> None:
    spec = trained(tmp_path / "run", base, "dpo", learning_rate=0.003)
    scores = scores_read(spec)
    assert right(scores) > 0.8
    assert sum(score["chosen"] - score["rejected"] for score in scores) / len(scores) > 0.01


def test_grpo_is_rewarded_by_what_was_decided(tmp_path: Path, base: Path) -> None:
    settings = {"learning_rate": 0.01, "generations": 8, "max_completion": 2, "batch_size": 128}
    spec = trained(tmp_path / "run", base, "grpo", **settings)
    scores = scores_read(spec)
    before, after = (sum(score[name] for score in scores) / len(scores) for name in ("before", "after"))
    assert after > before + 0.2


def test_a_run_that_was_killed_goes_on_to_the_same_weights(tmp_path: Path, base: Path) -> None:
    splits = {"train": pairs_make(96)}
    settings = QUICK | {"learning_rate": 0.003, "checkpoints": 3}
    weights = []
    for name, killed in (("whole", False), ("killed", True)):
        (tmp_path / name).mkdir()
        spec = spec_write(tmp_path / name, base, "reward", splits, **settings)
        program = Program(spec)
        if killed:
            program.until("saved", step=4)
            program.process.kill()
            program.process.wait()
            program = Program(spec)
            assert program.until("begins")["resumed"] in {4, 6}
        assert program.end() == 0
        weights.append(hashlib.sha256((tmp_path / name / "out/model.safetensors").read_bytes()).hexdigest())
    assert weights[0] == weights[1]


def test_it_ends_when_whoever_started_it_is_gone(tmp_path: Path, base: Path) -> None:
    spec = spec_write(tmp_path, base, "reward", {"train": pairs_make(64)}, **QUICK | {"epochs": 50})
    program = Program(spec)
    program.until("step")
    assert program.process.stdin is not None
    program.process.stdin.close()
    assert program.end() == 3


@pytest.mark.parametrize(
    ("changes", "sentence"),
    [
        ({"base": "nowhere/at-all"}, "cannot be loaded on this worker"),
        ({"settings": {"max_length": 2}}, "fits into 2 tokens"),
        ({"settings": {"precision": "bf16"}}, "no GPU that computes in bf16"),
        ({"settings": {"unheard": 1}}, "settings this worker does not know: unheard"),
    ],
)
def test_what_cannot_be_done_is_refused_in_a_sentence(
    changes: Json, sentence: str, tmp_path: Path, base: Path
) -> None:
    spec = spec_write(tmp_path, base, "reward", {"train": pairs_make(4)})
    spec.write_text(json.dumps(json.loads(spec.read_text()) | changes))
    from active_learning.learners.training.running import run

    with pytest.raises(TrainingRefused, match=sentence):
        run(spec_read(spec))


def test_the_reward_reads_exported_rows_as_they_load(version_folder: Path, tmp_path: Path) -> None:
    import datasets

    from active_learning.learners.training.recipes import worth_of_replies

    loaded = datasets.load_dataset(str(version_folder), "grpo", split="train", cache_dir=str(tmp_path))
    rows = [dict(row) for row in loaded]
    replies = [
        [{"role": "assistant", "content": '{"violation": true, "clauses": ["weapons"]}'}] for _ in rows
    ]
    columns = {name: [row[name] for row in rows] for name in ("ground_truth", "rubric")}
    assert worth_of_replies({})(replies, **columns) == [1.0] * len(rows)
    assert rows
