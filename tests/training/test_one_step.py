"""One optimiser step in the real trainers on the files of a version, with nothing in between."""

from __future__ import annotations

from copy import deepcopy
from pathlib import Path
from typing import Any

import pytest

pytestmark = pytest.mark.training


def rows(folder: Path, kind: str, cache: Path) -> Any:
    import datasets

    return datasets.load_dataset(str(folder), kind, split="train", cache_dir=str(cache))


def options(folder: Path) -> dict[str, Any]:
    return {
        "output_dir": str(folder),
        "max_steps": 1,
        "per_device_train_batch_size": 2,
        "learning_rate": 0.1,
        "report_to": "none",
        "save_strategy": "no",
        "use_cpu": True,
        "bf16": False,
        "max_length": 256,
        "seed": 7,
    }


def assert_a_step_was_taken(trainer: Any) -> None:
    before = {name: weight.detach().clone() for name, weight in trainer.model.named_parameters()}
    outcome = trainer.train()
    assert trainer.state.global_step == 1
    assert outcome.training_loss == outcome.training_loss
    moved = [name for name, weight in trainer.model.named_parameters() if not weight.equal(before[name])]
    assert moved


@pytest.mark.parametrize("kind", ["sft", "sft_pc", "guard"])
def test_sft_takes_a_step_on_demonstrations(
    kind: str, version_folder: Path, tokenizer: Any, small_config: Any, tmp_path: Path
) -> None:
    from transformers import LlamaForCausalLM
    from trl import SFTConfig, SFTTrainer

    trainer = SFTTrainer(
        model=LlamaForCausalLM(small_config),
        args=SFTConfig(**options(tmp_path)),
        train_dataset=rows(version_folder, kind, tmp_path),
        processing_class=tokenizer,
    )
    assert_a_step_was_taken(trainer)


@pytest.mark.parametrize("kind", ["rm", "dpo"])
def test_a_reward_model_takes_a_step_on_pairs(
    kind: str, version_folder: Path, tokenizer: Any, small_config: Any, tmp_path: Path
) -> None:
    from transformers import LlamaForSequenceClassification
    from trl import RewardConfig, RewardTrainer

    small_config.num_labels = 1
    trainer = RewardTrainer(
        model=LlamaForSequenceClassification(small_config),
        args=RewardConfig(**options(tmp_path)),
        train_dataset=rows(version_folder, kind, tmp_path),
        processing_class=tokenizer,
    )
    assert_a_step_was_taken(trainer)


def test_dpo_takes_a_step_on_pairs(
    version_folder: Path, tokenizer: Any, small_config: Any, tmp_path: Path
) -> None:
    from transformers import LlamaForCausalLM
    from trl import DPOConfig, DPOTrainer

    model = LlamaForCausalLM(small_config)
    trainer = DPOTrainer(
        model=model,
        ref_model=deepcopy(model),
        args=DPOConfig(**options(tmp_path)),
        train_dataset=rows(version_folder, "dpo", tmp_path),
        processing_class=tokenizer,
    )
    assert_a_step_was_taken(trainer)


@pytest.mark.parametrize("kind", ["kto", "dpo"])
def test_kto_takes_a_step_on_single_replies_and_on_pairs(
    kind: str, version_folder: Path, tokenizer: Any, small_config: Any, tmp_path: Path
) -> None:
    from transformers import LlamaForCausalLM
    from trl import KTOConfig, KTOTrainer

    model = LlamaForCausalLM(small_config)
    trainer = KTOTrainer(
        model=model,
        ref_model=deepcopy(model),
        args=KTOConfig(**options(tmp_path)),
        train_dataset=rows(version_folder, kind, tmp_path),
        processing_class=tokenizer,
    )
    assert_a_step_was_taken(trainer)
