"""Loads a pulled dataset version as a trainer would, and takes one optimiser step on it with a tiny random model.

A program of its own, so that whoever starts it loads none of this::

    python -m active_learning.learners.trainer_check FOLDER sft rm

prints one JSON object a line for each kind, as soon as it is done: rows by split, and the loss of the step or why
none was taken. What is wrong ends it with a sentence and exit status 1.
"""

from __future__ import annotations

import argparse
import json
import math
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
_MOST_TOKENS = 512
TRAINED = ("sft", "rm", "dpo")
NO_ROWS = "no rows"
NO_TRAIN_ROWS = "no rows in train"
NOT_INSTALLED = "not installed: training extra"


class CheckError(Exception):
    """A version does not load, or does not train, as it should; the message is a sentence."""


def check(folder: Path, kind: str, cache: Path) -> dict[str, Any]:
    """Load one kind of a version's folder, compare it with the manifest, and take a step on it.

    Returns
    -------
    dict
        ``{"kind", "rows": {split: count}, "loss": float or None, "no_step": why a kind of
        ``TRAINED`` was not trained on, else ""}``.

    Raises
    ------
    CheckError
        When the version has no such kind, when other rows load than it holds, or when training leaves a row out,
        gives a loss that is no number, or moves no weight.
    """
    import datasets

    counts = json.loads((folder / "MANIFEST.json").read_text(encoding="utf-8"))["counts"]
    if kind not in counts:
        raise CheckError(f"This version holds {', '.join(counts)}, not {kind}.")
    held = {split: count for split, count in counts[kind].items() if count}
    if not held:
        return {"kind": kind, "rows": {}, "loss": None, "no_step": NO_ROWS}
    loaded = datasets.load_dataset(str(folder), kind, cache_dir=str(cache))
    rows = {str(split): len(table) for split, table in loaded.items()}
    if rows != held:
        raise CheckError(f"load_dataset gives {_listed(rows)}; the version holds {_listed(held)}.")
    if kind not in TRAINED:
        return {"kind": kind, "rows": rows, "loss": None, "no_step": ""}
    no_step = _no_step(rows)
    loss = None if no_step else _one_step(loaded["train"], kind, cache)
    return {"kind": kind, "rows": rows, "loss": loss, "no_step": no_step}


def _no_step(rows: dict[str, int]) -> str:
    if find_spec("trl") is None:
        return NOT_INSTALLED
    return "" if rows.get("train") else NO_TRAIN_ROWS


def _listed(rows: dict[str, int]) -> str:
    return ", ".join(f"{split} {count}" for split, count in sorted(rows.items())) or NO_ROWS


def _one_step(rows: Any, kind: str, folder: Path) -> float:
    """Return the loss of one step on ``rows``, all of which the trainer must have taken."""
    trainer = _trainer(rows, kind, folder)
    if len(trainer.train_dataset) != len(rows):
        left_out = len(rows) - len(trainer.train_dataset)
        raise CheckError(f"The trainer leaves out {left_out} of {len(rows)} rows of {kind}.")
    trainer.train_dataset = trainer.train_dataset.map(_shortened)
    before = {name: weight.detach().clone() for name, weight in trainer.model.named_parameters()}
    loss = float(trainer.train().training_loss)
    if not math.isfinite(loss):
        raise CheckError(f"The step on {kind} gives a loss of {loss}.")
    if all(weight.equal(before[name]) for name, weight in trainer.model.named_parameters()):
        raise CheckError(f"The step on {kind} moves no weight.")
    return loss


def _shortened(row: dict[str, Any]) -> dict[str, Any]:
    """Keep the end of every token list: the replies, and as much of the prompt as there is room for.

    Done here and not by ``max_length``, for which one trainer drops whole rows and another cuts the replies.
    """
    return {name: value[-_MOST_TOKENS:] if isinstance(value, list) else value for name, value in row.items()}


def _trainer(rows: Any, kind: str, folder: Path) -> Any:
    """Return TRL's own trainer for ``kind``, which has taken the rows as they were loaded."""
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
        learning_rate=1e-3,
        report_to="none",
        save_strategy="no",
        use_cpu=True,
        bf16=False,
        max_length=None,
        seed=7,
    )
    model = model_class(config)
    # A reference given here is not looked for by the model's name, which a model made from a config has none of.
    reference = {"ref_model": deepcopy(model)} if kind == "dpo" else {}
    return getattr(trl, f"{name}Trainer")(
        model=model, args=args, train_dataset=rows, processing_class=tokenizer, **reference
    )


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
        max_position_embeddings=2 * _MOST_TOKENS,
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
    """Check the kinds named on the command line, one after the other."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("folder", type=Path)
    parser.add_argument("kinds", nargs="+")
    asked = parser.parse_args()
    for kind in asked.kinds:
        with tempfile.TemporaryDirectory(prefix="concord-check-") as cache:
            try:
                done = check(asked.folder, kind, Path(cache))
            except CheckError as problem:
                sys.exit(str(problem))
            sys.stdout.write(json.dumps(done) + "\n")
            sys.stdout.flush()


if __name__ == "__main__":
    main()
