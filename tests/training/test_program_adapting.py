"""The program fine-tuning on replies, on pictures and on answers: tiny models learn a known rule and load again."""

from __future__ import annotations

import hashlib
from collections.abc import Callable
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from active_learning.learners.training.spec import TrainingRefused, spec_read
from tests.training.tiny import (
    Json,
    Program,
    answered_make,
    base_make,
    encoder_make,
    judged_make,
    replies_make,
    scores_read,
    spec_write,
)
from tests.training.tiny_seeing import seeing_base_make, seen_make

pytestmark = pytest.mark.training

QUICK: Json = {"max_length": 96, "batch_size": 16, "lora_rank": 0, "checkpoints": 1, "seed": 3}


@pytest.fixture(scope="module")
def bases(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Path]:
    """One base for each sort of model, over the same words."""
    folder = tmp_path_factory.mktemp("bases")
    words = base_make(folder / "words")
    return {
        "words": words,
        "seeing": seeing_base_make(folder / "seeing", words),
        "encoder": encoder_make(folder / "encoder", words),
    }


def trained(folder: Path, base: Path, recipe: str, make: Callable[..., list[Json]], **settings: Any) -> Path:
    """Train on rows that follow a rule and return what was asked."""
    folder.mkdir()
    splits = {"train": make(160), "test": make(40, first=2000)}
    spec = spec_write(folder, base, recipe, splits, **QUICK | settings)
    from active_learning.learners.training.running import run

    run(spec_read(spec))
    return spec


def mean(scores: list[Json], name: str) -> float:
    return sum(score[name] for score in scores) / len(scores)


@pytest.mark.parametrize("recipe", ["sft", "sft_pc"])
def test_replies_become_likelier(recipe: str, tmp_path: Path, bases: dict[str, Path]) -> None:
    def make(count: int, *, first: int = 0) -> list[Json]:
        rows = replies_make(count, first=first)
        if recipe == "sft":
            return rows
        return [
            {
                "prompt": row["messages"][:-1],
                "completion": row["messages"][-1:],
                "example_id": row["example_id"],
            }
            for row in rows
        ]

    spec = trained(tmp_path / "run", bases["words"], recipe, make, learning_rate=0.01)
    scores = scores_read(spec)
    assert len(scores) == 40
    assert mean(scores, "after") < mean(scores, "before") - 0.3
    assert "model.safetensors" in {path.name for path in (tmp_path / "run/out").iterdir()}


def test_a_safeguard_is_asked_for_its_verdict(tmp_path: Path, bases: dict[str, Path]) -> None:
    spec = trained(tmp_path / "run", bases["words"], "guard", judged_make, learning_rate=0.01)
    scores = scores_read(spec)
    assert mean(scores, "after") < mean(scores, "before")
    assert all(0 <= score["violating_after"] <= 1 for score in scores)


def test_a_model_that_sees_learns_replies_about_pictures(tmp_path: Path, bases: dict[str, Path]) -> None:
    from active_learning.learners.training.loading import tokenizer_loaded, trained_loaded

    spec = trained(tmp_path / "run", bases["seeing"], "sft_vlm", seen_make, learning_rate=0.01, lora_rank=4)
    scores = scores_read(spec)
    assert mean(scores, "after") < mean(scores, "before") - 0.3
    made = {path.name for path in (tmp_path / "run/out").iterdir()}
    assert {"adapter_model.safetensors", "processor_config.json"} <= made
    asked = spec_read(spec)
    loaded = trained_loaded(asked, tokenizer_loaded(asked, asked.out), bf16=False)
    assert type(loaded.get_base_model()).__name__ == "Qwen2_5_VLForConditionalGeneration"


