"""Loads a pulled dataset version as a trainer would, and takes one optimiser step on it with a tiny random model.

A program of its own, so that whoever starts it loads none of this::

    python -m active_learning.learners.trainer_check FOLDER sft

prints one JSON object: rows by split, and the loss of the step where TRL is installed.
"""

from __future__ import annotations

import argparse
import json
import sys
import tempfile
from copy import deepcopy
from importlib.util import find_spec
from pathlib import Path
from typing import Any

_TEMPLATE = (
    "{% for message in messages %}<|{{ message['role'] }}|>{{ message['content'] }}<|end|>{% endfor %}"
    "{% if add_generation_prompt %}<|assistant|>{% endif %}"
)
_TURNS = ["<|pad|>", "<|end|>", "<|system|>", "<|user|>", "<|assistant|>", "<|tool|>"]
TRAINED = ("sft", "rm", "dpo")


def check(folder: Path, kind: str, cache: Path) -> dict[str, Any]:
    """Return ``{"rows": {split: count}, "loss": float or None}`` for one kind of a version's folder."""
    import datasets

    loaded = datasets.load_dataset(str(folder), kind, cache_dir=str(cache))
    rows = {str(split): len(table) for split, table in loaded.items()}
    can_train = kind in TRAINED and find_spec("trl") is not None and rows.get("train", 0) > 0
    return {"rows": rows, "loss": _one_step(loaded["train"], kind, cache) if can_train else None}


def _one_step(rows: Any, kind: str, folder: Path) -> float:
    import torch
    import trl
    from transformers import LlamaForCausalLM, LlamaForSequenceClassification

    torch.manual_seed(7)
    tokenizer = _tokenizer()
    made = {
        "sft": ("SFT", LlamaForCausalLM),
        "rm": ("Reward", LlamaForSequenceClassification),
        "dpo": ("DPO", LlamaForCausalLM),
    }
    name, model_class = made[kind]
    config = _config(tokenizer, num_labels=1 if kind == "rm" else 2)
    args = getattr(trl, f"{name}Config")(
        output_dir=str(folder / "out"),
        max_steps=1,
        per_device_train_batch_size=2,
        report_to="none",
        save_strategy="no",
        use_cpu=True,
        bf16=False,
        max_length=256,
        seed=7,
    )
    model = model_class(config)
    # A reference given here is not looked for by the model's name, which a model made from a config has none of.
    reference = {"ref_model": deepcopy(model)} if kind == "dpo" else {}
    trainer = getattr(trl, f"{name}Trainer")(
        model=model, args=args, train_dataset=rows, processing_class=tokenizer, **reference
    )
    return float(trainer.train().training_loss)


def _config(tokenizer: Any, *, num_labels: int) -> Any:
    from transformers import LlamaConfig

    options: dict[str, Any] = {"num_labels": num_labels}
    return LlamaConfig(
        vocab_size=len(tokenizer),
        hidden_size=8,
        intermediate_size=16,
        num_hidden_layers=2,
        num_attention_heads=2,
        num_key_value_heads=2,
        max_position_embeddings=512,
        pad_token_id=tokenizer.pad_token_id,
        eos_token_id=tokenizer.eos_token_id,
        **options,
    )


def _tokenizer() -> Any:
    """Return a tokenizer over bytes, made here, so that nothing is fetched."""
    from tokenizers import Tokenizer, decoders, models, pre_tokenizers
    from transformers import PreTrainedTokenizerFast

    symbols = [*_TURNS, *sorted(pre_tokenizers.ByteLevel.alphabet())]
    made = Tokenizer(models.BPE(vocab={symbol: number for number, symbol in enumerate(symbols)}, merges=[]))
    made.pre_tokenizer = pre_tokenizers.ByteLevel(add_prefix_space=False)
    made.decoder = decoders.ByteLevel()
    fast = PreTrainedTokenizerFast(tokenizer_object=made, pad_token=_TURNS[0], eos_token=_TURNS[1])
    fast.add_special_tokens({"additional_special_tokens": _TURNS[2:]})
    fast.chat_template = _TEMPLATE
    return fast


def main() -> None:
    """Check the kind named on the command line and print what came of it."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("folder", type=Path)
    parser.add_argument("kind")
    asked = parser.parse_args()
    with tempfile.TemporaryDirectory(prefix="concord-check-") as cache:
        sys.stdout.write(json.dumps(check(asked.folder, asked.kind, Path(cache))) + "\n")


if __name__ == "__main__":
    main()