@pytest.mark.parametrize("rank", [0, 4])
def test_an_encoder_learns_the_answers_and_loads_as_an_encoder(
    rank: int, tmp_path: Path, bases: dict[str, Path]
) -> None:
    import torch

    from active_learning.learners.encoders.transformer_text import TransformerTextEncoder

    spec = trained(
        tmp_path / "run",
        bases["encoder"],
        "encoder",
        answered_make,
        learning_rate=0.01,
        lora_rank=rank,
        epochs=4.0,
    )
    scores = scores_read(spec)
    assert len(scores) == 80
    assert sum(score["after"] == score["truth"] for score in scores) > 72
    out = tmp_path / "run/out"
    made = {path.name for path in out.iterdir()}
    assert {
        "model.safetensors",
        "config.json",
        "tokenizer.json",
        "answers.safetensors",
        "answers.json",
    } <= made
    assert not [name for name in made if "adapter" in name or name.endswith((".bin", ".pt", ".pkl"))]
    texts = ["rude dog", "rude fish sky", "kind dog", "kind fish sky"]
    read = [
        TransformerTextEncoder.from_folder(folder, name="x", device=torch.device("cpu")).encode(texts)
        for folder in (bases["encoder"], out)
    ]
    apart = [float(vectors[:2].mean(0) @ vectors[2:].mean(0)) for vectors in read]
    assert apart[1] < apart[0]
    assert np.isfinite(read[1]).all()


@pytest.mark.parametrize(
    ("recipe", "base", "make"),
    [("sft", "words", replies_make), ("encoder", "encoder", answered_make)],
)
def test_a_run_that_was_killed_goes_on_to_the_same_weights(
    recipe: str, base: str, make: Callable[..., list[Json]], tmp_path: Path, bases: dict[str, Path]
) -> None:
    splits = {"train": make(96)}
    settings = QUICK | {"learning_rate": 0.003, "checkpoints": 3, "lora_rank": 4}
    weights = []
    for name, killed in (("whole", False), ("killed", True)):
        (tmp_path / name).mkdir()
        spec = spec_write(tmp_path / name, bases[base], recipe, splits, **settings)
        program = Program(spec)
        if killed:
            program.until("saved", step=4)
            program.process.kill()
            program.process.wait()
            program = Program(spec)
            assert program.until("begins")["resumed"] in {4, 6}
        assert program.end() == 0
        (made,) = [
            path
            for path in (tmp_path / name / "out").glob("*.safetensors")
            if path.name in {"adapter_model.safetensors", "model.safetensors"}
        ]
        weights.append(hashlib.sha256(made.read_bytes()).hexdigest())
    assert weights[0] == weights[1]


def test_posts_that_rounds_measure_on_are_never_learned(tmp_path: Path, bases: dict[str, Path]) -> None:
    from uuid import UUID

    from active_learning.domain.held_out import is_held_out

    rows = answered_make(60)
    for row in rows:
        row["item_id"] = str(UUID(int=int(row["example_id"].partition("-")[0])))
    kept = {row["item_id"] for row in rows if not is_held_out(UUID(row["item_id"]))}
    spec = spec_write(tmp_path, bases["encoder"], "encoder", {"train": rows}, **QUICK)
    program = Program(spec)
    begun = program.until("begins")
    assert (begun["rows"], begun["held_back"]) == (len(kept), 60 - len(kept))
    assert 0 < begun["held_back"] < 60
    assert program.end() == 0


@pytest.mark.parametrize(
    ("recipe", "base", "rows", "sentence"),
    [
        ("sft_vlm", "words", seen_make(4), "does not take pictures and words"),
        ("encoder", "encoder", [row for row in answered_make(8) if row["answer"] == "no"], "tell apart"),
        ("encoder", "nowhere", answered_make(8), "cannot be loaded on this worker"),
    ],
)
def test_what_cannot_be_done_is_refused_in_a_sentence(
    recipe: str, base: str, rows: list[Json], sentence: str, tmp_path: Path, bases: dict[str, Path]
) -> None:
    spec = spec_write(tmp_path, bases.get(base, tmp_path / "nowhere"), recipe, {"train": rows}, **QUICK)
    from active_learning.learners.training.running import run

    with pytest.raises(TrainingRefused, match=sentence):
        run(spec_read(spec))
